import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { OwnMonitoring } from './monitoring.ts'
import { PageQuery, pageOf } from './page.ts'
import {
  ReleaseCount,
  ReleaseDecision,
  ReleasePolicy,
  ReleaseStream,
  ReleaseVersion,
} from './release.ts'

/** How many of a stream meet each decision. */
const ByDecision = z.record(ReleaseDecision, z.number())

/** One record as it is, and as it would leave. */
export const ReleaseSample = z.object({
  stream: ReleaseStream,
  id: z.string(),
  time: Instant,
  title: z.string(),
  source: z.string(),
  in_force: ReleaseDecision.describe('under the policy in force'),
  tried: ReleaseDecision.describe('under the policy tried'),
  by: z.string().describe('what decides under it: name of the rule, or secret, exception, no-rule'),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()).nullable().describe('null: nothing of it leaves'),
})
export type ReleaseSample = z.infer<typeof ReleaseSample>

export const ReleasePreview = z.object({
  from: Instant,
  to: Instant,
  streams: z.array(
    z.object({
      stream: ReleaseStream,
      total: z.number(),
      in_force: ByDecision,
      tried: ByDecision,
      changed: z.number().describe('records about which the two policies decide differently'),
    }),
  ),
  samples: z.array(ReleaseSample),
})
export type ReleasePreview = z.infer<typeof ReleasePreview>

/** What leaves this station: the owner's policy, its history, and what it would do. */
export const releaseApi = {
  inForce: endpoint({
    method: 'GET',
    path: '/api/v1/release',
    permission: 'station.read',
    summary: 'Read the release policy in force, and how much met which decision in the last week',
    reply: z.object({
      current: ReleaseVersion,
      counts: z.array(ReleaseCount),
      text: z.string().describe('the same policy as YAML'),
    }),
  }),
  versions: endpoint({
    method: 'GET',
    path: '/api/v1/release/versions',
    permission: 'station.read',
    summary: 'List the versions of the release policy, newest first',
    query: PageQuery,
    reply: pageOf(ReleaseVersion),
  }),
  publish: endpoint({
    method: 'POST',
    path: '/api/v1/release',
    permission: 'station.manage',
    summary: 'Put a release policy into force, with a reason',
    body: z.object({
      policy: ReleasePolicy,
      reason: z.string().trim().min(3).max(1000),
      based_on: z.int().min(0).describe('version the change was made from'),
    }),
    reply: ReleaseVersion,
  }),
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/release/preview',
    permission: 'event.read',
    summary: 'Show what a policy would have let out in a stretch of time, against the one in force',
    body: z.object({ policy: ReleasePolicy, from: Instant, to: Instant }),
    reply: ReleasePreview,
  }),
  monitoring: endpoint({
    method: 'GET',
    path: '/api/v1/release/monitoring',
    permission: 'station.read',
    summary:
      'Read what the parent asks to monitor directly, what of it the policy lets out, and how it goes',
    reply: OwnMonitoring,
  }),
  read: endpoint({
    method: 'POST',
    path: '/api/v1/release/read',
    permission: 'station.read',
    summary: 'Check a release policy written as YAML; nothing is changed',
    body: z.object({ text: z.string().max(200_000) }),
    reply: z.object({ policy: ReleasePolicy }),
  }),
  write: endpoint({
    method: 'POST',
    path: '/api/v1/release/write',
    permission: 'station.read',
    summary: 'Write a release policy as YAML; nothing is changed',
    body: z.object({ policy: ReleasePolicy }),
    reply: z.object({ text: z.string() }),
  }),
}
