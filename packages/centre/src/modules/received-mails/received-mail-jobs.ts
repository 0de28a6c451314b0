import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Jobs } from '@haidang/runtime/jobs'
import type { MailboxReader } from './mailbox-reader.ts'
import type { ReceivedMailStore } from './received-mail-store.ts'

interface ReceivedMailJobs {
  readonly jobs: Jobs
  readonly database: Database
  readonly clock: Clock
  readonly store: ReceivedMailStore
  /** undefined: no mailbox is read. */
  readonly reader: MailboxReader | undefined
}

const everySeconds = 15
const keptMilliseconds = 365 * 86_400_000

/** Reads the mailbox again and again; removes what came more than a year ago. */
export async function startReceivedMailJobs(parts: ReceivedMailJobs): Promise<void> {
  const { jobs, database, clock, store, reader } = parts
  if (reader) {
    await jobs.every('mailbox', everySeconds, async () => {
      await reader.turn()
    })
  }
  await jobs.every('received-mail-end', '27 3 * * *', () =>
    database.transact(systemScope, (tx) =>
      store.removeBefore(tx, isoOf(clock.now() - keptMilliseconds)),
    ),
  )
}
