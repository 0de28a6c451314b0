import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** A Suricata EVE record: the object, and its event type. */
export interface EveRecord {
  readonly type: string
  readonly fields: JsonObject
}

/** Recognises an EVE record. Reason: `suricata-eve.no-event-type`. */
export function parseSuricataEve(object: JsonObject): Parsed<EveRecord> {
  const type = object['event_type']
  return typeof type === 'string' && /^[a-z0-9_-]{1,40}$/.test(type)
    ? parsed({ type, fields: object })
    : unreadable('suricata-eve.no-event-type', 'the object has no event_type')
}

/** True of an object that can only be EVE: other products have an event_type too. */
export function looksLikeEve(object: JsonObject): boolean {
  if (typeof object['event_type'] !== 'string') return false
  const type = object['event_type']
  return (
    'flow_id' in object ||
    'pcap_cnt' in object ||
    ('src_ip' in object && 'dest_ip' in object) ||
    type in object
  )
}
