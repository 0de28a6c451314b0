import { isoOf } from '@haidang/runtime/clock'
import type { Scope } from '@haidang/runtime/database/database'
import type { EventService } from '../events/event-service.ts'

type Events = Pick<EventService, 'count' | 'records'>
export type StoredRecord = Awaited<ReturnType<Events['records']>>['items'][number]

/** Stored events that are asked for. */
interface Sought {
  readonly scope: Scope
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly to: number
  /** Events wanted at most: the newest of the range. */
  readonly most: number
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly count: number
}

const page = 1000
const stretchOf = 2000

/** The newest events of a range, page by page, newest first. */
export async function* newestFirst(
  events: Events,
  { scope, from, to, most }: Sought,
): AsyncGenerator<readonly StoredRecord[]> {
  const range = { from: isoOf(from), to: isoOf(to) }
  let cursor: string | undefined
  let read = 0
  do {
    const { items, next } = await events.records(scope, { ...range, limit: page, cursor })
    yield items
    read += items.length
    cursor = next ?? undefined
  } while (cursor !== undefined && read < most)
}

/** The same events, oldest first, as rules need them that follow what happened. */
export async function* oldestFirst(
  events: Events,
  sought: Sought,
): AsyncGenerator<readonly StoredRecord[]> {
  const { scope, from, to, most } = sought
  const stretches: Stretch[] = []
  let wanted = most
  for await (const stretch of stretchesOf(events, scope, { from, to })) {
    stretches.unshift({ ...stretch, count: Math.min(stretch.count, wanted) })
    wanted -= stretch.count
    if (wanted <= 0) break
  }
  for (const { count, ...range } of stretches) {
    const records: StoredRecord[] = []
    for await (const some of newestFirst(events, { scope, ...range, most: count })) {
      records.push(...some)
    }
    yield records.slice(0, count).reverse()
  }
}

/** Cuts a range into stretches of few events each, newest first; empty ones are left out. */
async function* stretchesOf(
  events: Events,
  scope: Scope,
  { from, to }: Omit<Stretch, 'count'>,
): AsyncGenerator<Stretch> {
  const count = await events.count(scope, { from: isoOf(from), to: isoOf(to) })
  if (count === 0) return
  if (count <= stretchOf || to - from <= 1) {
    yield { from, to, count }
    return
  }
  const middle = Math.floor((from + to) / 2)
  yield* stretchesOf(events, scope, { from: middle, to })
  yield* stretchesOf(events, scope, { from, to: middle })
}
