import { generateKeyPairSync } from 'node:crypto'
import type { TrustedKey } from '@haidang/contracts/link'
import { Signer } from '@haidang/link/envelopes/signer'
import { kidOf } from '@haidang/link/keys/organisation-key'

/** A fresh signing key of an organisation, and the entry by which others trust it. */
export async function organisationKey(
  organisation_id: string,
): Promise<{ signer: Signer; trusted: TrustedKey }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x = '' } = publicKey.export({ format: 'jwk' })
  const kid = await kidOf(x)
  const validity = { valid_from: '2026-01-01T00:00:00.000Z', valid_to: null }
  return {
    signer: new Signer({ privateKey, x, kid }),
    trusted: { organisation_id, organisation_name: organisation_id, kid, x, ...validity },
  }
}
