import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { calculateJwkThumbprint } from 'jose'
import { readOrMake } from './key-file.ts'

/** The organisation's signing key (Ed25519, RFC 8032), separate from every TLS key. */
export interface OrganisationKey {
  readonly privateKey: KeyObject
  /** JWK thumbprint (RFC 7638). */
  readonly kid: string
  /** Public key, base64url (JWK `x`). */
  readonly x: string
}

/** The signing key in `directory` (`keys/` of the data directory), made at first use. */
export async function organisationKey(directory: string): Promise<OrganisationKey> {
  const pem = await readOrMake(organisationKeyFile(directory), async () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
  return keyOfPem(pem)
}

export function organisationKeyFile(directory: string): string {
  return join(directory, 'organisation-key.pem')
}

/** The key a PKCS#8 text holds. */
export async function keyOfPem(pem: string): Promise<OrganisationKey> {
  const privateKey = createPrivateKey(pem)
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { privateKey, x, kid: await kidOf(x) }
}

/** Key identifier of a public Ed25519 key (RFC 7638, RFC 8037 section 2). */
export function kidOf(x: string): Promise<string> {
  return calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x })
}
