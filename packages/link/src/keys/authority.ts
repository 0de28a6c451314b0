import { createHash, X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { millisecondsOf } from '@haidang/contracts/instant'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import {
  authorityCertificate,
  intakeCertificate,
  requestedKey,
  serverCertificate,
  stationCertificate,
} from './certificates.ts'
import { readOrMake, writeSecret } from './key-file.ts'
import { type TlsKey, tlsKey } from './key-pair.ts'

const hour = 3_600_000
const day = 24 * hour
const authorityDays = 3650
const serverDays = 30

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
  readonly #serverKey: TlsKey
  readonly #serverPath: string
  readonly #nodeId: string
  readonly #clock: Clock

  /** The authority in `directory` (`keys/` of the data directory), made at first use. */
  static async open(directory: string, nodeId: string, clock: Clock): Promise<Authority> {
    const key = await tlsKey(join(directory, 'authority-key.pem'))
    const serverKey = await tlsKey(join(directory, 'server-key.pem'))
    const from = clock.now() - hour
    const certificate = await readOrMake(join(directory, 'authority.pem'), () =>
      authorityCertificate(key.pair, nodeId, { from, to: from + authorityDays * day }),
    )
    const serverPath = join(directory, 'server.pem')
    return new Authority({ certificate, key, serverKey, serverPath, nodeId, clock })
  }

  private constructor(parts: {
    certificate: string
    key: TlsKey
    serverKey: TlsKey
    serverPath: string
    nodeId: string
    clock: Clock
  }) {
    this.certificate = parts.certificate
    this.#x509 = new X509Certificate(parts.certificate)
    this.digest = createHash('sha256').update(this.#x509.raw).digest()
    this.#key = parts.key
    this.#serverKey = parts.serverKey
    this.#serverPath = parts.serverPath
    this.#nodeId = parts.nodeId
    this.#clock = parts.clock
  }

  /** Credentials of the listener, renewed when two thirds of their life are over. */
  async server(): Promise<ServerCredentials> {
    const now = this.#clock.now()
    const make = () => this.#newServerCertificate(now)
    let cert = await readOrMake(this.#serverPath, make)
    if (!this.issued(new X509Certificate(cert)) || renewalOf(cert) <= now) {
      cert = await make()
      await writeSecret(this.#serverPath, cert)
    }
    return {
      key: this.#serverKey.pem,
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

  #newServerCertificate(now: number): Promise<string> {
    const validity = { from: now - hour, to: now + serverDays * day }
    const { publicKey } = this.#serverKey.pair
    return serverCertificate({ ...this.#issuing(validity), publicKey, name: this.#nodeId })
  }

  #issuing(validity: { from: number; to: number }) {
    const authorityKey = this.#key.pair.privateKey
    return { authority: this.certificate, authorityKey, validity }
  }
}

/** When two thirds of a certificate's life are over, milliseconds since the epoch. */
export function renewalOf(pem: string): number {
  const { validFrom, validTo } = new X509Certificate(pem)
  const from = millisecondsOf(validFrom)
  return from + ((millisecondsOf(validTo) - from) * 2) / 3
}
