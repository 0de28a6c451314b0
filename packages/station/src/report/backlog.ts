import type { SourceBacklog } from '@haidang/contracts/source-limits'
import { isoOf } from '@haidang/runtime/clock'
import type { Intake } from '../collect/intake.ts'

/** What waits of a source, how old it is at `now` (milliseconds since the epoch), and what holds the source back. */
export function backlogOf(
  intake: Intake | undefined,
  sourceId: string,
  now: number,
): SourceBacklog {
  if (!intake) return { records: 0, bytes: 0, oldest_at: null, oldest_seconds: 0, held_back: null }
  const { records, bytes, oldestAt } = intake.waiting(sourceId)
  const held = intake.gate.held(sourceId)
  return {
    records,
    bytes,
    oldest_at: records === 0 ? null : isoOf(oldestAt),
    oldest_seconds: records === 0 ? 0 : Math.max(0, Math.round((now - oldestAt) / 1000)),
    held_back: held ? { reason: held.reason, since: isoOf(held.since) } : null,
  }
}
