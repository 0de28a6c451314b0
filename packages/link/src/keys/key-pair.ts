import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  webcrypto,
} from 'node:crypto'
import { readOrMake } from './key-file.ts'

/** P-256 with SHA-256: what every TLS 1.3 implementation must offer (RFC 8446 section 9.1). */
export const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** A TLS key as both worlds need it: PEM for the socket, WebCrypto for signing certificates and requests. */
export interface TlsKey {
  readonly pem: string
  readonly pair: webcrypto.CryptoKeyPair
  /** SHA-256 of the public key (SPKI), as people compare it. */
  readonly fingerprint: string
}

/** The P-256 key in `path` (PKCS#8 PEM), made at first use; it never leaves the machine. */
export async function tlsKey(path: string): Promise<TlsKey> {
  const pem = await readOrMake(path, makeKey)
  const secret = createPrivateKey(pem)
  const open = createPublicKey(secret)
  const { subtle } = webcrypto
  const pkcs8 = secret.export({ type: 'pkcs8', format: 'der' })
  const spki = open.export({ type: 'spki', format: 'der' })
  const pair = {
    privateKey: await subtle.importKey('pkcs8', pkcs8, ecdsa, true, ['sign']),
    publicKey: await subtle.importKey('spki', spki, ecdsa, true, ['verify']),
  }
  return { pem, pair, fingerprint: fingerprintOf(open) }
}

/** SHA-256 of a public key's SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7): 64 hexadecimal digits in pairs. */
export function fingerprintOf(key: KeyObject): string {
  const spki = key.export({ type: 'spki', format: 'der' })
  const hex = createHash('sha256').update(spki).digest('hex')
  return (hex.match(/../g) ?? []).join(':')
}

async function makeKey(): Promise<string> {
  const made = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', made.privateKey))
  return createPrivateKey({ key: pkcs8, type: 'pkcs8', format: 'der' })
    .export({ type: 'pkcs8', format: 'pem' })
    .toString()
}
