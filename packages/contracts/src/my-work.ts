import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { Tlp } from './tlp.ts'

/** Where something is wanted from somebody. */
export const WorkKind = z.enum(['task', 'order', 'advisory', 'effort', 'deadline', 'approval'])
export type WorkKind = z.infer<typeof WorkKind>

/** One thing wanted from the reader or the reader’s organisation. */
export const WorkItem = z.object({
  kind: WorkKind,
  id: z.string().describe('of the task, order, advisory, effort sheet, deadline or request'),
  about_id: z.string().describe('of what is opened: for a deadline the thing that is due'),
  number: z.string().describe('for people; empty: it has none'),
  title: z.object({ vi: z.string(), en: z.string() }),
  from_name: z.string().describe('who wants it; empty: a regulation does'),
  step: z.string().describe('how far it is, in the words of its kind'),
  personal: z.boolean().describe('wanted from the reader, not from the organisation as a whole'),
  assignee_name: z.string().nullable(),
  tlp: Tlp,
  due_at: Instant.nullable().describe('null: no time was set'),
  late: z.boolean(),
  simulated: z.boolean(),
  version: z.int().describe('of a task or order, for an answer in one step'),
  answerable: z.boolean().describe('the reader may finish the task or accept the order now'),
})
export type WorkItem = z.infer<typeof WorkItem>

export const WorkCount = z.object({
  all: z.int(),
  personal: z.int(),
  late: z.int(),
})
export type WorkCount = z.infer<typeof WorkCount>

export const myWorkApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/my-work',
    permission: 'signed-in',
    summary: 'Everything wanted from the reader and the reader’s organisation, soonest first',
    query: PageQuery,
    reply: pageOf(WorkItem),
  }),
  count: endpoint({
    method: 'GET',
    path: '/api/v1/my-work/count',
    permission: 'signed-in',
    summary: 'How much is wanted, and how much of it is late',
    reply: WorkCount,
  }),
}
