import { z } from 'zod'
import { Authority, SigningKey } from './authority.ts'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'

const reason = z.string().trim().min(3).max(1000)
const SigningKeys = z.object({ items: z.array(SigningKey) })

export const authorityApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/authority',
    permission: 'station.read',
    summary: 'The certificate authority of this node, and how far stations have moved to the next',
    reply: Authority,
  }),
  rotate: endpoint({
    method: 'POST',
    path: '/api/v1/authority/rotate',
    permission: 'station.manage',
    summary: 'Let a new authority follow: both are trusted until stations have moved',
    body: z.object({ overlap_days: z.int().min(1).max(365).default(30), reason }),
    reply: Authority,
  }),
  retire: endpoint({
    method: 'POST',
    path: '/api/v1/authority/retire',
    permission: 'station.manage',
    summary: 'End the authority before the current one',
    body: z.object({
      reason,
      leave_behind: z
        .boolean()
        .default(false)
        .describe('also where stations have not moved: they join again'),
    }),
    reply: Authority,
  }),
  replace: endpoint({
    method: 'POST',
    path: '/api/v1/authority/replace',
    permission: 'station.manage',
    summary: 'Replace a lost authority: every certificate ends at once, every station joins again',
    body: z.object({ reason }),
    reply: Authority,
  }),
  signingKeys: endpoint({
    method: 'GET',
    path: '/api/v1/signing-keys',
    permission: 'station.read',
    summary: 'Keys the organisation of this node signs with, newest first',
    reply: SigningKeys,
  }),
  rotateSigningKey: endpoint({
    method: 'POST',
    path: '/api/v1/signing-keys/rotate',
    permission: 'station.manage',
    summary: 'Sign with a new key, announced under the old one to the nodes above and below',
    body: z.object({ reason }),
    reply: SigningKeys,
  }),
  replaceSigningKey: endpoint({
    method: 'POST',
    path: '/api/v1/signing-keys/replace',
    permission: 'station.manage',
    summary: 'Replace a lost signing key; the tie to the parent waits until it is joined again',
    body: z.object({
      reason,
      lost_at: Instant.optional().describe('from when on the old key is not believed; now'),
    }),
    reply: SigningKeys,
  }),
}
