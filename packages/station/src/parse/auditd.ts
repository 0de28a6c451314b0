import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

const head = /^(?:node=(\S{1,255}) )?type=([A-Z0-9_]{1,64}) msg=audit\((\d{1,12}\.\d{3}):(\d+)\): ?/
// Of the enriched format, what auditd looked up stands behind a group separator (U+001D).
const pair =
  /(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{1,64})=("(?:[^"]{0,65536})"|'(?:[^']{0,65536})'|[^\s\p{Cc}]{0,65536})/gu
/** Fields read of a line; what stands beyond is only in the raw record. */
const mostFields = 1024
/** Fields whose value is bytes in hexadecimal where it holds what needs quoting. */
const encoded = /^(?:a\d+|comm|cmd|cwd|data|exe|name|proctitle|vm)$/
const hexadecimal = /^(?:[0-9A-F]{2}){2,}$/

/** True of a line of the audit log. */
export function looksLikeAuditd(text: string): boolean {
  return head.test(text)
}

/**
 * Reads one line of the Linux audit log: `type`, `audit_time` (seconds), `audit_id`, and every field under
 * its own name; encoded values in clear, arguments of a PROCTITLE apart by spaces. Of a field that stands
 * twice the last counts; at most 1,024 fields. Reason: `auditd.no-header`.
 */
export function parseAuditd(text: string): Parsed<JsonObject> {
  const found = head.exec(text)
  if (!found)
    return unreadable('auditd.no-header', 'the line does not begin with type=… msg=audit(…):')
  const [whole, node, type, time, id] = found
  const fields = fieldsIn(text.slice(whole.length))
  const about = { ...(node && { node }), type, audit_time: Number(time), audit_id: id }
  return parsed({ ...Object.fromEntries(fields), ...about })
}

function fieldsIn(text: string): [string, unknown][] {
  const fields: [string, unknown][] = []
  for (const [, name = '', value = ''] of text.matchAll(pair)) {
    const plain = plainOf(name, value)
    // What a program reported itself stands between apostrophes as pairs of its own.
    if (name !== 'msg' || !value.startsWith("'")) fields.push([name, plain])
    else fields.push(...reportedIn(plain, mostFields - fields.length))
    if (fields.length >= mostFields) break
  }
  return fields
}

function reportedIn(text: string, most: number): [string, unknown][] {
  const fields: [string, unknown][] = []
  for (const [, name = '', value = ''] of text.matchAll(pair)) {
    if (fields.push([name, plainOf(name, value)]) >= most) break
  }
  return fields
}

function plainOf(name: string, value: string): string {
  if (/^["']/.test(value)) return value.slice(1, -1)
  if (!encoded.test(name) || !hexadecimal.test(value)) return value
  return Buffer.from(value, 'hex').toString().replaceAll('\u0000', ' ')
}
