import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

const changeable = z.object({
  name: plainText(2, 120),
  purpose: plainText(3, 500).describe('which machine, and what for'),
  role_id: z.string(),
  owner_id: idOf('person').describe('who answers for it: an enabled person of the organisation'),
})

export const ServiceAccountDraft = changeable.extend({ organisation_id: idOf('organisation') })
export type ServiceAccountDraft = z.infer<typeof ServiceAccountDraft>

/** The identity of a machine: it comes in with keys only, and never signs in. */
export const ServiceAccount = ServiceAccountDraft.extend({
  id: idOf('serviceAccount'),
  owner_name: z.string().describe('empty where the owner is not to be seen'),
  needs_owner: z.boolean().describe('who answered for it is gone or disabled'),
  disabled: z.boolean(),
  open_keys: z.int().describe('keys that open something now'),
  last_used_at: Instant.nullable().describe('of any of its keys'),
  created_at: Instant,
  updated_at: Instant,
})
export type ServiceAccount = z.infer<typeof ServiceAccount>

export const ServiceAccountChange = changeOf(changeable.extend({ disabled: z.boolean() }))
export type ServiceAccountChange = z.infer<typeof ServiceAccountChange>

export const serviceAccountApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/service-accounts',
    permission: 'person.read',
    summary: 'List the identities of machines, with their keys in use',
    query: PageQuery,
    reply: pageOf(ServiceAccount),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/service-accounts',
    permission: 'person.manage',
    summary: 'Create a service account; it comes in with keys only',
    body: ServiceAccountDraft,
    reply: ServiceAccount,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/service-accounts/:id',
    permission: 'person.manage',
    summary: 'Change a service account, or disable it, which revokes its keys at once',
    params: z.object({ id: idOf('serviceAccount') }),
    body: ServiceAccountChange,
    reply: ServiceAccount,
  }),
}
