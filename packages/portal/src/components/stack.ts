import { millisecondsOf } from '@haidang/contracts/instant'
import { Severity } from '@haidang/contracts/severity'
import { instantOf } from '../format/instant.ts'

interface StackRow {
  /** Milliseconds since the epoch. */
  readonly start: number
  readonly instant: string
  readonly counts: Record<Severity, number>
  readonly total: number
}
export interface Stack {
  readonly rows: readonly StackRow[]
  readonly totals: Record<Severity, number>
  readonly bucketSeconds: number
}

/** More buckets than pixels tell nothing. */
const maximumBuckets = 500

function zeroes(): Record<Severity, number> {
  return { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
}

/** Sparse counts as a full row of equal buckets from `from` to `to` (milliseconds), empty ones included. */
export function stackOf(
  buckets: readonly { start: string; severity: Severity; count: number }[],
  from: number,
  to: number,
  bucketSeconds: number,
): Stack {
  const step = Math.max(bucketSeconds * 1000, (to - from) / maximumBuckets, 1)
  const first = Math.min(...buckets.map(({ start }) => millisecondsOf(start)), from)
  const length = Math.max(1, Math.ceil((to - first) / step))
  const counts = Array.from({ length }, zeroes)
  const totals = zeroes()
  for (const { start, severity, count } of buckets) {
    const index = Math.min(
      length - 1,
      Math.max(0, Math.floor((millisecondsOf(start) - first) / step)),
    )
    const slot = counts[index]
    if (slot) slot[severity] += count
    totals[severity] += count
  }
  const rows = counts.map((each, index) => ({
    start: first + index * step,
    instant: instantOf(first + index * step),
    counts: each,
    total: Severity.options.reduce((sum, severity) => sum + each[severity], 0),
  }))
  return { rows, totals, bucketSeconds: step / 1000 }
}
