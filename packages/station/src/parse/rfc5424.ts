import { readIsoTime } from './instant.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'
import { readPriority, type StructuredData, type SyslogFields } from './syslog-header.ts'

const mostParameters = 256
const byteOrderMark = '\uFEFF'

/**
 * Reads `<PRI>1 TIMESTAMP HOST APP PROCID MSGID SD MSG` (RFC 5424 section 6).
 * A time that cannot be read and structured data that is not well formed do not lose the record:
 * the first is left out, the second stays in the message. Reason: `syslog.no-header`.
 */
export function parseRfc5424(text: string): Parsed<SyslogFields> {
  const priority = readPriority(text)
  if (!priority || text.slice(priority.end, priority.end + 2) !== '1 ') {
    return unreadable('syslog.no-header', 'no <PRI>1 at the start')
  }
  const words: string[] = []
  let at = priority.end + 2
  while (words.length < 5) {
    const space = text.indexOf(' ', at)
    if (space < 0) break
    words.push(text.slice(at, space))
    at = space + 1
  }
  if (words.length < 5) return unreadable('syslog.no-header', 'the header ends early')
  const [time = '-', host, program, pid, messageId] = words
  const data = readStructuredData(text, at)
  return parsed({
    facility: priority.facility,
    severity: priority.severity,
    time: readIsoTime(time, 'UTC'),
    host: nonNil(host),
    program: nonNil(program),
    pid: nonNil(pid),
    messageId: nonNil(messageId),
    structured: data.structured,
    message: withoutMark(text.slice(data.end)),
    wire: 'rfc5424',
  })
}

/** NILVALUE stands for nothing (RFC 5424 section 6). */
function nonNil(word: string | undefined): string | undefined {
  return word === undefined || word === '-' || word === '' ? undefined : word.slice(0, 255)
}

function withoutMark(message: string): string {
  const body = message.startsWith(' ') ? message.slice(1) : message
  return body.startsWith(byteOrderMark) ? body.slice(1) : body
}

/** RFC 5424 section 6.3; `end` is where the message starts. */
function readStructuredData(
  text: string,
  start: number,
): { structured: StructuredData; end: number } {
  if (text[start] !== '[') return { structured: {}, end: text[start] === '-' ? start + 1 : start }
  const elements: [string, Record<string, string>][] = []
  let at = start
  let room = mostParameters
  while (text[at] === '[') {
    const element = room > 0 ? readElement(text, at, room) : undefined
    if (!element) return { structured: {}, end: start }
    room -= element.count
    elements.push([element.id, element.parameters])
    at = element.end
  }
  return { structured: Object.fromEntries(elements), end: at }
}

function readElement(text: string, start: number, room: number) {
  const idEnd = endOfName(text, start + 1)
  if (idEnd === start + 1) return undefined
  const parameters: [string, string][] = []
  let at = idEnd
  while (text[at] === ' ') {
    while (text[at] === ' ') at++
    if (text[at] === ']') break
    const nameEnd = endOfName(text, at)
    if (parameters.length >= room || text.slice(nameEnd, nameEnd + 2) !== '="') return undefined
    const value = readQuoted(text, nameEnd + 2)
    if (!value) return undefined
    parameters.push([text.slice(at, nameEnd), value.text])
    at = value.end
  }
  if (text[at] !== ']') return undefined
  return {
    id: text.slice(start + 1, idEnd),
    parameters: Object.fromEntries(parameters),
    count: parameters.length + 1,
    end: at + 1,
  }
}

/** SD-NAME is at most 32 printable characters; vendors write longer ones, so 128 are taken. */
function endOfName(text: string, start: number): number {
  let at = start
  while (at - start < 128 && at < text.length && !' ="]'.includes(text.charAt(at))) at++
  return at
}

/** PARAM-VALUE up to its closing quote; `\"`, `\\` and `\]` are escapes. */
function readQuoted(text: string, start: number): { text: string; end: number } | undefined {
  let at = start
  let escaped = false
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') {
      escaped = true
      at++
    }
    at++
  }
  if (at >= text.length) return undefined
  const value = text.slice(start, at)
  return { text: escaped ? value.replace(/\\(["\\\]])/g, '$1') : value, end: at + 1 }
}
