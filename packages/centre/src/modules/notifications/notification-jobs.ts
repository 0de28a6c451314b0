import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { DispatchService } from './dispatch-service.ts'
import type { NotificationStore } from './notification-store.ts'

interface NotificationJobs {
  readonly jobs: Jobs
  readonly database: Database
  readonly clock: Clock
  readonly store: NotificationStore
  /** undefined: no mail leaves this node. */
  readonly dispatch: DispatchService | undefined
  /** Goes on telling something to many. False: nothing is left to tell. */
  readonly turn: (tx: Tx) => Promise<boolean>
}

const everySeconds = 3
const keptMilliseconds = 365 * 86_400_000

/** Sends what is due within seconds, goes on telling what is told to many; removes what was told more than a year ago. */
export async function startNotificationJobs(parts: NotificationJobs): Promise<void> {
  const { jobs, database, clock, store, dispatch, turn } = parts
  if (dispatch) {
    await dispatch.resume()
    await jobs.every('notification-dispatch', everySeconds, async () => {
      await dispatch.turn()
    })
  }
  await jobs.every('tidings', everySeconds, async () => {
    while (await database.transact(systemScope, turn));
  })
  await jobs.every('notification-end', '17 3 * * *', () =>
    database.transact(systemScope, (tx) =>
      store.removeBefore(tx, isoOf(clock.now() - keptMilliseconds)),
    ),
  )
}
