import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Log } from '@haidang/runtime/log'
import type { EndingShift, Standing } from './handover.ts'
import { type HandoverService, lately } from './handover-service.ts'
import type { HandoverStore } from './handover-store.ts'

interface JobParts {
  readonly jobs: Jobs
  readonly log: Log
  readonly database: Database
  readonly clock: Clock
  readonly shifts: Standing
  readonly store: HandoverStore
  readonly callerOf: (tx: Tx, id: string, sessionId: null) => Promise<Caller | undefined>
}

/** Within half a minute of the end of a shift nobody handed over, what its officer left open waits for the next. */
export async function startHandoverJobs(
  handovers: HandoverService,
  { jobs, log, ...parts }: JobParts,
): Promise<void> {
  await jobs.every('shift-handover', 30, async () => {
    const left = await parts.database.transact(systemScope, (tx) => leftOpen(tx, parts))
    for (const { officer, shift } of left) {
      try {
        await handovers.prepareFor(officer, shift)
      } catch (error) {
        // The others must not wait for it.
        log.warn({ error, shift: shift.id }, 'a shift was not handed over')
      }
    }
  })
}

/** Shifts that ended without a hand-over, whose officers are off duty; the others are seen to with that. */
async function leftOpen(
  tx: Tx,
  { clock, shifts, store, callerOf }: Omit<JobParts, 'jobs' | 'log' | 'database'>,
): Promise<{ officer: Caller; shift: EndingShift }[]> {
  const now = clock.iso()
  const ended = await shifts.endedSince(tx, isoOf(clock.now() - lately), now)
  const ids = ended.map(({ id }) => id)
  // What is open an hour later is not theirs any more who went home: the end of a shift is looked at once.
  const seen = await store.seen(tx, ids)
  const done = await store.ofShifts(tx, ids)
  const left: { officer: Caller; shift: EndingShift }[] = []
  for (const shift of ended.filter(({ id }) => !seen.has(id))) {
    // Whoever goes on standing keeps what is theirs.
    const standing = await shifts.officersAt(tx, shift.organisation_id, now)
    const id = shift.officer_id
    const isOver = id === null || done.has(shift.id) || standing.includes(id)
    const officer = isOver ? undefined : await callerOf(tx, id, null)
    if (officer) left.push({ officer, shift })
    else await store.see(tx, shift, now)
  }
  return left
}
