import { millisecondsOf } from '@haidang/contracts/instant'
import { placedCollectors } from '@haidang/contracts/source'
import type { SourceCheck } from '@haidang/contracts/source-samples'
import { isoOf } from '@haidang/runtime/clock'
import type { Arrival, Arrivals } from '../collect/arrivals.ts'
import type { Refusals } from '../collect/refusals.ts'
import type { SourceBook } from '../collect/source-book.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { readRecord } from '../normalise/read-record.ts'
import { decodeText } from '../parse/text.ts'

export interface CheckParts {
  readonly arrivals: Arrivals
  readonly refusals: Refusals
  readonly book: SourceBook
  /** Listeners stand on loopback. */
  readonly isLoopback: boolean
  readonly port: number | null
  readonly problem: string | undefined
}

const mostOfEach = 5
const overUdp: ReadonlySet<string> = new Set(['syslog-udp', 'netflow', 'ipfix', 'sflow'])

/**
 * What may keep records of a source from coming, the surest first; `others` are the sources whose senders
 * the caller may see.
 */
export function checksOf(
  row: SourceRow,
  others: readonly SourceRow[],
  parts: CheckParts,
): SourceCheck[] {
  const { problem, isLoopback } = parts
  const listens = !placedCollectors.has(row.collector) && row.collector !== 'kafka'
  return [
    ...(row.paused ? [{ check: 'paused' as const }] : []),
    ...(problem === undefined ? [] : [{ check: 'listener' as const, problem }]),
    ...refusedBy(row, parts),
    ...takenByOthers(row, others, parts),
    ...(listens && isLoopback ? [{ check: 'loopback' as const }] : []),
    ...(listens ? networkChecks(row, parts) : []),
  ]
}

function refusedBy(row: SourceRow, { refusals }: CheckParts): SourceCheck[] {
  return refusals
    .since(row.collector, millisecondsOf(row.created_at))
    .slice(0, mostOfEach)
    .map(({ sender, reason, times, lastAt }) => {
      return { check: 'refused', reason, times, sender, at: isoOf(lastAt) }
    })
}

/** Senders whose records another source took: new since this one was made, listed by it, or of its format. */
function takenByOthers(
  row: SourceRow,
  others: readonly SourceRow[],
  { arrivals, book }: CheckParts,
): SourceCheck[] {
  const since = millisecondsOf(row.created_at)
  const ofItsKind = (id: string) => {
    const late = arrivals.of(id).filter(({ at }) => at >= since)
    return new Set(late.filter((arrival) => isOf(row, arrival)).map(({ sender }) => sender))
  }
  const found = others.flatMap(({ id, name, collector }) =>
    arrivals
      .senders(id)
      .filter(({ sender, firstAt, lastAt }) => {
        if (lastAt < since) return false
        const isListed = row.senders.length > 0 && book.lists(row, sender)
        return firstAt >= since || isListed || ofItsKind(id).has(sender)
      })
      .map(({ sender, lastAt }) => ({ source_name: name, collector, sender, lastAt })),
  )
  return found
    .toSorted((a, b) => b.lastAt - a.lastAt)
    .slice(0, mostOfEach)
    .map(({ lastAt, ...rest }) => ({ check: 'other-source', ...rest, at: isoOf(lastAt) }))
}

/** Whether a record shows itself to be of the format the source waits for. */
function isOf({ format, zone }: SourceRow, { bytes, at }: Arrival): boolean {
  if (format === 'auto') return false
  const read = readRecord(decodeText(bytes).text, 'auto', { zone, receivedAt: at })
  return read.ok && read.format === format
}

/** What a person types on the station’s machine to see whether anything arrives at all. */
function networkChecks({ collector }: SourceRow, { port }: CheckParts): SourceCheck[] {
  if (port === null) return []
  const isUdp = overUdp.has(collector)
  return [
    {
      check: 'network',
      commands: [
        `ss -ln${isUdp ? 'u' : 't'} 'sport = :${port}'`,
        `tcpdump -ni any ${isUdp ? 'udp' : 'tcp'} port ${port}`,
        'nft list ruleset',
      ],
    },
  ]
}
