import { z } from 'zod'
import { Instant } from './instant.ts'
import { Tlp } from './tlp.ts'

/** Streams of link.md section 2; each one direction, one sequence per (node, stream) from 1. */
export const UpStream = z.enum(['alerts', 'events', 'sightings', 'health', 'messages'])
export type UpStream = z.infer<typeof UpStream>
export const DownStream = z.enum(['messages', 'intelligence', 'rules', 'configuration'])
export type DownStream = z.infer<typeof DownStream>
export const LinkStream = z.enum([...new Set([...UpStream.options, ...DownStream.options])])
export type LinkStream = z.infer<typeof LinkStream>

/** What a parent holds of a stream: everything up to and including this number. */
export const Watermark = z.object({ stored: z.int().min(0) })
export type Watermark = z.infer<typeof Watermark>

/** Stands in place of numbers a child had to drop. */
export const GapRecord = z.object({
  gap: z.object({
    first: z.int().min(1),
    last: z.int().min(1),
    count: z.int().min(1),
    from: Instant,
    to: Instant,
    reason: z.string().max(500),
  }),
})
export type GapRecord = z.infer<typeof GapRecord>

/** Where a relayed record was first numbered. */
export const Origin = z.object({
  node: z.string().max(100),
  stream: LinkStream,
  seq: z.int().min(1),
})
export type Origin = z.infer<typeof Origin>

/** What a node says of itself when it asks to join. */
export const Declaration = z.object({
  node_id: z.string().max(100),
  name: z.string().min(1).max(120),
  organisation_code: z.string().max(40),
  organisation_name: z.string().max(300),
  software: z.string().max(120),
  capabilities: z.array(z.string().max(60)).max(50),
  location: z.string().max(300),
  contact: z.string().max(300),
  signing_key: z
    .string()
    .max(200)
    .describe('Ed25519 public key of the organisation, base64url (JWK x)'),
  simulated: z.boolean(),
})
export type Declaration = z.infer<typeof Declaration>

export const JoinRequest = z.object({
  code: z.string().max(200),
  csr: z.string().max(10_000).describe('PKCS#10, PEM'),
  declaration: Declaration,
})

/** A signing key and whose it is, with its validity. */
export const TrustedKey = z.object({
  organisation_id: z.string(),
  organisation_name: z.string(),
  kid: z.string(),
  x: z.string(),
  valid_from: Instant,
  valid_to: Instant.nullable(),
})
export type TrustedKey = z.infer<typeof TrustedKey>

/** The next signing key of an organisation, told under the one it has (envelope `key.announced`). */
export const KeyAnnouncement = z.object({
  kid: z.string().max(100),
  x: z.string().max(200),
  valid_from: Instant,
  previous_until: Instant.describe('until when the key that signed this is believed'),
})
export type KeyAnnouncement = z.infer<typeof KeyAnnouncement>

export const JoinReply = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending'), ticket: z.string(), retry_after_seconds: z.int() }),
  z.object({ state: z.literal('rejected'), reason: z.string() }),
  z.object({
    state: z.literal('approved'),
    certificate: z.string().describe('PEM, with the authority behind it'),
    trust_bundle: z.string().describe('PEM of the authorities to trust'),
    trusted_keys: z.array(TrustedKey),
    organisation_id: z.string().describe('this child’s organisation as the parent names it'),
    parent: z.object({
      node_id: z.string(),
      name: z.string(),
      organisation_id: z.string(),
      organisation_code: z.string(),
      organisation_name: z.string(),
    }),
  }),
])
export type JoinReply = z.infer<typeof JoinReply>

/** Envelope types of link.md section 3 that this version understands. */
export const envelopeTypes = [
  'incident.reported',
  'incident.updated',
  'incident.support-requested',
  'incident.received',
  'incident.refused',
  'incident.judged',
  'order.issued',
  'order.changed',
  'order.withdrawn',
  'order.delivered',
  'order.read',
  'order.accepted',
  'order.disputed',
  'order.acting',
  'order.progressed',
  'order.completed',
  'order.verified',
  'order.returned',
  'order.closed',
  'order.reminded',
  'order.refused',
  'advisory.published',
  'advisory.updated',
  'advisory.cancelled',
  'advisory.verified',
  'advisory.returned',
  'advisory.received',
  'advisory.read',
  'advisory.assessed',
  'advisory.remediated',
  'rules.published',
  'rules.applied',
  'rules.refused',
  'configuration.published',
  'configuration.answered',
  'release.published',
  'digest.signed',
  'monitoring.requested',
  'key.announced',
  'message.unsupported',
] as const

/** CloudEvents 1.0 with our extensions; everything of legal weight travels in one (link.md section 3). */
export const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string().max(300).describe('node URI, urn:haidang:node:<id>'),
  type: z.string().max(100),
  subject: z.string().max(300),
  time: Instant,
  datacontenttype: z.literal('application/json'),
  dataschema: z.string().max(300),
  tlp: Tlp,
  from: z.string().max(100).describe('issuing organisation, as the parent names it'),
  to: z.string().max(100),
  correlation: z.string().max(100).optional(),
  causation: z.string().max(100).optional(),
  exercise: z.boolean(),
  data: z.unknown(),
  signature: z
    .string()
    .max(1000)
    .describe('detached JWS, EdDSA, over the RFC 8785 form without it'),
})
export type Envelope = z.infer<typeof Envelope>
export type UnsignedEnvelope = Omit<Envelope, 'signature'>
