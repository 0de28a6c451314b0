import { z } from 'zod'

export const Instant = z.iso.datetime({ offset: true }).describe('RFC 3339 instant, UTC')

/** Milliseconds since the epoch of an RFC 3339 instant; NaN if it is none. */
export function millisecondsOf(instant: string): number {
  return Date.parse(instant)
}

/** RFC 3339 UTC instant, with milliseconds, of milliseconds since the epoch. */
export function instantOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
