import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant, millisecondsOf } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'

const Reason = z.string().trim().min(3).max(1000)

/** Which time of an alert counts: when this node received it, or when the record says it happened. */
export const DoubtBasis = z.enum(['received', 'occurred'])
export type DoubtBasis = z.infer<typeof DoubtBasis>

/** From when to when what a station told is not to be relied on. */
export const DoubtDraft = z
  .object({
    basis: DoubtBasis,
    starts_at: Instant,
    ends_at: Instant.nullable().describe('null: until it is lifted'),
    reason: Reason,
  })
  .refine(
    ({ starts_at, ends_at }) =>
      ends_at === null || millisecondsOf(starts_at) < millisecondsOf(ends_at),
    {
      path: ['ends_at'],
      message: 'must be after the start',
    },
  )
export type DoubtDraft = z.infer<typeof DoubtDraft>

/** A span in which what a station told is doubtful; what it told stands as it came. */
export const Doubt = z.object({
  id: idOf('doubt'),
  station_id: idOf('station'),
  basis: DoubtBasis,
  starts_at: Instant,
  ends_at: Instant.nullable(),
  reason: z.string(),
  alerts: z.number().describe('alerts in the span that the reader may see, counted up to 10,000'),
  created_at: Instant,
  created_by: z.string(),
  lifted_at: Instant.nullable(),
  lifted_by: z.string(),
  lifted_reason: z.string(),
})
export type Doubt = z.infer<typeof Doubt>

/** Why an alert is doubtful. */
export const AlertDoubt = z.object({ id: idOf('doubt'), reason: z.string() })
export type AlertDoubt = z.infer<typeof AlertDoubt>

const params = z.object({ id: idOf('station') })

export const doubtApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/stations/:id/doubts',
    permission: 'station.read',
    summary: 'List the spans in which what a station told is doubtful, newest first',
    params,
    query: PageQuery,
    reply: pageOf(Doubt),
  }),
  mark: endpoint({
    method: 'POST',
    path: '/api/v1/stations/:id/doubts',
    permission: 'station.manage',
    summary: 'Mark what a station told in a span as doubtful',
    params,
    body: DoubtDraft,
    reply: Doubt,
  }),
  lift: endpoint({
    method: 'POST',
    path: '/api/v1/doubts/:id/lift',
    permission: 'station.manage',
    summary: 'Take such a mark back, with a reason',
    params: z.object({ id: idOf('doubt') }),
    body: z.object({ reason: Reason }),
    reply: Doubt,
  }),
}
