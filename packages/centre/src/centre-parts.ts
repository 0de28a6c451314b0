import type { SpreadParameters } from '@haidang/contracts/spread-parameters'
import type { Blobs } from '@haidang/runtime/blobs/blobs'
import type { Tx } from '@haidang/runtime/database/database'
import type { EventStore } from '@haidang/runtime/event-store/event-store'
import type { Jobs } from '@haidang/runtime/jobs'
import type { Metrics } from '@haidang/runtime/metrics'
import type { StoredEvents } from './modules/events/batch-service.ts'
import type { ReachArchive } from './modules/events/event-service.ts'
import type { MailWay } from './notifications.ts'
import type { LinkEnds } from './order-mailbox.ts'
import type { OwnStation } from './rule-library.ts'
import type { WhoParts } from './who.ts'

/** What a node gives its modules. */
export interface CentreParts extends Omit<WhoParts, 'node' | 'post'> {
  readonly events: EventStore
  readonly blobs: Blobs
  readonly jobs: Jobs
  readonly metrics: Metrics
  readonly link: LinkEnds
  /** How mails leave this node; undefined: none does. */
  readonly mail?: MailWay | undefined
  readonly node: Omit<WhoParts['node'], 'ties'> & {
    /** Whether everybody reads its advisories of TLP:CLEAR. */
    readonly showsAdvisories: boolean
  }
  /** When the same thing at several organisations is told; without, as the defaults say. */
  readonly spread?: SpreadParameters | undefined
  /** Brings back what of a range of event times lies only in the archive; undefined: nothing does. */
  readonly reachArchive?: ReachArchive
  /** Offers events of nodes below to the node above. */
  readonly offerEvents: (tx: Tx, stored: StoredEvents) => Promise<void>
  /** What the rule library needs of the station part of this node. */
  readonly station: OwnStation
  /** Ends readers, streams and everything else that runs by itself. */
  readonly signal: AbortSignal
}
