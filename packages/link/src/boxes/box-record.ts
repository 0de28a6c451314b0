import type { LinkStream } from '@haidang/contracts/link'
import type { Direction, linkBoxRecord } from '../link-tables.ts'
import { limits } from '../wire/limits.ts'

/** Which numbered stream; `node_id` is empty towards the parent. */
export interface BoxKey {
  readonly direction: Direction
  readonly node_id: string
  readonly stream: LinkStream
}

/** Lines ready to send, covering every number from `first` to `last`. */
export interface OutgoingBatch {
  readonly first: number
  readonly last: number
  readonly lines: readonly string[]
}

export type BoxRecord = typeof linkBoxRecord.$inferSelect

/** What of a record is needed once it gives way. */
export type Gone = Pick<BoxRecord, 'seq' | 'last_seq' | 'dropped' | 'size' | 'first_at' | 'last_at'>

/** One gap record in place of records that gave way, one or more; together they cover their numbers. */
export function merged(key: BoxKey, gone: readonly Gone[], reason: string): BoxRecord {
  const sorted = gone.toSorted((a, b) => a.seq - b.seq)
  return {
    ...key,
    seq: Math.min(...sorted.slice(0, 1).map(({ seq }) => seq)),
    last_seq: sorted.at(-1)?.last_seq ?? 0,
    dropped: sorted.reduce((sum, { dropped }) => sum + Math.max(1, dropped), 0),
    line: reason,
    size: 0,
    first_at: sorted[0]?.first_at ?? '',
    last_at: sorted.at(-1)?.last_at ?? '',
  }
}

/** Whether a line of so many bytes may be sent. */
export function fits(size: number): boolean {
  return size <= limits.line
}

interface NewRow {
  readonly key: BoxKey
  readonly seq: number
  readonly line: string
  readonly size: number
  readonly now: string
}

/** The row of a line; a gap record where the line is too large for the link. */
export function rowOf({ key, seq, line, size, now }: NewRow): BoxRecord {
  const stamps = { first_at: now, last_at: now }
  const body = fits(size)
    ? { dropped: 0, line, size }
    : { dropped: 1, line: `a record of ${size} bytes is too large for the link`, size: 0 }
  return { ...key, seq, last_seq: seq, ...body, ...stamps }
}

/** The first of these rows, as many as are sent at once; undefined where there are none. */
export function batchOf(rows: readonly BoxRecord[]): OutgoingBatch | undefined {
  const taken: BoxRecord[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += row.size
    if (taken.length > 0 && bytes > limits.sendBytes) break
    taken.push(row)
  }
  const [first] = taken
  const last = taken.at(-1)
  if (!first || !last) return undefined
  return { first: first.seq, last: last.last_seq, lines: taken.map(lineOf) }
}

function lineOf(row: BoxRecord): string {
  if (row.dropped === 0) return row.line
  const { seq, last_seq, dropped, first_at, last_at, line } = row
  return JSON.stringify({
    gap: { first: seq, last: last_seq, count: dropped, from: first_at, to: last_at, reason: line },
  })
}
