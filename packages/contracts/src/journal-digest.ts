import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hexadecimal')

/**
 * What a node says of its journal once a day, signed: whoever keeps a copy can show later that the end was
 * cut off or the chain recomputed.
 */
export const JournalDigest = z.strictObject({
  type: z.literal('haidang.journal-digest'),
  version: z.literal(1),
  node_id: idOf('node'),
  day: z.iso.date().describe('the day that had ended, in Vietnamese time'),
  time: Instant.describe('when it was signed'),
  entries: z.int().min(1).describe('position of the newest entry'),
  head: Sha256.describe('hash of that entry'),
  previous: Sha256.nullable().describe('SHA-256 of the canonical JSON of the digest before'),
  key: z.strictObject({
    kid: z.string().max(100).describe('JWK thumbprint (RFC 7638)'),
    x: z.string().max(100).describe('Ed25519 public key, base64url (JWK x)'),
  }),
  signature: z
    .string()
    .max(1000)
    .describe('detached JWS, EdDSA, over the RFC 8785 form without it'),
})
export type JournalDigest = z.infer<typeof JournalDigest>
export type UnsignedDigest = Omit<JournalDigest, 'signature'>

/** Name of the file a digest is handed out as. */
export function digestFileName(day: string): string {
  return `journal-digest-${day}.json`
}
