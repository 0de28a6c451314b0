import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { JournalEntry } from './journal.ts'
import { PageQuery, pageOf } from './page.ts'

export const journalApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/journal',
    permission: 'audit.read',
    summary: 'Read the journal, newest first',
    query: PageQuery,
    reply: pageOf(JournalEntry),
  }),
  verify: endpoint({
    method: 'POST',
    path: '/api/v1/journal/verify',
    permission: 'audit.read',
    summary: 'Recompute the hash chain and say where it breaks, if it does',
    reply: z.object({
      entries: z.number(),
      intact: z.boolean(),
      broken_at: z.number().nullable(),
      head: z.string(),
    }),
  }),
}
