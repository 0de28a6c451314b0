import { isValidOn, type Regulation } from './regulation.ts'

/** Nobody has written which days of a year are worked: nothing can be reckoned in it. */
export class CalendarUnknown extends Error {
  override readonly name = 'CalendarUnknown'
  readonly year: number

  constructor(year: number) {
    super(`no profile says which days of ${year} are worked`)
    this.year = year
  }
}

/** An instant reckoned in working time. */
export interface Reckoned {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Entries on the way that are not certain. */
  readonly provisional: readonly string[]
}

/** Days off out of turn (`2027-02-08`), and the zone whose days they are. */
export interface PublicHolidays {
  readonly zone: string
  readonly days: ReadonlySet<string>
}

interface WorkingDay {
  /** Milliseconds since the epoch; in order, disjoint. Empty: a day off. */
  readonly spans: readonly { readonly from: number; readonly to: number }[]
  readonly provisional: readonly string[]
}

const mostDays = 4000
const hour = 3_600_000

/**
 * Which hours are worked, by holidays and working hours of profiles. What reckons throws CalendarUnknown where it
 * meets a year of which the profiles do not say that all days off are written.
 */
export class WorkingTime {
  readonly #regulations: readonly Regulation[]
  readonly #zone: string
  readonly #years: ReadonlySet<number>
  readonly #days = new Map<string, WorkingDay>()

  /** `regulations`: the profiles in force; the first that has working hours names the time zone. */
  constructor(regulations: readonly Regulation[]) {
    this.#regulations = regulations
    const leading = regulations.find(({ hours }) => hours.length > 0) ?? regulations[0]
    this.#zone = leading?.zone ?? 'Asia/Ho_Chi_Minh'
    this.#years = new Set(regulations.flatMap(({ calendar_years }) => calendar_years))
  }

  /** Whether an instant (milliseconds) lies in working hours. */
  isWorking(at: number): boolean {
    return this.#dayOf(this.#dateAt(at)).spans.some(({ from, to }) => from <= at && at < to)
  }

  /** Whether anything is worked on a date of the zone (`2026-11-22`). */
  isWorkingDay(date: string): boolean {
    return this.#dayOf(Temporal.PlainDate.from(date)).spans.length > 0
  }

