import { parseRfc3164, type Sent } from './rfc3164.ts'
import { parseRfc5424 } from './rfc5424.ts'
import type { SyslogFields } from './syslog-header.ts'

/** Reads a syslog record of either format; text without any header becomes the message. Never fails. */
export function parseSyslog(text: string, sent: Sent): SyslogFields {
  const modern = parseRfc5424(text)
  return modern.ok ? modern.value : parseRfc3164(text, sent)
}

/** True if the text starts as a syslog record does: with a priority, or with a time a daemon would write. */
export function hasSyslogHeader(text: string): boolean {
  if (/^<\d{1,3}>/.test(text)) return true
  return /^(?:[*.]?[A-Z][a-z]{2} [ \d]\d (?:\d{4} )?\d{2}:\d{2}:\d{2}|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})/.test(
    text,
  )
}
