import type { PublicHolidays } from '@haidang/contracts/working-time'

/** Hours of a week; 0 is Monday from midnight to one, local time. On a public holiday as many more. */
export const hoursOfWeek = 168

/** Milliseconds of an hour; hours are numbered from the epoch. */
export const hour = 3_600_000

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** Of one zone: more than a year. */
const mostRemembered = 10_000
const mostZones = 600

/** The hour of the week in which an hour since the epoch begins in a zone, with `hoursOfWeek` more on a public holiday. */
export type HourOfWeek = (hourOfEpoch: number) => number

/** Hours of the week by zone, under the public holidays told last. */
export class Weeks {
  readonly #zones = new Map<string, HourOfWeek>()
  #holidays: PublicHolidays | undefined
  #told = ''

  /** Holidays from here on; those that are known already change nothing. */
  know(holidays: PublicHolidays): void {
    const told = `${holidays.zone} ${[...holidays.days].sort().join(' ')}`
    if (told === this.#told) return
    this.#told = told
    this.#holidays = holidays
    this.#zones.clear()
  }

  /** Hours of the week in an IANA zone. */
  in(zone: string): HourOfWeek {
    const known = this.#zones.get(zone)
    if (known) return known
    const made = hourOfWeekIn(zone, this.#holidays)
    if (this.#zones.size >= mostZones) this.#zones.clear()
    this.#zones.set(zone, made)
    return made
  }
}

/**
 * Hours of the week in an IANA zone, summer time allowed for, and public holidays where they are those of the same
 * zone; UTC for a zone nobody knows.
 */
export function hourOfWeekIn(zone: string, holidays?: PublicHolidays): HourOfWeek {
  const format = formatOf(zone)
  const off = holidays && isSameZone(holidays.zone, zone) ? holidays.days : new Set<string>()
  const remembered = new Map<number, number>()
  return (hourOfEpoch) => {
    const found = remembered.get(hourOfEpoch)
    if (found !== undefined) return found
    if (remembered.size >= mostRemembered) remembered.clear()
    const parts = new Map(format.formatToParts(hourOfEpoch * hour).map((p) => [p.type, p.value]))
    const ordinary = days.indexOf(parts.get('weekday') ?? '') * 24 + Number(parts.get('hour'))
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
    const made = off.has(date) ? hoursOfWeek + ordinary : ordinary
    remembered.set(hourOfEpoch, made)
    return made
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const day = { weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit' } as const
  const wanted = { ...day, hour: 'numeric', hourCycle: 'h23' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', { ...wanted, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...wanted, timeZone: 'UTC' })
  }
}

/** Asia/Saigon and Asia/Ho_Chi_Minh are one zone by two names. */
function isSameZone(one: string, other: string): boolean {
  const epoch = Temporal.Instant.fromEpochMilliseconds(0)
  try {
    return epoch.toZonedDateTimeISO(one).equals(epoch.toZonedDateTimeISO(other))
  } catch {
    return false
  }
}
