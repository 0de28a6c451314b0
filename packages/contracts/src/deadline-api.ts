import { z } from 'zod'
import { DeadlineDetail, DeadlineEntry, RunningDeadline } from './deadline.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

const params = z.object({ id: idOf('deadline') })

export const deadlineApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/deadlines',
    permission: 'deadline.read',
    summary: 'What is due when, soonest first; what cannot be reckoned last',
    query: PageQuery,
    reply: pageOf(RunningDeadline),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/deadlines/:id',
    permission: 'deadline.read',
    summary: 'One deadline with its reminders and escalation',
    params,
    reply: DeadlineDetail,
  }),
  history: endpoint({
    method: 'GET',
    path: '/api/v1/deadlines/:id/history',
    permission: 'deadline.read',
    summary: 'How a deadline moved and who was told, oldest first',
    params,
    query: PageQuery,
    reply: pageOf(DeadlineEntry),
  }),
  acknowledge: endpoint({
    method: 'POST',
    path: '/api/v1/deadlines/:id/acknowledge',
    permission: 'deadline.handle',
    summary: 'Say that one knows of a deadline; steps that wait for this are no longer taken',
    params,
    reply: RunningDeadline,
  }),
  meet: endpoint({
    method: 'POST',
    path: '/api/v1/deadlines/:id/meet',
    permission: 'deadline.handle',
    summary: 'Say when what was due was done',
    params,
    body: z.object({
      met_at: Instant.optional().describe('now, unless it was earlier'),
      note: z.string().trim().min(1).max(2000).describe('how: number of the report, to whom'),
    }),
    reply: RunningDeadline,
  }),
}
