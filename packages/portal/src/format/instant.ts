const zone = 'Asia/Ho_Chi_Minh'

const formats = new Map<string, Intl.DateTimeFormat>()

function partsOf(instant: string, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(timeZone, format)
  }
  const parts = format.formatToParts(new Date(instant))
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}

function isInstant(instant: string): boolean {
  return !Number.isNaN(Date.parse(instant))
}

/** `22/11/2026 10:04` in Vietnam's zone; text that is no instant comes back as it is. */
export function dateTime(instant: string): string {
  if (!isInstant(instant)) return instant
  const { day, month, year, hour, minute } = partsOf(instant, zone)
  return `${day}/${month}/${year} ${hour}:${minute}`
}

/** `22/11/2026` of a date as rules name it, `2026-11-22`; other text comes back as it is. */
export function plainDate(date: string): string {
  return date.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1')
}

/** `22/11/2026 10:04:05`. */
function dateTimeSeconds(instant: string): string {
  if (!isInstant(instant)) return instant
  return `${dateTime(instant)}:${partsOf(instant, zone)['second']}`
}

/** `10:04:05`, with the date before it when it is not today's. */
export function clockTime(instant: string, now: number): string {
  if (!isInstant(instant)) return instant
  const { day, month, hour, minute, second } = partsOf(instant, zone)
  const today = partsOf(new Date(now).toISOString(), zone)
  const time = `${hour}:${minute}:${second}`
  return today['day'] === day && today['month'] === month ? time : `${day}/${month} ${time}`
}

/** What hovering over any time shows: local time with its zone, and UTC. */
export function fullTime(instant: string): string {
  if (!isInstant(instant)) return instant
  const utc = partsOf(instant, 'UTC')
  return `${dateTimeSeconds(instant)} (+07:00)\n${utc['day']}/${utc['month']}/${utc['year']} ${utc['hour']}:${utc['minute']}:${utc['second']} UTC`
}

/** Value of an `<input type="datetime-local">` for an instant, in Vietnam's zone. */
export function inputTime(instant: string): string {
  if (!isInstant(instant)) return ''
  const { day, month, year, hour, minute } = partsOf(instant, zone)
  return `${year}-${month}-${day}T${hour}:${minute}`
}

/** The instant a person meant by the value of a `datetime-local` input; undefined while it is incomplete. */
export function instantOfInput(value: string): string | undefined {
  const milliseconds = Date.parse(`${value}:00+07:00`)
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString()
}

/** Milliseconds since the epoch, now: the only clock of the portal. */
export function nowMilliseconds(): number {
  return Date.now()
}

/** The instant so many seconds from now; negative is the past. */
export function secondsFromNow(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}

/** The next 08:00 of Vietnam, as an instant. */
export function tomorrowMorning(): string {
  const dayLater = new Date(Date.now() + 86_400_000).toISOString()
  return instantOfInput(`${inputTime(dayLater).slice(0, 10)}T08:00`) ?? dayLater
}

/** An instant of so many milliseconds since the epoch. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
