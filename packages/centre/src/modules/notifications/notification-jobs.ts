import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { DispatchService } from './dispatch-service.ts'
import type { NotificationStore } from './notification-store.ts'
import type { OrderTidings } from './order-tidings.ts'

interface NotificationJobs {
  readonly jobs: Jobs
  readonly database: Database
  readonly clock: Clock
  readonly store: NotificationStore
  /** undefined: no mail leaves this node. */
  readonly dispatch: DispatchService | undefined
  readonly orders: OrderTidings
}

const everySeconds = 3
const keptMilliseconds = 365 * 86_400_000

/** Sends what is due within seconds, goes on telling orders to many; removes what was told more than a year ago. */
export async function startNotificationJobs(parts: NotificationJobs): Promise<void> {
  const { jobs, database, clock, store, dispatch, orders } = parts
  if (dispatch) {
    await jobs.every('notification-dispatch', everySeconds, async () => {
      await dispatch.turn()
    })
  }
  await jobs.every('order-tidings', everySeconds, async () => {
    while (await database.transact(systemScope, (tx) => orders.turn(tx)));
  })
  await jobs.every('notification-end', '17 3 * * *', () =>
    database.transact(systemScope, (tx) =>
      store.removeBefore(tx, isoOf(clock.now() - keptMilliseconds)),
    ),
  )
}
