/** A way in. It acknowledges nothing before the bytes are in the spool, and counts what it cannot take. */
export interface Collector {
  /** Opens it; resolves when it takes records. A failure to open is kept in `problem`, not thrown. */
  start(): Promise<void>
  /** Takes no more, finishes what is in hand. */
  stop(): Promise<void>
  /** Why a source gets nothing from it, and what to do; undefined: all is well. */
  problem(sourceId: string): string | undefined
}

/** A record longer than this is cut (bytes). */
export const longestRecord = 1_048_576
/** First bytes that are kept of a record that was cut. */
export const keptOfLongRecord = 65_536
