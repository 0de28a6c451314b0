import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { mostAddressees } from './order.ts'
import { OrganisationKind } from './organisation.ts'

/** Whom an order is meant for: everybody named by any of these, without the exceptions. */
export const AddresseeChoice = z.object({
  organisations: z.array(idOf('organisation')).max(mostAddressees).default([]),
  filter: z
    .string()
    .trim()
    .max(2048)
    .default('')
    .describe('of the list of organisations: `kind:isp and sector:banking`'),
  groups: z.array(idOf('group')).max(50).default([]),
  owners_of: z
    .array(z.string().max(2048))
    .max(5000)
    .default([])
    .describe('addresses, names and URLs; their owners by attribution'),
  except: z.array(idOf('organisation')).max(mostAddressees).default([]),
})
export type AddresseeChoice = z.infer<typeof AddresseeChoice>

/** One addressee an order would have. */
export const ChosenAddressee = z.object({
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  organisation_kind: OrganisationKind,
  over_link: z.boolean(),
  has_duty: z.boolean().describe('somebody there can be reached day and night'),
  indicators: z.array(z.string()).describe('of those given, its own'),
})
export type ChosenAddressee = z.infer<typeof ChosenAddressee>

export const orderAddressingApi = {
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/order-addressees',
    permission: 'order.issue',
    summary: 'Whom a choice of addressees names, page by page, and who has no duty contact',
    body: AddresseeChoice.extend({
      limit: z.int().min(1).max(2_000).default(500),
      cursor: idOf('organisation').optional().describe('the `next` of the page before'),
    }),
    reply: z.object({
      items: z.array(ChosenAddressee),
      next: idOf('organisation').nullable(),
      total: z.int(),
      without_duty: z.int(),
      unowned: z.array(z.string()).describe('of those given, what belongs to nobody known here'),
    }),
  }),
}
