import { parseForeignJson } from '@haidang/contracts/json-nesting'
import { endOfObject } from '../json-object-end.ts'

/** Why a body is not taken: the protocol's code, and the number of the event that is to blame. */
export interface HecFault {
  readonly ok: false
  readonly fault: 'no-data' | 'invalid-format' | 'event-required' | 'event-blank' | 'fields-invalid'
  readonly event?: number
}

export type HecEvents = { readonly ok: true; readonly events: readonly Buffer[] } | HecFault

const blanks = new Set(Buffer.from(' \t\r\n'))
const mostEvents = 200_000

/**
 * Takes apart the body of `/services/collector/event`: JSON objects one after another, with or without
 * blanks between. Each is checked for its `event` and answered as it was sent.
 */
export function hecEvents(body: Buffer): HecEvents {
  const events: Buffer[] = []
  for (let at = skipBlanks(body, 0); at < body.length; at = skipBlanks(body, at)) {
    const end = endOfObject(body, at)
    if (end === undefined || events.length >= mostEvents) {
      return { ok: false, fault: 'invalid-format', event: events.length }
    }
    const event = body.subarray(at, end)
    const fault = faultOf(event)
    if (fault !== undefined) return { ok: false, fault, event: events.length }
    events.push(event)
    at = end
  }
  return events.length === 0 ? { ok: false, fault: 'no-data' } : { ok: true, events }
}

function faultOf(bytes: Buffer): HecFault['fault'] | undefined {
  let members: ReadonlyMap<string, unknown>
  try {
    members = new Map(Object.entries(parseForeignJson(bytes.toString('utf8')) as object))
  } catch {
    return 'invalid-format'
  }
  const event = members.get('event')
  if (event === undefined || event === null) return 'event-required'
  if (event === '') return 'event-blank'
  const fields = members.get('fields')
  if (fields === undefined || fields === null) return undefined
  const isObject = typeof fields === 'object' && !Array.isArray(fields)
  return isObject ? undefined : 'fields-invalid'
}

function skipBlanks(body: Buffer, from: number): number {
  let at = from
  while (at < body.length && blanks.has(body[at] ?? 0)) at++
  return at
}
