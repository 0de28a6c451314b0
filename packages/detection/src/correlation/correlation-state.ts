import type { Measurement } from './correlation-plan.ts'
import { EntryPool, nothing } from './entry-pool.ts'
import type { Firing } from './firing.ts'
import { GroupTable } from './group-table.ts'
import { fulfils, measureOf, mostEntriesOf } from './measurement.ts'
import type { Measure } from './measures.ts'

/** What one correlation is told of an event. */
export interface Occurrence {
  readonly key: string
  readonly time: number
  /** The number measured, or the member the event is of. */
  readonly number: number
  readonly text: string
  readonly subject: string
}

const entryBytes = 64
const groupBytes = 120

/**
 * What one correlation remembers: per group its events in the order of time, as long as a later one
 * may need them, and the measure of the window that ends with the newest. Windows slide; an event
 * exactly one time span older than the last still belongs.
 */
export class CorrelationState {
  readonly pool = new EntryPool()
  readonly groups = new GroupTable()
  readonly #measurement: Measurement
  readonly #counts: boolean
  readonly #ordered: boolean
  readonly #mostEntries: number
  readonly #measures: (Measure | undefined)[] = []
  #bytes = 0
  #truncated = 0

  constructor(measurement: Measurement) {
    this.#measurement = measurement
    this.#counts = measurement.type === 'event_count'
    this.#ordered = measurement.type === 'temporal_ordered'
    this.#mostEntries = mostEntriesOf(measurement.type)
  }

  /** About how much memory it takes. */
  get bytes(): number {
    return this.#bytes
  }

  /** How many entries went because their group had too many. */
  get truncated(): number {
    return this.#truncated
  }

  /**
   * Takes in an event, which may be older than others of its group. Returns the earliest window the
   * event belongs to in which the condition holds. Events before `horizon` are needed no more.
   */
  observe(occurrence: Occurrence, horizon: number): Firing | undefined {
    const group = this.#groupOf(occurrence.key)
    this.#truncate(group)
    const { time, number, text, subject } = occurrence
    const entry = this.pool.take(time, number, text, subject)
    this.#bytes += entryBytes + text.length + subject.length
    const firing = this.#append(group, entry) ? this.#current(group) : this.#late(group, entry)
    this.#trim(group, horizon)
    return firing
  }

  /** Whether a number can be that of one of its entries. */
  fits(number: number): boolean {
    const { type, members } = this.#measurement
    if (!type.startsWith('temporal')) return Number.isFinite(number)
    return Number.isInteger(number) && number >= 0 && number < members
  }

  /** Puts back an event of a snapshot, in the order of time. */
  load(group: number, { time, number, text, subject }: Omit<Occurrence, 'key'>): void {
    this.#append(group, this.pool.take(time, number, text, subject))
    this.#bytes += entryBytes + text.length + subject.length
  }

  /** An empty group, for a snapshot's events. */
  newGroup(key: string): number {
    const group = this.groups.create(key)
    const { members } = this.#measurement
    this.#measures[group] = this.#counts ? undefined : measureOf(this.#measurement, this.pool)
    this.#bytes += groupBytes + key.length + (this.#counts ? 0 : 96 + 8 * members)
    return group
  }

  /** Forgets the groups, longest untouched first, whose newest event is older than `horizon`. */
  expire(horizon: number): void {
    for (let group = this.groups.stalest; group !== nothing; group = this.groups.stalest) {
      if (this.lastTime(group) >= horizon || (this.groups.firedAt[group] as number) >= horizon)
        return
      this.drop(group)
    }
  }

  /** Time of the newest event of a group. */
  lastTime(group: number): number {
    return this.pool.times[this.groups.tails[group] as number] as number
  }

  /** Forgets a group and its events. */
  drop(group: number): void {
    const { heads, keys } = this.groups
    for (let entry = heads[group] as number; entry !== nothing; entry = heads[group] as number) {
      this.#dropOldest(group, entry)
    }
    const { members } = this.#measurement
    this.#bytes -=
      groupBytes + (keys[group] as string).length + (this.#counts ? 0 : 96 + 8 * members)
    this.#measures[group] = undefined
    this.groups.drop(group)
  }

  #groupOf(key: string): number {
    const group = this.groups.find(key)
    return group === nothing ? this.newGroup(key) : group
  }

