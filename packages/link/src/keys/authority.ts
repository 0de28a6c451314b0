import { createHash, X509Certificate } from 'node:crypto'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { millisecondsOf } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import {
  authorityCertificate,
  intakeCertificate,
  requestedKey,
  serverCertificate,
  stationCertificate,
} from './certificates.ts'
import { readOrMake, writeSecret } from './key-file.ts'
import { fingerprintOf, type TlsKey, tlsKey } from './key-pair.ts'

const hour = 3_600_000
const day = 24 * hour
const authorityDays = 3650
const serverDays = 30
/** Of the listener; made anew when it may have leaked with an authority. */
export const serverKeyFile = 'server-key.pem'

/** What the listener shows; `authority` follows the certificate, so that a newcomer can compare it with its code. */
export interface ServerCredentials {
  readonly key: string
  readonly cert: string
  readonly ca: string
  /** When to ask for new ones, milliseconds since the epoch. */
  readonly renewAt: number
}

export interface StationCertificate {
  /** PEM, the authority behind it. */
  readonly certificate: string
  readonly expires_at: string
}

/** The certificate authority of one node: signs its own listeners and the nodes below it, nothing else. */
export class Authority {
  readonly certificate: string
  /** SHA-256 of the certificate (DER): what a join code carries. */
  readonly digest: Uint8Array
  readonly #x509: X509Certificate
  readonly #key: TlsKey
  readonly #directory: string
  readonly #nodeId: string
  readonly #clock: Clock

  /**
   * The authority in `directory` (`keys/` of the data directory), made at first use; each that took the place of the
   * one before has the next generation.
   */
  static async open(
    directory: string,
    nodeId: string,
    clock: Clock,
    generation = 1,
  ): Promise<Authority> {
    const files = authorityFiles(directory, generation)
    await requireKey(files)
    const key = await tlsKey(files.key)
    const from = clock.now() - hour
    const certificate = await readOrMake(files.certificate, () =>
      authorityCertificate(key.pair, nodeId, { from, to: from + authorityDays * day }),
    )
    return new Authority({ certificate, key, directory, nodeId, clock })
  }

  private constructor(parts: {
    certificate: string
    key: TlsKey
    directory: string
    nodeId: string
    clock: Clock
  }) {
    this.certificate = parts.certificate
    this.#x509 = new X509Certificate(parts.certificate)
    this.digest = createHash('sha256').update(this.#x509.raw).digest()
    this.#key = parts.key
    this.#directory = parts.directory
    this.#nodeId = parts.nodeId
    this.#clock = parts.clock
  }

  /** From when to when its certificate holds, RFC 3339. */
  get validity(): { readonly from: string; readonly to: string } {
    const { validFrom, validTo } = this.#x509
    return { from: isoOf(millisecondsOf(validFrom)), to: isoOf(millisecondsOf(validTo)) }
  }

  /** The digest as people compare it: 64 hexadecimal digits in pairs. */
  get fingerprint(): string {
    return certificateFingerprint(this.#x509)
  }

  /** Credentials of the listener, renewed when two thirds of their life are over. */
  async server(): Promise<ServerCredentials> {
    const now = this.#clock.now()
    const path = join(this.#directory, 'server.pem')
    const key = await tlsKey(join(this.#directory, serverKeyFile))
    const make = () => this.#newServerCertificate(key, now)
    let cert = await readOrMake(path, make)
    if (!this.#signedFor(cert, key) || renewalOf(cert) <= now) {
      cert = await make()
      await writeSecret(path, cert)
    }
    return {
      key: key.pem,
      cert: `${cert}\n${this.certificate}`,
      ca: this.certificate,
      renewAt: renewalOf(cert),
    }
  }

  /** A client certificate for the key of a PKCS#10 request. Throws Problem join.request-invalid. */
  async certify(csr: string, nodeId: string, days: number): Promise<StationCertificate> {
    const publicKey = await requestedKey(csr)
    const validity = { from: this.#clock.now() - hour, to: this.#clock.now() + days * day }
    const certificate = await stationCertificate({
      ...this.#issuing(validity),
      publicKey,
      name: nodeId,
    })
    return {
      certificate: `${certificate}\n${this.certificate}`,
      expires_at: isoOf(Math.floor(validity.to / 1000) * 1000),
    }
  }

  /** A certificate for the listeners of senders, a month long, under host names and addresses. PEM. */
  async certifyIntake(key: TlsKey, names: readonly string[]): Promise<string> {
    const validity = { from: this.#clock.now() - hour, to: this.#clock.now() + serverDays * day }
    const { publicKey } = key.pair
    const issuing = { ...this.#issuing(validity), publicKey, name: `${this.#nodeId} intake` }
    return `${await intakeCertificate(issuing, names)}\n${this.certificate}`
  }

  /** Whether this authority signed a certificate; says nothing of its dates. */
  issued(certificate: X509Certificate): boolean {
    return certificate.checkIssued(this.#x509) && certificate.verify(this.#x509.publicKey)
  }

  #signedFor(pem: string, key: TlsKey): boolean {
    const certificate = new X509Certificate(pem)
    return this.issued(certificate) && fingerprintOf(certificate.publicKey) === key.fingerprint
  }

  #newServerCertificate({ pair: { publicKey } }: TlsKey, now: number): Promise<string> {
    const validity = { from: now - hour, to: now + serverDays * day }
    return serverCertificate({ ...this.#issuing(validity), publicKey, name: this.#nodeId })
  }

  #issuing(validity: { from: number; to: number }) {
    const authorityKey = this.#key.pair.privateKey
    return { authority: this.certificate, authorityKey, validity }
  }
}

/** A certificate whose key is gone signs nothing: a key made in its place would make certificates nobody believes. */
async function requireKey({ certificate, key }: ReturnType<typeof authorityFiles>): Promise<void> {
  const isThere = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    )
  if ((await isThere(certificate)) && !(await isThere(key))) {
    throw new Problem(
      'authority.key-missing',
      `${key}: put it back from a backup; or remove ${certificate} too and let every station join again`,
    )
  }
}

/** Where an authority lies; the first keeps the names it always had. */
export function authorityFiles(directory: string, generation: number) {
  const name = generation === 1 ? 'authority' : `authority-${generation}`
  return {
    certificate: join(directory, `${name}.pem`),
    key: join(directory, `${name}-key.pem`),
  }
}

/** SHA-256 of a certificate (DER), lower case, in pairs. */
export function certificateFingerprint({ fingerprint256 }: X509Certificate): string {
  return fingerprint256.toLowerCase()
}

/** When two thirds of a certificate's life are over, milliseconds since the epoch. */
export function renewalOf(pem: string): number {
  const { validFrom, validTo } = new X509Certificate(pem)
  const from = millisecondsOf(validFrom)
  return from + ((millisecondsOf(validTo) - from) * 2) / 3
}
