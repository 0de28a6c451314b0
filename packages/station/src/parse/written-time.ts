import { offsetOf, type ReadTime, readEpoch, readIsoTime, utcOf, zonedTime } from './instant.ts'
import { monthOf } from './rfc3164.ts'

const clock = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})(?:[.,:](?<fraction>\\d{1,9}))?'
const offset = '(?: ?(?:(?<utc>UTC|GMT|Z)|(?<offset>[+-]\\d{2}:?\\d{2})|[A-Z]{2,5}))?'
const forms = [
  // Nov 22 2026 09:58:12.123 +0700 (CEF, LEEF)
  new RegExp(`^(?<month>[A-Za-z]{3}) +(?<day>\\d{1,2}),? (?<year>\\d{4}),? ${clock}${offset}$`),
  // Sun Nov 22 09:58:12.123456 2026 (Apache's error log)
  new RegExp(
    `^(?:[A-Za-z]{3} )?(?<month>[A-Za-z]{3}) +(?<day>\\d{1,2}) ${clock}${offset} (?<year>\\d{4})$`,
  ),
  // 22/Nov/2026:09:58:12.123456 +0700 (ModSecurity), 22 Nov 2026 09:58:12, 22-Nov-2026 09:58:12.123 (BIND)
  new RegExp(
    `^(?<day>\\d{1,2})[/ -](?<month>[A-Za-z]{3})[/ -](?<year>\\d{4})[: ]${clock}${offset}$`,
  ),
]

/**
 * Reads a whole date and time of day as equipment writes it: seconds, milli-, micro- or nanoseconds since
 * the epoch, ISO 8601, or an English month with its year. Without offset `zone` counts; names of zones
 * other than UTC are not known. Undefined if it is none of these.
 */
export function readWrittenTime(text: string | undefined, zone: string): ReadTime | undefined {
  if (text === undefined || text.length > 48) return undefined
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) {
    const at = readEpoch(Number(text))
    return at === undefined ? undefined : { at, original: text }
  }
  const iso = readIsoTime(text, zone)
  if (iso) return iso
  for (const form of forms) {
    const found = form.exec(text)?.groups
    if (found) return readForm(found, text, zone)
  }
  return undefined
}

function readForm(
  part: Record<string, string | undefined>,
  original: string,
  zone: string,
): ReadTime | undefined {
  const civil = {
    year: Number(part['year']),
    month: monthOf(part['month'] ?? ''),
    day: Number(part['day']),
    hour: Number(part['hour']),
    minute: Number(part['minute']),
    second: Number(part['second']),
    millisecond: Math.floor(Number(`0.${part['fraction'] ?? '0'}`) * 1000),
  }
  const from = part['offset']
  const isUtc = part['utc'] !== undefined || from !== undefined
  const at = isUtc ? utcOf(civil) : zonedTime(civil, zone)
  if (at === undefined) return undefined
  const shifted = from === undefined ? at : at - offsetOf(from)
  return shifted < 0 ? undefined : { at: shifted, original }
}
