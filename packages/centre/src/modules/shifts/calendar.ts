import type { Shift } from '@haidang/contracts/shift'

interface Calendar {
  readonly name: string
  readonly host: string
  /** When it was read. */
  readonly at: string
  readonly language: 'vi' | 'en'
  readonly shifts: readonly Shift[]
}

/** Shifts as an iCalendar object (RFC 5545). */
export function calendarText({ name, host, at, language, shifts }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hai Dang//Shifts//VI',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...shifts.flatMap((shift) => event(shift, host, at, language)),
    'END:VCALENDAR',
  ]
  return `${lines.map(folded).join('\r\n')}\r\n`
}

function event(shift: Shift, host: string, at: string, language: 'vi' | 'en'): string[] {
  const { id, name, starts_at, ends_at, organisation_name, officer, members, note, version } = shift
  const words =
    language === 'vi'
      ? { officer: 'Trực ban', with: 'Cùng trực' }
      : { officer: 'Duty officer', with: 'With' }
  const about = [
    `${words.officer}: ${officer?.name ?? '–'}`,
    ...(members.length > 0 ? [`${words.with}: ${members.map((one) => one.name).join(', ')}`] : []),
    ...(note === '' ? [] : [note]),
  ]
  return [
    'BEGIN:VEVENT',
    `UID:${id}@${host}`,
    `SEQUENCE:${version}`,
    `DTSTAMP:${compact(at)}`,
    `DTSTART:${compact(starts_at)}`,
    `DTEND:${compact(ends_at)}`,
    `SUMMARY:${escaped(`${name} · ${organisation_name}`)}`,
    `DESCRIPTION:${escaped(about.join('\n'))}`,
    'END:VEVENT',
  ]
}

/** An instant in the form with UTC time: 20261122T010000Z. */
function compact(instant: string): string {
  return `${instant.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n')
}

/** Lines of at most 75 octets, continued after a space, no character cut in two. */
function folded(line: string): string {
  const pieces: string[] = []
  let piece = ''
  let length = 0
  for (const sign of line) {
    const octets = Buffer.byteLength(sign)
    if (length + octets > 74) {
      pieces.push(piece)
      piece = ''
      length = 0
    }
    piece += sign
    length += octets
  }
  return [...pieces, piece].join('\r\n ')
}
