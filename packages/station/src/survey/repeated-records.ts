import { createHash } from 'node:crypto'
import { hasSyslogHeader, parseSyslog } from '../parse/syslog.ts'
import { decodeText } from '../parse/text.ts'

/**
 * How many of these records the others hold too, by what they say without the header a relay put before it. A
 * suspicion to show: the same line may well be written twice.
 */
export function repeatedRecords(
  records: readonly Uint8Array[],
  others: readonly Uint8Array[],
): number {
  const known = new Set(others.map(contentOf))
  return records.filter((record) => known.has(contentOf(record))).length
}

function contentOf(record: Uint8Array): string {
  const { text } = decodeText(record)
  const content = hasSyslogHeader(text)
    ? parseSyslog(text, { zone: 'UTC', receivedAt: 0 }).message
    : text
  return createHash('sha256').update(content.trim()).digest('base64')
}
