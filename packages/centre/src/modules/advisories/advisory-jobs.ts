import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import type { AddresseeStore } from './addressee-store.ts'
import type { PublishService } from './publish-service.ts'

interface WatchParts {
  readonly database: Database
  readonly ladders: AddresseeStore
  readonly journal: Journal
  readonly clock: Clock
}

/** Tells addressees of advisories to many, and marks who is late within a minute of the time to answer. */
export async function startAdvisoryJobs(
  jobs: Jobs,
  publishing: PublishService,
  parts: WatchParts,
): Promise<void> {
  await jobs.every('advisory-delivery', 2, async () => {
    while ((await publishing.deliver()) > 0);
  })
  await jobs.every('advisory-overdue', 60, async () => {
    await markOverdue(parts)
  })
}

/** Marks ladders whose time to answer is over, each with a journal entry; answers how many. */
export function markOverdue({ database, ladders, journal, clock }: WatchParts): Promise<number> {
  return database.transact(systemScope, async (tx) => {
    const late = await ladders.markOverdue(tx, clock.iso())
    for (const { advisory_id, organisation_id, organisation_name, ...ladder } of late) {
      const { issuer_id, tlp_rank, step, due_at } = ladder
      await journal.append(tx, {
        type: 'advisory.overdue',
        organisation_id,
        tlp_rank,
        actor: systemScope.actor,
        authority: 'system',
        subject: advisory_id,
        related: [issuer_id],
        after: { organisation_name, step, due_at },
      })
    }
    return late.length
  })
}
