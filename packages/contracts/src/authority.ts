import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { StationState } from './station.ts'

const fingerprint = z.string().describe('SHA-256 of the certificate, pairs of hexadecimal digits')

const StationBehind = z.object({
  id: idOf('station'),
  name: z.string(),
  state: StationState,
  last_heartbeat_at: Instant.nullable(),
})

/** The certificate authority of this node: what vouches for its listener and for the nodes below. */
export const Authority = z.object({
  fingerprint: fingerprint.describe('of the one the listener shows and join codes name'),
  valid_from: Instant,
  valid_to: Instant,
  next: z
    .object({
      fingerprint: fingerprint.describe('of the one that signs for stations meanwhile'),
      began_at: Instant,
      due_at: Instant.describe('when the one before ends, whoever has moved'),
    })
    .nullable()
    .describe('null: no rotation is under way'),
  stations: z.int().describe('stations accepted or asking'),
  behind: z.array(StationBehind).describe('those without a certificate of the one that signs now'),
  former: z
    .array(z.object({ fingerprint, ended_at: Instant, how: z.enum(['retired', 'lost']) }))
    .describe('newest first'),
})
export type Authority = z.infer<typeof Authority>

/** A key the organisation of this node signs with, or did. */
export const SigningKey = z.object({
  kid: z.string().describe('JWK thumbprint (RFC 7638)'),
  x: z.string().describe('Ed25519 public key, base64url'),
  valid_from: Instant,
  valid_to: Instant.nullable().describe('null: the one that signs now'),
  how: z.enum(['rotated', 'lost']).nullable().describe('why it ended'),
})
export type SigningKey = z.infer<typeof SigningKey>