  /** Lists an entry where its time belongs; true if it became the newest, and the window slid on. */
  #append(group: number, entry: number): boolean {
    const { pool, groups } = this
    const tail = groups.tails[group] as number
    if (tail !== nothing && this.#precedes(entry, tail)) {
      this.#insert(group, entry)
      return false
    }
    groups.tails[group] = entry
    groups.kept[group] = (groups.kept[group] as number) + 1
    groups.within[group] = (groups.within[group] as number) + 1
    if (tail === nothing) {
      groups.heads[group] = entry
      groups.starts[group] = entry
    } else {
      pool.next[tail] = entry
      pool.previous[entry] = tail
    }
    this.#measures[group]?.add(entry)
    this.#slide(group, (pool.times[entry] as number) - this.#measurement.timespan)
    return true
  }

  /** Whether an entry belongs before another; at equal times only members have an order. */
  #precedes(entry: number, other: number): boolean {
    const { times, numbers } = this.pool
    const time = times[entry] as number
    const otherTime = times[other] as number
    if (time !== otherTime) return time < otherTime
    return this.#ordered && (numbers[entry] as number) < (numbers[other] as number)
  }

  #insert(group: number, entry: number): void {
    const { pool, groups } = this
    let after = groups.tails[group] as number
    let before = pool.previous[after] as number
    while (before !== nothing && this.#precedes(entry, before)) {
      after = before
      before = pool.previous[after] as number
    }
    pool.next[entry] = after
    pool.previous[entry] = before
    pool.previous[after] = entry
    if (before === nothing) groups.heads[group] = entry
    else pool.next[before] = entry
    groups.kept[group] = (groups.kept[group] as number) + 1
    const horizon = this.lastTime(group) - this.#measurement.timespan
    if ((pool.times[entry] as number) < horizon) return
    if (after === groups.starts[group]) groups.starts[group] = entry
    groups.within[group] = (groups.within[group] as number) + 1
    if (this.#ordered) this.#measureAnew(group)
    else this.#measures[group]?.add(entry)
  }

  #measureAnew(group: number): void {
    const measure = measureOf(this.#measurement, this.pool)
    let entry = this.groups.starts[group] as number
    for (; entry !== nothing; entry = this.pool.next[entry] as number) measure.add(entry)
    this.#measures[group] = measure
  }

  #slide(group: number, from: number): void {
    const { pool, groups } = this
    const measure = this.#measures[group]
    let start = groups.starts[group] as number
    let gone = 0
    while ((pool.times[start] as number) < from) {
      measure?.remove(start)
      start = pool.next[start] as number
      gone += 1
    }
    if (gone === 0) return
    groups.starts[group] = start
    groups.within[group] = (groups.within[group] as number) - gone
  }

  /** The window that ends with the newest entry, if its condition holds. */
  #current(group: number): Firing | undefined {
    const { tails, starts, within } = this.groups
    const last = tails[group] as number
    const count = within[group] as number
    const value = this.#counts ? count : (this.#measures[group]?.value(last) ?? 0)
    if (!fulfils(this.#measurement, value)) return undefined
    return { group, value, count, first: starts[group] as number, last }
  }

  /** Goes over all windows a late entry belongs to, each ending with it or a later one. */
  #late(group: number, entry: number): Firing | undefined {
    const { times, next } = this.pool
    const { timespan } = this.#measurement
    const measure = measureOf(this.#measurement, this.pool)
    const until = (times[entry] as number) + timespan
    let first = this.#firstWithin(entry, (times[entry] as number) - timespan)
    let count = 0
    let reached = false
    for (let last = first; last !== nothing; last = next[last] as number) {
      const time = times[last] as number
      if (time > until) return undefined
      measure.add(last)
      count += 1
      for (; (times[first] as number) < time - timespan; first = next[first] as number) {
        measure.remove(first)
        count -= 1
      }
      reached ||= last === entry
      if (!reached || !this.#ends(last)) continue
      const value = measure.value(last)
      if (fulfils(this.#measurement, value)) return { group, value, count, first, last }
    }
    return undefined
  }

  #firstWithin(entry: number, from: number): number {
    const { times, previous } = this.pool
    let first = entry
    for (let at = entry; at !== nothing && (times[at] as number) >= from; ) {
      first = at
      at = previous[at] as number
    }
    return first
  }

  /** Whether a window may end with an entry: at the last of those with the same time. */
  #ends(entry: number): boolean {
    const { times, next } = this.pool
    const following = next[entry] as number
    return this.#ordered || following === nothing || times[following] !== times[entry]
  }

  #trim(group: number, horizon: number): void {
    const { heads, starts } = this.groups
    let head = heads[group] as number
    while (head !== starts[group] && (this.pool.times[head] as number) < horizon) {
      this.#dropOldest(group, head)
      head = heads[group] as number
    }
  }

  #truncate(group: number): void {
    if ((this.groups.kept[group] as number) < this.#mostEntries) return
    this.#truncated += 1
    this.#dropOldest(group, this.groups.heads[group] as number)
  }

  #dropOldest(group: number, head: number): void {
    const { pool, groups } = this
    const next = pool.next[head] as number
    if (head === groups.starts[group]) {
      this.#measures[group]?.remove(head)
      groups.starts[group] = next
      groups.within[group] = (groups.within[group] as number) - 1
    }
    groups.heads[group] = next
    groups.kept[group] = (groups.kept[group] as number) - 1
    if (next === nothing) groups.tails[group] = nothing
    else pool.previous[next] = nothing
    this.#bytes -=
      entryBytes + (pool.texts[head] as string).length + (pool.subjects[head] as string).length
    pool.release(head)
  }
}