  /** The first working moment not before an instant. */
  next(at: number): Reckoned {
    return this.#walk(at, (spans) => {
      const span = spans.find(({ to }) => at < to)
      return span && Math.max(at, span.from)
    })
  }

  /**
   * So many working days after an instant, at the same time of the day. The day of the instant itself is not counted,
   * nor is a day off. `days` from 0 to 3660; 0 is the instant.
   */
  addDays(at: number, days: number): Reckoned {
    const { time, date } = this.#local(at)
    let left = Math.min(days, 3660)
    if (left === 0) return { at, provisional: [] }
    let day = date
    return this.#walk(at, (spans, walked) => {
      day = walked
      if (spans.length > 0 && Temporal.PlainDate.compare(walked, date) > 0) left -= 1
      if (left > 0) return undefined
      return day.toZonedDateTime({ timeZone: this.#zone, plainTime: time }).epochMilliseconds
    })
  }

  /** So much working time (milliseconds, ten years at most) after an instant. */
  addTime(at: number, milliseconds: number): Reckoned {
    let left = Math.min(milliseconds, 3660 * 24 * hour)
    return this.#walk(at, (spans) => {
      for (const { from, to } of spans) {
        const begin = Math.max(at, from)
        if (begin >= to) continue
        if (begin + left <= to) return begin + left
        left -= to - begin
      }
      return undefined
    })
  }

  /** The last instant from which so much working time (milliseconds, ten years at most) is left until an instant. */
  subtractTime(at: number, milliseconds: number): number {
    let left = Math.min(milliseconds, 3660 * 24 * hour)
    let date = this.#dateAt(at)
    for (;;) {
      for (const { from, to } of this.#dayOf(date).spans.toReversed()) {
        const end = Math.min(at, to)
        if (end <= from) continue
        if (end - left >= from) return end - left
        left -= end - from
      }
      date = date.subtract({ days: 1 })
    }
  }

  /** Working time (milliseconds) between two instants; 0 where the second is not later. */
  between(from: number, to: number): number {
    if (to <= from) return 0
    let sum = 0
    this.#walk(from, (spans, date) => {
      for (const span of spans)
        sum += Math.max(0, Math.min(to, span.to) - Math.max(from, span.from))
      return Temporal.PlainDate.compare(date, this.#dateAt(to)) >= 0 ? sum : undefined
    })
    return sum
  }

  /** The public holidays that are written; a day that is worked to make up for another is none. */
  holidays(): PublicHolidays {
    const entries = this.#regulations.flatMap(({ holidays }) => holidays)
    const datesOf = (isWorked: boolean) =>
      entries
        .filter(({ working }) => working === isWorked)
        .flatMap((entry) => entry.dates.filter((date) => isValidOn(entry, date)))
    const worked = new Set(datesOf(true))
    return { zone: this.#zone, days: new Set(datesOf(false).filter((date) => !worked.has(date))) }
  }

  /** Day after day from that of an instant until `found` answers. */
  #walk(
    at: number,
    found: (spans: WorkingDay['spans'], date: Temporal.PlainDate) => number | undefined,
  ): Reckoned {
    const provisional = new Set<string>()
    let date = this.#dateAt(at)
    for (;;) {
      const day = this.#dayOf(date)
      for (const id of day.provisional) provisional.add(id)
      const answer = found(day.spans, date)
      if (answer !== undefined) return { at: answer, provisional: [...provisional] }
      // Years are finite: past the last one that is known this throws.
      date = date.add({ days: 1 })
    }
  }

  #local(at: number): { date: Temporal.PlainDate; time: Temporal.PlainTime } {
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(this.#zone)
    return { date: local.toPlainDate(), time: local.toPlainTime() }
  }

  #dateAt(at: number): Temporal.PlainDate {
    return this.#local(at).date
  }

  #dayOf(date: Temporal.PlainDate): WorkingDay {
    const text = date.toString()
    const known = this.#days.get(text)
    if (known) return known
    if (!this.#years.has(date.year)) throw new CalendarUnknown(date.year)
    const made = this.#made(date, text)
    if (this.#days.size >= mostDays) this.#days.clear()
    this.#days.set(text, made)
    return made
  }

  #made(date: Temporal.PlainDate, text: string): WorkingDay {
    const special = this.#regulations
      .flatMap(({ holidays }) => holidays)
      .filter((entry) => entry.dates.includes(text) && isValidOn(entry, text))
    const provisional = special.filter((one) => one.provisional !== null).map(({ id }) => id)
    const worked = special.some(({ working }) => working)
    if (special.length > 0 && !worked) return { spans: [], provisional }
    const hours = this.#regulations
      .flatMap((each) => each.hours)
      .filter((entry) => isValidOn(entry, text))
    // A day that makes up for another has the hours of an ordinary one.
    const weekday = worked ? Math.min(...hours.flatMap(({ weekdays }) => weekdays)) : date.dayOfWeek
    const spans = hours
      .filter(({ weekdays }) => weekdays.includes(weekday))
      .map(({ from, to }) => ({ from: this.#instant(date, from), to: this.#instant(date, to) }))
      .sort((a, b) => a.from - b.from)
    return { spans: merged(spans), provisional }
  }

  #instant(date: Temporal.PlainDate, clock: string): number {
    const plainTime = Temporal.PlainTime.from(clock)
    return date.toZonedDateTime({ timeZone: this.#zone, plainTime }).epochMilliseconds
  }
}

/** Spans in order, without overlaps: two profiles may name the same hours. */
function merged(spans: readonly { from: number; to: number }[]): WorkingDay['spans'] {
  const out: { from: number; to: number }[] = []
  for (const { from, to } of spans) {
    const last = out.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else out.push({ from, to })
  }
  return out
}
