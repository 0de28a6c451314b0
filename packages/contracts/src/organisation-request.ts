import { z } from 'zod'
import { changeOf } from './change.ts'
import { ContactDraft } from './contact-point.ts'
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

export const ContactRequestAct = z.enum(['add', 'change', 'remove'])
export type ContactRequestAct = z.infer<typeof ContactRequestAct>

/** What an organisation may ask to have done to one of its contact points. */
export const ContactRequestDraft = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add'), draft: ContactDraft }),
  z.object({
    act: z.literal('change'),
    contact_id: idOf('contact'),
    change: changeOf(ContactDraft),
  }),
  z.object({ act: z.literal('remove'), contact_id: idOf('contact') }),
])
export type ContactRequestDraft = z.infer<typeof ContactRequestDraft>

const Difference = z.object({
  field: z.string(),
  before: z.union([z.string(), z.array(z.string())]).describe('when it was asked for'),
  asked: z.union([z.string(), z.array(z.string())]),
  kept: z
    .union([z.string(), z.array(z.string())])
    .nullable()
    .describe('by the decision; null: none yet, or refused'),
})

/** A change of itself or its contact points an organisation’s own people ask for; the coordinator decides. */
export const OrganisationRequest = z.object({
  id: idOf('request'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  state: OrganisationRequestState,
  contact: z
    .object({ act: ContactRequestAct, name: z.string().describe('of the contact point') })
    .nullable()
    .describe('null: it is about the organisation itself'),
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
  askContact: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/contact-requests',
    permission: 'organisation.propose',
    summary: 'Ask for a contact point of one’s organisation to be added, changed or removed',
    params: z.object({ id: idOf('organisation') }),
    body: z.object({ contact: ContactRequestDraft, reason: z.string().trim().min(3).max(1_000) }),
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
      amended: OrganisationChange.optional().describe(
        'kept instead of what was asked for; not of a contact point',
      ),
      reason: z.string().trim().min(3).max(1_000),
    }),
    reply: OrganisationRequest,
  }),
}
