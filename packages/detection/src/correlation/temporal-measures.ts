import type { Presence } from './correlation-plan.ts'
import { type EntryPool, nothing } from './entry-pool.ts'
import type { Measure } from './measures.ts'

/** How many different members occur; with a presence, 1 where it holds and 0 where not. */
export class MembersPresent implements Measure {
  readonly #pool: EntryPool
  readonly #counts: number[]
  readonly #presence: Presence | undefined
  readonly #occurs = (member: number) => (this.#counts[member] ?? 0) > 0
  #present = 0

  constructor(pool: EntryPool, members: number, presence?: Presence) {
    this.#pool = pool
    this.#counts = new Array<number>(members).fill(0)
    this.#presence = presence
  }

  add(entry: number): void {
    const member = this.#pool.numbers[entry] as number
    const count = this.#counts[member] ?? 0
    this.#counts[member] = count + 1
    if (count === 0) this.#present += 1
  }

  remove(entry: number): void {
    const member = this.#pool.numbers[entry] as number
    const count = (this.#counts[member] ?? 0) - 1
    this.#counts[member] = count
    if (count === 0) this.#present -= 1
  }

  value(): number {
    if (this.#presence === undefined) return this.#present
    return isPresent(this.#presence, this.#occurs) ? 1 : 0
  }
}

/**
 * Members in the order of the rule: the length of the longest sequence that ends with the newest
 * entry. For each length and member it remembers the latest beginning of such a sequence.
 */
export class LongestSequence implements Measure {
  readonly #pool: EntryPool
  readonly #members: number
  readonly #timespan: number
  /** By length and last member at most: latest beginning. */
  readonly #beginnings: number[]
  #length = 0

  constructor(pool: EntryPool, members: number, timespan: number) {
    this.#pool = pool
    this.#members = members
    this.#timespan = timespan
    this.#beginnings = new Array<number>(members * members).fill(Number.NEGATIVE_INFINITY)
  }

  add(entry: number): void {
    const member = this.#pool.numbers[entry] as number
    const time = this.#pool.times[entry] as number
    this.#length = 0
    for (let length = member; length >= 0; length--) {
      const beginning = length === 0 ? time : this.#beginning(length - 1, member - 1)
      if (beginning < time - this.#timespan) continue
      if (length + 1 > this.#length) this.#length = length + 1
      this.#begin(length, member, beginning)
    }
  }

  /** Sequences that begin too early are never counted, so nothing has to be undone. */
  remove(): void {}

  value(): number {
    return this.#length
  }

  #beginning(length: number, member: number): number {
    return this.#beginnings[length * this.#members + member] ?? Number.NEGATIVE_INFINITY
  }

  #begin(length: number, member: number, beginning: number): void {
    const row = length * this.#members
    for (let at = row + member; at < row + this.#members; at++) {
      if ((this.#beginnings[at] as number) < beginning) this.#beginnings[at] = beginning
    }
  }
}

const farthestBack = 10_000

/**
 * An extended condition whose parts joined by `and` must occur one after the other: 1 where it holds.
 * The order is looked for among the newest 10,000 entries of the window.
 */
export class OrderedPresence implements Measure {
  readonly #pool: EntryPool
  readonly #presence: Presence
  readonly #present: MembersPresent
  readonly #times: number[][]
  readonly #timespan: number

  constructor(pool: EntryPool, members: number, presence: Presence, timespan: number) {
    this.#pool = pool
    this.#presence = presence
    this.#present = new MembersPresent(pool, members, presence)
    this.#times = Array.from({ length: members }, () => [])
    this.#timespan = timespan
  }

  add(entry: number): void {
    this.#present.add(entry)
  }

  remove(entry: number): void {
    this.#present.remove(entry)
  }

  value(entry: number): number {
    if (this.#present.value() === 0) return 0
    this.#readTimes(entry)
    return this.#end(this.#presence, Number.NEGATIVE_INFINITY) < Number.POSITIVE_INFINITY ? 1 : 0
  }

  /** Times of each member in the window that ends with `entry`, newest first. */
  #readTimes(entry: number): void {
    const { times, numbers, previous } = this.#pool
    for (const each of this.#times) each.length = 0
    const from = (times[entry] as number) - this.#timespan
    let at = entry
    for (let i = 0; i < farthestBack && at !== nothing; i++) {
      const time = times[at] as number
      if (time < from) return
      this.#times[numbers[at] as number]?.push(time)
      at = previous[at] as number
    }
  }

  /** The earliest time, from `from` on, by which a presence has come about; Infinity: never. */
  #end(presence: Presence, from: number): number {
    switch (presence.kind) {
      case 'member':
        return this.#times[presence.member]?.findLast((time) => time >= from) ?? never
      case 'not':
        return isPresent(presence.part, this.#occurs) ? never : from
      case 'any':
        return Math.min(...presence.parts.map((part) => this.#end(part, from)))
      case 'all':
        return presence.parts.reduce((end, part) => this.#end(part, end), from)
    }
  }

  readonly #occurs = (member: number) => (this.#times[member]?.length ?? 0) > 0
}

const never = Number.POSITIVE_INFINITY

function isPresent(presence: Presence, occurs: (member: number) => boolean): boolean {
  switch (presence.kind) {
    case 'member':
      return occurs(presence.member)
    case 'not':
      return !isPresent(presence.part, occurs)
    case 'all':
      return presence.parts.every((part) => isPresent(part, occurs))
    case 'any':
      return presence.parts.some((part) => isPresent(part, occurs))
  }
}
