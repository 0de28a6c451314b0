import { generateKeyPairSync, webcrypto } from 'node:crypto'
import { authorityCertificate, intakeCertificate } from '@haidang/link/keys/certificates'
import { ecdsa } from '@haidang/link/keys/key-pair'
import { systemClock } from '@haidang/runtime/clock'

const hour = 3_600_000

/** Key and certificate of a server under a name or address, and the authority that issued it; PEM. */
export async function tlsOf(name: string) {
  const now = systemClock.now()
  const validity = { from: now - hour, to: now + hour }
  const signer = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
  const authority = await authorityCertificate(signer, 'test', validity)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const open = await webcrypto.subtle.importKey('spki', spki, ecdsa, true, ['verify'])
  const issued = { authority, authorityKey: signer.privateKey, publicKey: open, name, validity }
  const cert = await intakeCertificate(issued, [name])
  return { key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })), cert, authority }
}
