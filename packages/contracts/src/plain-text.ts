import { z } from 'zod'

/**
 * One line of text as people write it: NFC, trimmed, without control characters (a line break would be a header of
 * its own in a mail) and without characters that turn or hide what is read.
 */
export function plainText(least: number, most: number) {
  return z
    .string()
    .normalize()
    .trim()
    .min(least)
    .max(most)
    .regex(/^[^\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]*$/u, 'one line of plain text')
}
