import { type Parsed, parsed, unreadable } from './parsed.ts'

export type JsonObject = Record<string, unknown>

/** Deepest nesting taken; what reads records walks them by recursion. */
const deepest = 64

/**
 * Reads one JSON object (RFC 8259). Of duplicate keys the last counts; more than 64 levels are refused.
 * Reasons: `json.truncated`, `json.invalid`, `json.not-object`, `json.too-deep`.
 */
export function parseJson(text: string): Parsed<JsonObject> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return failure(text, error)
  }
  if (!isObject(value)) return unreadable('json.not-object', `the record is ${kindOf(value)}`)
  if (isDeeper(value, deepest)) return unreadable('json.too-deep', `more than ${deepest} levels`)
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

function isDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((member) => isDeeperMember(member, levels))
  for (const name in value) {
    if (isDeeperMember((value as JsonObject)[name], levels)) return true
  }
  return false
}

function isDeeperMember(member: unknown, levels: number): boolean {
  return typeof member === 'object' && member !== null && isDeeper(member, levels - 1)
}
