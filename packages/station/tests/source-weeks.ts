import { hour } from '../src/expect/hour-of-week.ts'
import { hoursRemembered } from '../src/expect/rhythm.ts'
import type { HourSeen } from '../src/expect/seen-hours.ts'

/** Randomness of a seed, from 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Records in a minute; `minute` counts from a Monday at midnight. */
export type SourceModel = (minute: number) => number

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

function poisson(mean: number, random: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)))
  const left = Math.exp(-mean)
  let count = 0
  for (let draw = random(); draw > left; draw *= random()) count++
  return left > 0 ? count : 0
}

/** One number a day that stays the same when asked again. */
function daily(make: () => number): (day: number) => number {
  const days: number[] = []
  return (day) => {
    while (days.length <= day) days.push(make())
    return days[day] ?? 0
  }
}

/** A firewall of an office: 07:30 to 17:30 on working days, give or take 40 minutes; little at noon, a few at night, nothing at weekends. */
function office(random: () => number): SourceModel {
  const opens = daily(() => 450 + 20 * normal(random))
  const closes = daily(() => 1050 + 20 * normal(random))
  const busy = daily(() => Math.exp(0.3 * normal(random)))
  return (minute) => {
    const day = Math.floor(minute / 1440)
    const at = minute % 1440
    if (day % 7 > 4) return 0
    if (at < opens(day) || at > closes(day)) return poisson(0.01, random)
    return poisson(200 * busy(day) * (at > 720 && at < 780 ? 0.4 : 1), random)
  }
}

/** A backup that reports at two in the night, give or take 20 minutes, for ten minutes. */
function nightly(random: () => number): SourceModel {
  const starts = daily(() => 120 + 20 * (2 * random() - 1))
  return (minute) => {
    const at = (minute % 1440) - starts(Math.floor(minute / 1440))
    return at >= 0 && at < 10 ? poisson(500, random) : 0
  }
}

/** A sensor at a busy line: day and night, twice as much by day, with bursts. */
function sensor(random: () => number): SourceModel {
  return (minute) => {
    const day = 1 + Math.sin(((minute % 1440) / 1440 - 0.25) * 2 * Math.PI) / 3
    return poisson(300 * day * Math.exp(0.5 * normal(random)), random)
  }
}

/** A small DHCP server: three leases an hour by day, one in two hours at night. */
function sparse(random: () => number): SourceModel {
  return (minute) => {
    const at = (minute % 1440) / 60
    return poisson((at > 7 && at < 19 ? 3 : 0.5) / 60, random)
  }
}

/** A device that says every quarter of an hour that it lives, now and then a little late. */
function periodic(random: () => number): SourceModel {
  let next = 0
  return (minute) => {
    if (minute < next) return 0
    next = minute + 15 + (random() < 0.02 ? Math.floor(random() * 10) : 0)
    return 1
  }
}

export const sourceModels = { office, nightly, sensor, sparse, periodic } as const

/** Monday 2 March 2026, midnight UTC. */
const monday = 1_772_409_600_000

/** Plays a source minute by minute and keeps its hours as the station does. */
export class SourceWeeks {
  /** Of the last six weeks, oldest first. */
  readonly seen: HourSeen[] = []
  readonly #model: SourceModel
  minute = 0
  lastAt = monday
  thisHour = 0
  lastHour: number | undefined
  #longest = 0

  constructor(model: SourceModel) {
    this.#model = model
  }

  get now(): number {
    return monday + this.minute * 60_000
  }

  /** One minute more; `change` says what arrives of what was sent. Answers how many were sent. */
  step(change: (records: number) => number): number {
    const sent = this.#model(this.minute)
    const records = change(sent)
    this.minute++
    this.#longest = Math.max(this.#longest, this.now - this.lastAt)
    if (records > 0) this.lastAt = this.now
    this.thisHour += records
    if (this.now % hour === 0) this.#turn()
    return sent
  }

  #turn(): void {
    const number = this.now / hour - 1
    const longest = this.#longest / 1000
    this.seen.push({ hour: number, records: this.thisHour, longest })
    if (this.seen.length > hoursRemembered) this.seen.shift()
    this.lastHour = this.thisHour
    this.thisHour = 0
    this.#longest = this.now - this.lastAt
  }
}
