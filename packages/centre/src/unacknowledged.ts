import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Journal } from '@haidang/runtime/journal'
import { rulesOn, type ShiftRules } from './modules/shifts/pattern.ts'
import { WaitingService } from './modules/waiting/waiting-service.ts'
import { WaitingStore } from './modules/waiting/waiting-store.ts'
import { vietnamDate } from './vietnam-date.ts'

interface WaitingWiring {
  readonly jobs: Jobs
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly organisations: { home(tx: Tx): Promise<{ readonly id: string } | undefined> }
  readonly rules: readonly ShiftRules[]
}

/** Looks every half minute for grave clusters nobody has acknowledged in time. */
export async function watchWaiting({ jobs, organisations, rules, ...kept }: WaitingWiring) {
  const waiting = new WaitingService({
    ...kept,
    store: new WaitingStore(),
    home: async (tx) => (await organisations.home(tx))?.id,
    rules: () => rulesOn(rules, vietnamDate(kept.clock.now())).alerts,
  })
  await jobs.every('cluster-unacknowledged', 30, () => waiting.look())
}
