import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { AddresseeChoice, orderAddressingApi } from './order-addressing-api.ts'

/** Software that is searched for in the register of information systems. */
export const SoughtSoftware = z.object({
  name: z.string().trim().min(2).max(200).describe('words of its name, or of its CPE or purl'),
  versions: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('`< 7.2.3`, `>= 7, < 7.2.3 || 6.4`; empty: all'),
})
export type SoughtSoftware = z.infer<typeof SoughtSoftware>

/** Whom an advisory is meant for: everybody named by any of these, each with what is its own. */
export const AdvisoryChoice = AddresseeChoice.extend({
  software: z.array(SoughtSoftware).max(50).default([]).describe('whoever runs any of these'),
  sightings: z
    .array(z.string().max(2048))
    .max(5000)
    .default([])
    .describe('lines `address,time,what was seen`; each goes to the owner at that time'),
})
export type AdvisoryChoice = z.infer<typeof AdvisoryChoice>

export const advisoryAddressingApi = {
  preview: endpoint({
    method: 'POST',
    path: '/api/v1/advisory-addressees',
    permission: 'advisory.write',
    summary:
      'Whom a choice of addressees names, page by page: by kind, group, ownership, software or sightings',
    body: AdvisoryChoice.extend({
      limit: z.int().min(1).max(2_000).default(500),
      cursor: idOf('organisation').optional().describe('the `next` of the page before'),
    }),
    reply: orderAddressingApi.preview.reply.extend({
      unread: z
        .array(z.object({ line: z.int(), cause: z.enum(['address', 'time']) }))
        .describe('lines of sightings that cannot be read'),
    }),
  }),
}
