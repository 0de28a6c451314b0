import type { Envelope, JoinReply } from '@haidang/contracts/link'
import type { RuleSetContent } from '@haidang/contracts/rule-set'
import type { Heartbeat } from '@haidang/contracts/station'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import type { Log } from '@haidang/runtime/log'
import type { BoxStore } from '../boxes/box-store.ts'
import type { Outbox } from '../boxes/outbox.ts'
import type { Post } from '../envelopes/post.ts'
import type { Signer } from '../envelopes/signer.ts'

/** What the link adds to a heartbeat by itself is left out. */
export type HeartbeatDraft = Omit<Heartbeat, 'sent_at' | 'clock_offset_ms' | 'queue'> & {
  readonly queue: Omit<Heartbeat['queue'], 'link_records'>
}

export interface ChildSideParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly log: Log
  readonly node: {
    readonly id: string
    readonly name: string
    readonly software: string
    readonly capabilities: readonly string[]
    readonly simulated: boolean
  }
  /** `keys/` of the data directory. */
  readonly keysDirectory: string
  readonly boxes: BoxStore
  readonly outbox: Outbox
  readonly signer: Signer
  /** Seconds between two heartbeats, asked before each; 30 unless told. */
  readonly heartbeatSeconds?: (() => number) | undefined
  readonly post: Post
  /** The organisation this node belongs to, as it declares it. */
  home(tx: Tx): Promise<{ readonly code: string; readonly name: string } | undefined>
}

export type Approved = Extract<JoinReply, { state: 'approved' }>

/** What the node does with what its parent says, inside the transaction that stores it. */
export interface ChildHandlers {
  /** The tie was made; a row for the parent's organisation can be kept. */
  joined(tx: Tx, approved: Approved): Promise<void>
  /** One genuine, new envelope. A Problem thrown here refuses the envelope, not the stream. */
  messages(tx: Tx, envelope: Envelope): Promise<void>
  /** What came on stream `rules`. A Problem thrown here refuses a set, not the stream. */
  readonly rules: {
    /** A file sets may name by its hash; not signed, so not yet to be believed. */
    content(tx: Tx, content: RuleSetContent): Promise<void>
    /** A set the parent's organisation signed. */
    set(tx: Tx, envelope: Envelope): Promise<void>
  }
  /**
   * What came on stream `configuration`, signed by the parent's organisation. A Problem thrown here refuses it, not
   * the stream.
   */
  configuration(tx: Tx, envelope: Envelope): Promise<void>
  /** What the node says of itself every 30 s. */
  heartbeat(): Promise<HeartbeatDraft>
  /** How the bulk lane may send; without, it sends as it can. */
  readonly bulk?: BulkHandlers | undefined
}

/** The owner's and the parent's limits of the bulk lane, and who is told what it sent. */
export interface BulkHandlers {
  /** Bytes a second as sent (null: no limit), and whether these are quiet hours. */
  limits(): Promise<{ readonly bytes_per_second: number | null; readonly resting: boolean }>
  sent(records: number, bytes: number): void
}
