import type { RetentionEffect, RetentionPolicy } from '@haidang/contracts/archive'
import { systemScope } from '@haidang/runtime/database/database'
import { expired } from './archive-expiry.ts'
import { type ArchiveParts, dayHours, dayMilliseconds } from './archive-parts.ts'
import { bundlesHeld, daysHeld, decidedBy } from './archive-queries.ts'
import { RetentionRules } from './retention-rules.ts'

/** What a policy would delete at its next turn. Reads the days it would touch, nothing else. */
export async function effectOf(
  parts: ArchiveParts,
  policy: RetentionPolicy,
): Promise<RetentionEffect> {
  const { database, store, events, clock } = parts
  const rules = new RetentionRules(policy)
  const today = Math.floor(clock.now() / dayMilliseconds)
  const effect = { events: 0, event_bytes: 0, waiting: 0 }
  for (const { day, rows, bytes } of await daysHeld(events)) {
    const due = rules.due(today - day)
    if (due.length === 0) continue
    const hours = [day * dayHours, (day + 1) * dayHours] as const
    const going = await bundlesHeld(events, ...hours, decidedBy(rules, due))
    const count = going.reduce((sum, bundle) => sum + bundle.rows, 0)
    const filed = await database.transact(systemScope, (tx) => store.hot(tx, ...hours))
    const archived = filed.reduce((sum, bundle) => sum + bundle.rows, 0)
    effect.events += count
    effect.event_bytes += Math.round((bytes / rows) * count)
    if (policy.archive) effect.waiting += Math.min(count, Math.max(0, rows - archived))
  }
  const files = await expired(parts, rules, today)
  return {
    ...effect,
    files: files.length,
    file_events: files.reduce((sum, file) => sum + file.rows, 0),
    file_bytes: files.reduce((sum, file) => sum + file.bytes, 0),
  }
}
