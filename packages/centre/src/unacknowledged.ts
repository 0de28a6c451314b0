import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import { rulesOn, type ShiftRules } from './modules/shifts/pattern.ts'
import { UnacknowledgedService } from './modules/unacknowledged/unacknowledged-service.ts'
import { UnacknowledgedStore } from './modules/unacknowledged/unacknowledged-store.ts'
import { vietnamDate } from './vietnam-date.ts'

interface UnacknowledgedWiring {
  readonly jobs: Jobs
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly organisations: { home(tx: Tx): Promise<{ readonly id: string } | undefined> }
  readonly rules: readonly ShiftRules[]
}

/** Looks every half minute for grave clusters nobody has acknowledged in time. */
export async function watchUnacknowledged({
  jobs,
  organisations,
  rules,
  ...kept
}: UnacknowledgedWiring) {
  const unacknowledged = new UnacknowledgedService({
    ...kept,
    store: new UnacknowledgedStore(),
    home: async (tx) => (await organisations.home(tx))?.id,
    rules: () => rulesOn(rules, vietnamDate(kept.clock.now())).unacknowledged,
  })
  await jobs.every('cluster-unacknowledged', 30, () => unacknowledged.look())
}
