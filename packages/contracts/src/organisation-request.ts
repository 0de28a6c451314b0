import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { OrganisationDraft } from './organisation.ts'
import { PageQuery, pageOf } from './page.ts'

export const OrganisationRequestState = z.enum(['open', 'approved', 'amended', 'refused'])
export type OrganisationRequestState = z.infer<typeof OrganisationRequestState>

/** What an organisation may ask to have changed about itself. */
export const OrganisationChange = changeOf(OrganisationDraft.omit({ code: true }))
export type OrganisationChange = z.infer<typeof OrganisationChange>

const Difference = z.object({
  field: z.string(),
  before: z.union([z.string(), z.array(z.string())]).describe('when it was asked for'),
  asked: z.union([z.string(), z.array(z.string())]),
  kept: z
    .union([z.string(), z.array(z.string())])
    .nullable()
    .describe('by the decision; null: none yet, or refused'),
})

/** A change an organisation’s own people ask for; the coordinator decides. */
export const OrganisationRequest = z.object({
  id: idOf('request'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  state: OrganisationRequestState,
  differences: z.array(Difference),
  reason: z.string(),
  asked_by: z.string(),
  asked_at: Instant,
  decision: z.string().describe('why it was decided so; empty: not yet'),
  decided_by: z.string(),
  decided_at: Instant.nullable(),
})
export type OrganisationRequest = z.infer<typeof OrganisationRequest>

export const organisationRequestApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/organisation-requests',
    permission: 'organisation.read',
    summary: 'List requests of organisations to change what the register says of them',
    query: PageQuery,
    reply: pageOf(OrganisationRequest),
  }),
  ask: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/requests',
    permission: 'organisation.propose',
    summary: 'Ask for a change of one’s organisation',
    params: z.object({ id: idOf('organisation') }),
    body: z.object({ change: OrganisationChange, reason: z.string().trim().min(3).max(1_000) }),
    reply: OrganisationRequest,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/v1/organisation-requests/:id/decision',
    permission: 'organisation.manage',
    summary: 'Approve, amend or refuse a request; never one’s own',
    params: z.object({ id: idOf('request') }),
    body: z.object({
      verdict: z.enum(['approved', 'refused']),
      amended: OrganisationChange.optional().describe('kept instead of what was asked for'),
      reason: z.string().trim().min(3).max(1_000),
    }),
    reply: OrganisationRequest,
  }),
}
