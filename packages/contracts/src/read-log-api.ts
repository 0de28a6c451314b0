import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

/** That somebody looked at a sensitive object; further looks within a quarter of an hour are the same one. */
export const Reading = z.object({
  id: z.string(),
  seq: z.int().describe('position of its entry in the journal'),
  time: Instant,
  subject: z.string(),
  actor_id: z.string(),
  actor_name: z.string(),
  organisation_name: z.string().describe('of who looked; empty: not known here'),
  address: z.string().describe('network address it was read from'),
  route: z.string().describe('method and path of the endpoint'),
})
export type Reading = z.infer<typeof Reading>

export const readLogApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/readings',
    permission: 'reading.read',
    summary: 'List who has looked at sensitive objects, newest first',
    query: PageQuery,
    reply: pageOf(Reading),
  }),
}
