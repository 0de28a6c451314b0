import { z } from 'zod'

/** What is numbered by a series of the regulations. */
export const NumberedKind = z.enum([
  'incident',
  'incident-report',
  'report',
  'order',
  'request',
  'advisory',
  'warning',
  'public-advisory',
])
export type NumberedKind = z.infer<typeof NumberedKind>

/** What a pattern is filled from. */
export interface NumberParts {
  readonly number: number
  /** Of the day of issue, in Vietnam. */
  readonly year: number
  /** Code of the issuing organisation. */
  readonly issuer: string
}

const place = /\{(number|year|issuer)(?::([1-9]))?\}/g
const plain = /^[\p{L}\d ./_-]*$/u

/** Why a pattern gives no numbers that tell documents apart; undefined: it does. */
export function patternFault(pattern: string): string | undefined {
  const places = [...pattern.matchAll(place)]
  const digits = places.filter(([, name]) => name === 'number')
  if (!plain.test(pattern.replaceAll(place, ''))) {
    return 'only letters, digits, . / - _ and the places {number}, {number:4}, {year} and {issuer}'
  }
  if (places.some(([, name, width]) => name !== 'number' && width !== undefined)) {
    return 'only {number} has a width, as {number:4}'
  }
  const [only] = digits
  if (!only || digits.length > 1) return '{number} or {number:4} must stand in it once'
  // Beside a digit one could not read where the number begins: 1 of 2026 and 12 of 026 would look alike.
  const before = pattern.slice(0, only.index)
  const after = pattern.slice(only.index + only[0].length)
  if (/[\d}]$/.test(before) || /^[\d{]/.test(after)) {
    return 'a sign that is no digit must stand between {number} and a digit or another place'
  }
  return undefined
}

/** The number of a document as its pattern writes it. */
export function writtenNumber(pattern: string, parts: NumberParts): string {
  return pattern.replaceAll(place, (_, name: keyof NumberParts, width: string | undefined) =>
    String(parts[name]).padStart(Number(width ?? 0), '0'),
  )
}

/**
 * What a pattern counts: all it writes but the number. Patterns that write the same count together, so no number is given
 * twice; one with {year} begins anew every year, one with {issuer} for every organisation.
 */
export function countedBy(pattern: string, parts: Omit<NumberParts, 'number'>): string {
  const said = { ...parts, number: 0 }
  return pattern.replaceAll(place, (_, name: keyof NumberParts) =>
    name === 'number' ? '#' : String(said[name]),
  )
}
