import 'reflect-metadata'
import { type webcrypto, X509Certificate } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import * as x509 from '@peculiar/x509'
import { certificateFingerprint, renewalOf } from './authority.ts'
import { datesOf, serial } from './certificates.ts'
import { readOrMake, writeSecret } from './key-file.ts'
import { ecdsa, type TlsKey, tlsKey } from './key-pair.ts'

/** Milliseconds a node's clock may be behind those who read. */
const slack = 300_000
const day = 86_400_000
const authorityDays = 3650
const signerDays = 730
/** What an X.520 common name holds. */
const longestName = 64
/** Signing of documents (RFC 9336). */
const documentSigning = '1.3.6.1.5.5.7.3.36'

/** A key that signs documents, with its certificate and the root readers trust. PEM. */
export interface DocumentKey {
  readonly privateKey: webcrypto.CryptoKey
  readonly certificate: string
  readonly authority: string
}

/**
 * The keys by which documents of a node are signed: a root that readers trust, kept for ten years, and a signing key
 * in the name of the organisation, renewed at two thirds of its two years.
 */
export class DocumentKeys {
  readonly #directory: string
  readonly #clock: Clock
  #making: Promise<DocumentKey> | undefined

  /** `directory`: `keys/` of the data directory. */
  constructor(directory: string, clock: Clock) {
    this.#directory = join(directory, 'documents')
    this.#clock = clock
  }

  /** The root certificate and its fingerprint, made at first use. */
  async authority(): Promise<{ certificate: string; fingerprint: string }> {
    const { certificate } = await this.#root()
    return { certificate, fingerprint: certificateFingerprint(new X509Certificate(certificate)) }
  }

  /** What signs in the name of an organisation now; made anew where it is another name or nearly over. */
  signer(name: string): Promise<DocumentKey> {
    return this.#oneAtATime(() => this.#current(name, false))
  }

  /** A new key from here on; the private part of the one before is gone. */
  rotate(name: string): Promise<DocumentKey> {
    return this.#oneAtATime(() => this.#current(name, true))
  }

  async #oneAtATime(make: () => Promise<DocumentKey>): Promise<DocumentKey> {
    const before = this.#making?.catch(() => undefined)
    const next = (async () => {
      await before
      return make()
    })()
    this.#making = next
    return next
  }

  async #current(name: string, anew: boolean): Promise<DocumentKey> {
    const root = await this.#root()
    const known = await this.#read()
    if (known && !anew && this.#serves(known.certificate, name)) {
      const { pair } = known.key
      return {
        privateKey: pair.privateKey,
        certificate: known.certificate,
        authority: root.certificate,
      }
    }
    await rm(this.#file('signer.pem'), { force: true })
    await rm(this.#file('signer-key.pem'), { force: true })
    const key = await tlsKey(this.#file('signer-key.pem'))
    const certificate = await this.#signerCertificate(root, key, name)
    await writeSecret(this.#file('signer.pem'), certificate)
    return { privateKey: key.pair.privateKey, certificate, authority: root.certificate }
  }

  #serves(certificate: string, name: string): boolean {
    const named = new x509.X509Certificate(certificate).subjectName.getField('CN')[0]
    return named === commonName(name) && this.#clock.now() < renewalOf(certificate)
  }

  async #root(): Promise<{ certificate: string; key: TlsKey }> {
    const key = await tlsKey(this.#file('authority-key.pem'))
    const certificate = await readOrMake(this.#file('authority.pem'), () =>
      this.#rootCertificate(key),
    )
    return { certificate, key }
  }

  async #read(): Promise<{ certificate: string; key: TlsKey } | undefined> {
    const certificate = await readFile(this.#file('signer.pem'), 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      },
    )
    if (certificate === undefined) return undefined
    return { certificate, key: await tlsKey(this.#file('signer-key.pem')) }
  }

  async #rootCertificate({ pair }: TlsKey): Promise<string> {
    const made = await x509.X509CertificateGenerator.createSelfSigned({
      serialNumber: serial(),
      name: [{ CN: ['Hải Đăng document authority'] }],
      ...datesOf(this.#validity(authorityDays)),
      signingAlgorithm: ecdsa,
      keys: pair,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
        await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
      ],
    })
    return made.toString('pem')
  }

  async #signerCertificate(
    root: { certificate: string; key: TlsKey },
    { pair }: TlsKey,
    name: string,
  ): Promise<string> {
    const authority = new x509.X509Certificate(root.certificate)
    const { digitalSignature, nonRepudiation } = x509.KeyUsageFlags
    const made = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      issuer: authority.subject,
      subject: [{ CN: [commonName(name)] }],
      ...datesOf(this.#validity(signerDays)),
      signingAlgorithm: ecdsa,
      signingKey: root.key.pair.privateKey,
      publicKey: pair.publicKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(digitalSignature | nonRepudiation, true),
        new x509.ExtendedKeyUsageExtension([documentSigning]),
        await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
        await x509.AuthorityKeyIdentifierExtension.create(authority),
      ],
    })
    return made.toString('pem')
  }

  #validity(days: number) {
    const now = this.#clock.now()
    return { from: now - slack, to: now + days * day }
  }

  #file(name: string): string {
    return join(this.#directory, name)
  }
}

/** When a certificate counts, and whom it names. */
export function certificateFacts(pem: string) {
  const certificate = new X509Certificate(pem)
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    fingerprint: certificateFingerprint(certificate),
    valid_from: isoOf(certificate.validFromDate.getTime()),
    valid_to: isoOf(certificate.validToDate.getTime()),
  }
}

/** The common name of a distinguished name, or all of it where it has none. */
function nameOf(name: string): string {
  return /(?:^|\n)CN=([^\n]+)/.exec(name)?.[1] ?? name.replaceAll('\n', ', ')
}

function commonName(name: string): string {
  return [...name.normalize()].slice(0, longestName).join('')
}
