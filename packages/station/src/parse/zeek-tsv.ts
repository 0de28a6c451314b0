import { headEntry, readHeadedLine } from './headed-line.ts'
import type { JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'
import type { ZeekRecord } from './zeek-json.ts'

/** Columns of Zeek's commonest log, for lines that come without their head. */
const conn =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents'.split(
    ' ',
  )
const connShape =
  /^\d{9,11}\.\d{1,6}\tC[0-9A-Za-z]{8,24}\t[0-9a-f.:]{2,45}\t\d{1,5}\t[0-9a-f.:]{2,45}\t\d{1,5}\t(?:tcp|udp|icmp|unknown_transport)\t(?:[^\t]{0,255}\t){4}(?:S[0-3F]|REJ|RST[OR]S?0?|RSTRH|SHR?|OTH)\t/
const numbers: ReadonlySet<string> = new Set(['count', 'int', 'port', 'double', 'interval'])
const mostColumns = 256

/** True of a line that brings Zeek's head along, of that head, and of a connection without it. */
export function looksLikeZeekTsv(text: string): boolean {
  if (text.startsWith('#')) {
    return /^#(?:separator \\x09|set_separator\t|empty_field\t|unset_field\t|path\t|open\t|close\t|fields\t|types\t)/.test(
      text,
    )
  }
  return connShape.test(text)
}

/**
 * Reads a line of a log Zeek wrote as columns, by the `#path`, `#fields` and `#types` before it; a
 * connection also without them. What is `-` is left out, sets and vectors become lists. A line of the head
 * has no fields. https://docs.zeek.org/en/master/log-formats.html
 * Reasons: `zeek-tsv.no-head`, `zeek-tsv.columns`.
 */
export function parseZeekTsv(text: string): Parsed<ZeekRecord> {
  const { head, line } = readHeadedLine(text)
  if (line === '') return parsed({ path: '', fields: {} })
  const isConn = head.length === 0 && connShape.test(line)
  const path = isConn ? 'conn' : headEntry(head, '#path\t')
  const values = line.split('\t', mostColumns + 1)
  const names = isConn ? conn : headEntry(head, '#fields\t')?.split('\t')
  if (path === undefined || names === undefined) {
    return unreadable('zeek-tsv.no-head', 'no #path and #fields before the line')
  }
  // Some writers end each line with the separator.
  if (values.length === names.length + 1 && values.at(-1) === '') values.pop()
  // Newer versions add columns at the end.
  if (isConn ? values.length < names.length - 1 : values.length !== names.length) {
    return unreadable('zeek-tsv.columns', `${values.length} values for ${names.length} columns`)
  }
  const types = headEntry(head, '#types\t')?.split('\t') ?? []
  const fields = names.flatMap((name, at): [string, unknown][] => {
    const value = values[at]
    return value === undefined || value === '-' ? [] : [[name, readValue(value, types[at])]]
  })
  return parsed({ path, fields: Object.fromEntries(fields) satisfies JsonObject })
}

function readValue(text: string, type = ''): unknown {
  if (text === '(empty)') return /^(?:set|vector)\[/.test(type) ? [] : ''
  if (/^(?:set|vector)\[/.test(type)) return text.split(',')
  if (type === 'bool') return text === 'T'
  return numbers.has(type) && /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : text
}
