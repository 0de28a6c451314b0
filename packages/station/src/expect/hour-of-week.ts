import { isPublicHoliday } from './public-holidays.ts'

/** Hours of a week; 0 is Monday from midnight to one, local time. On a public holiday as many more. */
export const hoursOfWeek = 168

/** Milliseconds of an hour; hours are numbered from the epoch. */
export const hour = 3_600_000

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
/** Of one zone: more than a year. */
const mostRemembered = 10_000

/** The hour of the week in which an hour since the epoch begins in a zone, with `hoursOfWeek` more on a public holiday. */
export type HourOfWeek = (hourOfEpoch: number) => number

const zones = new Map<string, HourOfWeek>()
const mostZones = 600

/** Hours of the week in an IANA zone, summer time and public holidays allowed for; UTC for a zone nobody knows. */
export function hourOfWeekIn(zone: string): HourOfWeek {
  const known = zones.get(zone)
  if (known) return known
  const format = formatOf(zone)
  const remembered = new Map<number, number>()
  const read: HourOfWeek = (hourOfEpoch) => {
    const found = remembered.get(hourOfEpoch)
    if (found !== undefined) return found
    if (remembered.size >= mostRemembered) remembered.clear()
    const parts = new Map(format.formatToParts(hourOfEpoch * hour).map((p) => [p.type, p.value]))
    const ordinary = days.indexOf(parts.get('weekday') ?? '') * 24 + Number(parts.get('hour'))
    const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
    const made = isPublicHoliday(date, zone) ? hoursOfWeek + ordinary : ordinary
    remembered.set(hourOfEpoch, made)
    return made
  }
  if (zones.size >= mostZones) zones.clear()
  zones.set(zone, read)
  return read
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
