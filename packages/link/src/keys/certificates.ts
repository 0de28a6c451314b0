import 'reflect-metadata'
import { createPublicKey, randomBytes, webcrypto } from 'node:crypto'
import { isIP } from 'node:net'
import { dateOf } from '@haidang/runtime/clock'
import { Problem } from '@haidang/runtime/problem'
import * as x509 from '@peculiar/x509'
import { ecdsa, fingerprintOf } from './key-pair.ts'

/** The one name parents answer to inside the link; addresses may change, this may not (RFC 6761 style, `.internal`). */
export const linkName = 'link.haidang.internal'

export interface Validity {
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
}

/** Makes the self-signed certificate of an authority that may sign end certificates only. PEM. */
export async function authorityCertificate(
  keys: webcrypto.CryptoKeyPair,
  nodeId: string,
  validity: Validity,
): Promise<string> {
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: [{ CN: ['Hải Đăng link authority'] }, { OU: [nodeId] }],
    ...datesOf(validity),
    signingAlgorithm: ecdsa,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return made.toString('pem')
}

interface Issued {
  readonly authority: string
  readonly authorityKey: webcrypto.CryptoKey
  readonly publicKey: webcrypto.CryptoKey
  readonly name: string
  readonly validity: Validity
}

/** The certificate of the listener, under `linkName`; PEM. */
export function serverCertificate(issued: Issued): Promise<string> {
  return issue(issued, x509.ExtendedKeyUsage.serverAuth, [{ type: 'dns', value: linkName }])
}

/** The certificate of a listener for senders, under host names and addresses; never under `linkName`. PEM. */
export function intakeCertificate(issued: Issued, names: readonly string[]): Promise<string> {
  const shown = names
    .filter((name) => name.toLowerCase() !== linkName)
    .map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value }))
  return issue(issued, x509.ExtendedKeyUsage.serverAuth, shown)
}

/** The certificate of a child; good for clients only, so that a child can never pose as a parent. PEM. */
export function stationCertificate(issued: Issued): Promise<string> {
  const uri = { type: 'url', value: `urn:haidang:node:${issued.name}` } as const
  return issue(issued, x509.ExtendedKeyUsage.clientAuth, [uri])
}

/** A PKCS#10 request (RFC 2986) for `keys`; PEM. */
export async function certificateRequest(
  keys: webcrypto.CryptoKeyPair,
  nodeId: string,
): Promise<string> {
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [nodeId] }],
    keys,
    signingAlgorithm: ecdsa,
  })
  return made.toString('pem')
}

/**
 * The public key of a PKCS#10 request that proves possession of it. The subject is ignored: names come
 * from the registry. Throws Problem join.request-invalid.
 */
export async function requestedKey(pem: string): Promise<webcrypto.CryptoKey> {
  try {
    const request = new x509.Pkcs10CertificateRequest(pem)
    if (!(await request.verify())) throw new Error('the signature does not verify')
    return (await request.publicKey.export(ecdsa, ['verify'])) as webcrypto.CryptoKey
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable'
    throw new Problem('join.request-invalid', `PKCS#10 with a P-256 key is needed: ${why}`)
  }
}

/** The fingerprint (SHA-256 of SPKI) of the key a request asks for. Throws Problem join.request-invalid. */
export async function requestedFingerprint(pem: string): Promise<string> {
  const spki = await webcrypto.subtle.exportKey('spki', await requestedKey(pem))
  return fingerprintOf(createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' }))
}

async function issue(issued: Issued, usage: string, names: x509.JsonGeneralNames): Promise<string> {
  const authority = new x509.X509Certificate(issued.authority)
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    issuer: authority.subject,
    subject: [{ CN: [issued.name] }],
    ...datesOf(issued.validity),
    signingAlgorithm: ecdsa,
    signingKey: issued.authorityKey,
    publicKey: issued.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      new x509.SubjectAlternativeNameExtension(names),
      await x509.SubjectKeyIdentifierExtension.create(issued.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authority),
    ],
  })
  return made.toString('pem')
}

/** A serial number: 16 random bytes, positive (RFC 5280 section 4.1.2.2). */
export function serial(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

/** A validity as certificates have it. */
export function datesOf({ from, to }: Validity) {
  return { notBefore: dateOf(from), notAfter: dateOf(to) }
}
