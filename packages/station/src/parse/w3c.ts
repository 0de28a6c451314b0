import { headEntry, readHeadedLine } from './headed-line.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** Columns of IIS 7 and later where nobody chose others. */
const usual =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'.split(
    ' ',
  )
const usualShape =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [0-9A-Fa-f.:%]{2,64} [A-Z][A-Z_-]{1,31} [^ ]{1,8192} [^ ]{1,8192} \d{1,5} [^ ]{1,256} [0-9A-Fa-f.:%]{2,64} [^ ]{1,8192} (?:[^ ]{1,8192} )?\d{3} \d{1,5} \d{1,10}(?: \d{1,12})?$/
const mostColumns = 256

/** True of a line in the usual columns of IIS, of one that brings its head along, and of the head itself. */
export function looksLikeW3c(text: string): boolean {
  if (!text.startsWith('#')) return usualShape.test(text)
  return /^#(?:Fields: |Software: Microsoft (?:Internet|HTTP)|Version: \d|Date: \d{4}-)/.test(text)
}

/**
 * Reads a line of a W3C extended log file by the `#Fields` before it, else in the usual columns of IIS;
 * fields under their own names, those that are `-` left out. A line of the head gives no fields.
 * https://www.w3.org/TR/WD-logfile.html
 * https://learn.microsoft.com/windows/win32/http/w3c-logging
 * Reason: `w3c.columns`.
 */
export function parseW3c(text: string): Parsed<Readonly<Record<string, string>>> {
  const { head, line } = readHeadedLine(text)
  if (line === '') return parsed({})
  const values = line.split(' ', mostColumns + 1)
  const names = headEntry(head, '#Fields:')?.split(' ') ?? usualOf(values)
  if (names.length !== values.length) {
    return unreadable('w3c.columns', `${values.length} values for ${names.length} columns`)
  }
  const given = names.flatMap((name, at): [string, string][] => {
    const value = values[at]
    return value === undefined || value === '-' || value === '' ? [] : [[name, value]]
  })
  return parsed(Object.fromEntries(given))
}

/** IIS 7 wrote no referrer. */
function usualOf(values: readonly string[]): readonly string[] {
  return values.length === usual.length - 1 ? usual.filter((name) => name !== 'cs(Referer)') : usual
}
