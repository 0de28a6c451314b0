import { isTooDeep } from '@haidang/contracts/json-nesting'
import { hasMoreNames } from './json-names.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

export type JsonObject = Record<string, unknown>

/** Deepest nesting taken; what reads records walks them by recursion. */
const deepest = 64
/** Names of one object, repeated ones too: building more of them takes longer than a record may take. */
const mostNames = 10_000
/** `"":0,` */
const shortestMember = 5

/**
 * Reads one JSON object (RFC 8259). Of duplicate keys the last counts; more than 64 levels or 10,000 names in
 * an object are refused. Reasons: `json.truncated`, `json.invalid`, `json.not-object`, `json.too-deep`,
 * `json.too-many-names`.
 */
export function parseJson(text: string): Parsed<JsonObject> {
  if (isTooDeep(text, deepest)) {
    return unreadable('json.too-deep', `more than ${deepest} levels`)
  }
  // A text that short has no room for so many.
  if (text.length > mostNames * shortestMember && hasMoreNames(text, mostNames)) {
    return unreadable('json.too-many-names', `an object with more than ${mostNames} names`)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return failure(text, error)
  }
  if (!isObject(value)) return unreadable('json.not-object', `the record is ${kindOf(value)}`)
  return parsed(value)
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function failure(text: string, error: unknown) {
  const message = error instanceof Error ? error.message : String(error)
  const position = /at position (\d+)/.exec(message)
  const atEnd =
    message.includes('end of JSON input') ||
    message.startsWith('Unterminated string') ||
    (position !== null && Number(position[1]) >= text.length)
  return unreadable(atEnd ? 'json.truncated' : 'json.invalid', message)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`
}
