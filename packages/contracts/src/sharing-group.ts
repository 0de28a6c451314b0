import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

export const SharingGroupDraft = z.object({
  name: plainText(2, 200),
  purpose: plainText(0, 1_000).default(''),
})
export type SharingGroupDraft = z.infer<typeof SharingGroupDraft>

/** Organisations that share with each other what nobody else may see. */
export const SharingGroup = SharingGroupDraft.extend({
  id: idOf('group'),
  members: z.int(),
  created_at: Instant,
  updated_at: Instant,
})
export type SharingGroup = z.infer<typeof SharingGroup>

export const SharingGroupMember = z.object({
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  added_at: Instant,
})
export type SharingGroupMember = z.infer<typeof SharingGroupMember>

const Whole = SharingGroup.extend({ member_list: z.array(SharingGroupMember) })
export type SharingGroupWhole = z.infer<typeof Whole>

const params = z.object({ id: idOf('group') })
const memberParams = params.extend({ organisation: idOf('organisation') })

export const sharingGroupApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/sharing-groups',
    permission: 'organisation.read',
    summary: 'List sharing groups; who is bound to an organisation sees those it is in',
    query: PageQuery,
    reply: pageOf(SharingGroup),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/sharing-groups/:id',
    permission: 'organisation.read',
    summary: 'Read one sharing group with its members, who know each other',
    params,
    reply: Whole,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/sharing-groups',
    permission: 'group.manage',
    summary: 'Create a sharing group',
    body: SharingGroupDraft,
    reply: Whole,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/sharing-groups/:id',
    permission: 'group.manage',
    summary: 'Change name or purpose of a sharing group',
    params,
    body: changeOf(SharingGroupDraft),
    reply: Whole,
  }),
  join: endpoint({
    method: 'POST',
    path: '/api/v1/sharing-groups/:id/members',
    permission: 'group.manage',
    summary: 'Take an active member of the network into a sharing group',
    params,
    body: z.object({ organisation_id: idOf('organisation') }),
    reply: Whole,
  }),
  part: endpoint({
    method: 'DELETE',
    path: '/api/v1/sharing-groups/:id/members/:organisation',
    permission: 'group.manage',
    summary: 'Take an organisation out of a sharing group; it sees no more of it from then on',
    params: memberParams,
    reply: Whole,
  }),
}
