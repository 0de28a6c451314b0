/** A byte position in the spool. Positions only grow. */
export interface SpoolPosition {
  readonly segment: number
  readonly offset: number
}

/** What a writer hands over at once: all of it becomes durable together, or nothing. */
export interface SpoolEntry {
  /** Who wrote it; at most 200 bytes. */
  readonly origin: string
  /** Identity the sender gave the batch, if any; at most 200 bytes. */
  readonly key?: string
  readonly records: readonly Uint8Array[]
}

export interface SpoolRecord {
  readonly position: SpoolPosition
  readonly origin: string
  readonly key: string | undefined
  /** Milliseconds since the epoch at which the entry was appended. */
  readonly receivedAt: number
  readonly body: Uint8Array
}

/** A stretch of the spool whose end is itself durable, so that reading it again gives the same records. */
export interface SpoolRange {
  readonly from: SpoolPosition
  readonly to: SpoolPosition
  /** Names the range; the same after a restart. Use as insert-deduplication token. */
  readonly token: string
  readonly records: readonly SpoolRecord[]
}

export interface SpoolSize {
  readonly bytes: number
  /** Records appended and not yet released. */
  readonly records: number
}

/** What the bound of a spool and the reserve of its disk leave. */
export interface SpoolRoom {
  /** Bytes that still fit; 0: appends are refused. */
  readonly free: number
  /** Bytes that fit into an empty one. */
  readonly most: number
}

/** An entry that waited when the spool was opened, without its records. */
export interface FoundEntry {
  readonly origin: string
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  readonly records: number
  /** Of its records. */
  readonly bytes: number
}

/**
 * The stream that stands between intake and pipeline: an append-only log on disk (default) or JetStream.
 * Appends are acknowledged after they are durable; ranges are cut once and never change.
 */
export interface Spool {
  /** Resolves after the entry is durable. Throws Problem ingest.overloaded (bound reached), ingest.disk-full or ingest.disk-failed. */
  append(entry: SpoolEntry): Promise<void>
  /**
   * Next range at or after `from`: waits until there is one or `signal` aborts (then undefined).
   * The cut is durable before it is returned; asking again with the same `from` returns the same range.
   */
  cut(from: SpoolPosition | undefined, signal: AbortSignal): Promise<SpoolRange | undefined>
  /** Gives back the disk below `position`; what lies above stays. */
  release(position: SpoolPosition): Promise<void>
  /** Keys of entries appended and not released, newest last: rebuilt from disk at start. */
  keys(): Iterable<{ readonly origin: string; readonly key: string }>
  size(): SpoolSize
  room(): SpoolRoom
  close(): Promise<void>
}
