import type { RemovableBlobs } from '@haidang/runtime/blobs/blobs'
import type { Clock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import type { ArchiveStore } from './archive-store.ts'
import type { RetentionBook } from './retention-book.ts'

/** What every part of the archive works with. */
export interface ArchiveParts {
  readonly database: Database
  readonly events: ParquetEvents
  /** A place of its own: what is let go of it is nobody else's. */
  readonly blobs: RemovableBlobs
  readonly store: ArchiveStore
  readonly book: RetentionBook
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
}

/** Hours of a day. */
export const dayHours = 24
export const hourMilliseconds = 3_600_000
export const dayMilliseconds = dayHours * hourMilliseconds
