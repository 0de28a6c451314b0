import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { OrganisationKind } from './organisation.ts'
import { PageQuery, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

/** What an organisation is in the network besides its kind, for a time. */
export const Mandate = z.enum([
  'national_coordinator',
  'sector_coordinator',
  'local_coordinator',
  'specialised_response',
  'evaluation_laboratory',
  'exercise_organiser',
  'training_provider',
])
export type Mandate = z.infer<typeof Mandate>

const days = {
  valid_from: z.iso.date().nullable().default(null).describe('first day; null: since ever'),
  valid_to: z.iso.date().nullable().default(null).describe('last day; null: it still holds'),
  basis: plainText(0, 300).default('').describe('decision it rests on'),
}

export const TieDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('parent'), parent_id: idOf('organisation'), ...days }),
  z.object({ kind: z.literal('mandate'), mandate: Mandate, ...days }),
])
export type TieDraft = z.infer<typeof TieDraft>

/** Whom an organisation is under, or what it is in the network, from day to day. */
export const OrganisationTie = z.object({
  id: idOf('tie'),
  organisation_id: idOf('organisation'),
  kind: z.enum(['parent', 'mandate']),
  parent_id: z.string().nullable(),
  parent_name: z.string(),
  mandate: Mandate.nullable(),
  valid_from: z.iso.date().nullable(),
  valid_to: z.iso.date().nullable(),
  basis: z.string(),
})
export type OrganisationTie = z.infer<typeof OrganisationTie>

/** One line of the tree; those below it are asked for when it is opened. */
export const TreeNode = z.object({
  id: idOf('organisation'),
  code: z.string(),
  name: z.string(),
  kind: OrganisationKind,
  children: z.int(),
})
export type TreeNode = z.infer<typeof TreeNode>

const params = z.object({ id: idOf('organisation') })
const tieParams = params.extend({ tie: idOf('tie') })

export const organisationTieApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/organisations/:id/ties',
    permission: 'organisation.read',
    summary: 'Whom an organisation is and was under, and its mandates',
    params,
    reply: z.object({ ties: z.array(OrganisationTie) }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/ties',
    permission: 'organisation.manage',
    summary: 'Put an organisation under another, or give it a mandate, from day to day',
    params,
    body: TieDraft,
    reply: OrganisationTie,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/organisations/:id/ties/:tie',
    permission: 'organisation.manage',
    summary: 'Change the days or the basis of a tie',
    params: tieParams,
    body: z.object({
      valid_from: z.iso.date().nullable().optional(),
      valid_to: z.iso.date().nullable().optional(),
      basis: plainText(0, 300).optional(),
    }),
    reply: OrganisationTie,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/organisations/:id/ties/:tie',
    permission: 'organisation.manage',
    summary: 'Remove a tie that was written by mistake; what ended gets a last day instead',
    params: tieParams,
    reply: z.object({}),
  }),
  tree: endpoint({
    method: 'GET',
    path: '/api/v1/organisation-tree',
    permission: 'organisation.read',
    summary: 'Organisations directly under one on a day; without `under` those under nobody',
    query: PageQuery.extend({
      under: idOf('organisation').optional(),
      on: z.iso.date().optional().describe('today unless told'),
    }),
    reply: pageOf(TreeNode),
  }),
}
