import { millisecondsOf } from '@haidang/contracts/instant'
import type { Envelope, TrustedKey, UnsignedEnvelope } from '@haidang/contracts/link'
import canonicalize from 'canonicalize'
import { CompactSign, compactVerify, importJWK } from 'jose'
import { kidOf, type OrganisationKey } from '../keys/organisation-key.ts'

/** Signs envelopes for the node's own organisation. */
export class Signer {
  #key: OrganisationKey

  constructor(key: OrganisationKey) {
    this.#key = key
  }

  get key(): OrganisationKey {
    return this.#key
  }

  /** Signs with another key from here on. */
  use(key: OrganisationKey): void {
    this.#key = key
  }

  /** The envelope with its signature. */
  async sign(unsigned: UnsignedEnvelope): Promise<Envelope> {
    return { ...unsigned, signature: await this.seal(unsigned) }
  }

  /** The signature of a document: JWS with detached payload (RFC 7515 appendix F) over its RFC 8785 form. */
  async seal(document: object): Promise<string> {
    const { kid, privateKey } = this.#key
    const compact = await new CompactSign(canonical(document))
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .sign(privateKey)
    const [header, , signature] = compact.split('.')
    return `${header}..${signature}`
  }
}

export type Verdict =
  | { readonly ok: true; readonly key: TrustedKey }
  | { readonly ok: false; readonly reason: string }

/**
 * Whether an envelope, as it stood on the wire, was signed by the organisation in `from` with a key of
 * `keys` that was valid at its `time`. Members this version does not know are part of what is signed.
 */
export async function verifyEnvelope(
  envelope: Readonly<Record<string, unknown>>,
  keys: readonly TrustedKey[],
): Promise<Verdict> {
  const { signature, ...unsigned } = envelope
  const [header, payload, mac, rest] = String(signature).split('.')
  if (!header || payload !== '' || !mac || rest !== undefined) return refused('no detached JWS')
  const candidates = keys.filter(
    (key) => key.organisation_id === unsigned['from'] && isValidAt(key, String(unsigned['time'])),
  )
  if (candidates.length === 0) return refused('no valid key of this organisation is known')
  const compact = `${header}.${Buffer.from(canonical(unsigned)).toString('base64url')}.${mac}`
  for (const key of candidates) {
    if (await verifies(compact, key)) return { ok: true, key }
  }
  return refused('the signature does not verify')
}

/** Whether a document carries the signature `Signer.seal` makes, by this very key. */
export async function verifySeal(
  document: Readonly<Record<string, unknown>>,
  key: { readonly kid: string; readonly x: string },
): Promise<boolean> {
  const { signature, ...unsigned } = document
  const [header, payload, mac, rest] = String(signature).split('.')
  if (!header || payload !== '' || !mac || rest !== undefined) return false
  if ((await kidOf(key.x)) !== key.kid) return false
  return verifies(`${header}.${Buffer.from(canonical(unsigned)).toString('base64url')}.${mac}`, key)
}

async function verifies(
  compact: string,
  key: { readonly kid: string; readonly x: string },
): Promise<boolean> {
  try {
    const open = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, 'EdDSA')
    const { protectedHeader } = await compactVerify(compact, open, { algorithms: ['EdDSA'] })
    return protectedHeader.kid === undefined || protectedHeader.kid === key.kid
  } catch {
    return false
  }
}

function isValidAt(key: TrustedKey, time: string): boolean {
  const at = millisecondsOf(time)
  return (
    millisecondsOf(key.valid_from) <= at &&
    (key.valid_to === null || at < millisecondsOf(key.valid_to))
  )
}

/** RFC 8785 form; JSON text that passed `isTooDeep` is shallow enough to recurse into. */
function canonical(value: object): Uint8Array {
  return new TextEncoder().encode(canonicalize(value) ?? '')
}

function refused(reason: string): Verdict {
  return { ok: false, reason }
}
