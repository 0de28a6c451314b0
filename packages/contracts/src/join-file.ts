import { z } from 'zod'
import { Instant } from './instant.ts'
import { Declaration, TrustedKey } from './link.ts'

const signed = {
  key: z.object({ kid: z.string().max(100), x: z.string().max(200) }),
  signature: z.string().max(1000).describe('detached JWS over the RFC 8785 form without it'),
}
const pem = z.string().max(20_000)

/** A station’s request to join, carried by hand; signed with its organisation’s key. */
export const JoinRequestFile = z.object({
  type: z.literal('haidang.join-request'),
  version: z.literal(1),
  id: z.uuid().describe('named by the answer; each counts once'),
  made_at: Instant,
  expires_at: Instant,
  csr: pem.describe('PKCS#10, PEM'),
  declaration: Declaration,
  ...signed,
})
export type JoinRequestFile = z.infer<typeof JoinRequestFile>

/** The parent’s answer to one such request; signed with the key of the parent’s organisation. */
export const JoinAnswerFile = z.object({
  type: z.literal('haidang.join-answer'),
  version: z.literal(1),
  request_id: z.uuid(),
  made_at: Instant,
  expires_at: Instant,
  address: z.url({ protocol: /^https$/ }).describe('where the parent listens'),
  certificate: pem.describe('PEM, with the authority behind it'),
  trust_bundle: z.string().max(100_000).describe('PEM of the authorities to trust'),
  trusted_keys: z.array(TrustedKey).max(10_000),
  organisation_id: z.string().max(100).describe('this child’s organisation as the parent names it'),
  parent: z.object({
    node_id: z.string().max(100),
    name: z.string().max(300),
    organisation_id: z.string().max(100),
    organisation_code: z.string().max(100),
    organisation_name: z.string().max(300),
  }),
  ...signed,
})
export type JoinAnswerFile = z.infer<typeof JoinAnswerFile>
