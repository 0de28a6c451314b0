import { Problem } from '../problem.ts'

const longest = 1024

/** Writes the key a page ended on as an opaque word. Values are strings, numbers, booleans or null. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

/** Reads a cursor of exactly `length` values; anything else is Problem cursor.invalid. */
export function decodeCursor(text: string, length: number): (string | number | boolean | null)[] {
  const values = text.length <= longest ? parsed(text) : undefined
  if (!Array.isArray(values) || values.length !== length || !values.every(isScalar)) {
    throw new Problem('cursor.invalid')
  }
  return values
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
