import type { RecordFormat } from '@haidang/contracts/source'
import { parseAccessLog } from '../parse/access-log.ts'
import { looksLikeAuditd, parseAuditd } from '../parse/auditd.ts'
import { type JsonObject, parseJson } from '../parse/json.ts'
import type { Unreadable } from '../parse/parsed.ts'
import { parseSuricataEve } from '../parse/suricata-eve.ts'
import { hasSyslogHeader, parseSyslog } from '../parse/syslog.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import { parseWindowsJson } from '../parse/windows-json.ts'
import { parseZeekJson } from '../parse/zeek-json.ts'
import { normaliseAccessLog } from './access-log.ts'
import { normaliseAuditd } from './auditd.ts'
import type { Read, Surroundings } from './draft.ts'
import { normaliseJson } from './json.ts'
import {
  isJsonFormat,
  type JsonFormat,
  jsonPart,
  type LineFormat,
  recogniseJson,
  recogniseProgram,
} from './recognise.ts'
import { normaliseSshd } from './sshd.ts'
import { normaliseSudo } from './sudo.ts'
import { normaliseEve } from './suricata-eve.ts'
import { fromEnvelope, normaliseSyslog } from './syslog.ts'
import { normaliseWindows } from './windows.ts'
import { normaliseZeek } from './zeek-json.ts'

/** A record read to a draft, the format that was recognised, and whether the sender marks it as simulated. */
export type ReadRecord =
  | (Read & { readonly ok: true; readonly format: string; readonly simulated: boolean })
  | (Unreadable & { readonly format: string })

type Normalise<T> = (from: T, around: Surroundings) => Read

const lineNormalisers: Readonly<Record<LineFormat, Normalise<SyslogFields>>> = {
  sshd: normaliseSshd,
  sudo: normaliseSudo,
  syslog: normaliseSyslog,
  'access-log': (fields) => {
    const line = parseAccessLog(fields.message)
    return line.ok ? fromEnvelope(normaliseAccessLog(line.value), fields) : normaliseSyslog(fields)
  },
  auditd: (fields) => {
    const line = parseAuditd(fields.message)
    return line.ok ? fromEnvelope(normaliseAuditd(line.value), fields) : normaliseSyslog(fields)
  },
}

/**
 * Reads one record of text. Syslog headers are taken off whatever the format; what they carry is read as
 * the source's format, or for `auto` and `syslog` as what it shows itself to be.
 */
export function readRecord(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const bare = jsonPart(text)
  if (bare !== undefined && format !== 'syslog') return readJson(bare, format, around)
  if (isAuditd(text, format)) return readAuditd(text)
  if (isAccessLog(text, format)) return readAccessLog(text)
  if (isJsonFormat(format) && !hasSyslogHeader(text)) return readJson(text, format, around)
  return readSyslog(text, format, around)
}

function isAuditd(text: string, format: RecordFormat): boolean {
  if (format !== 'auto' && format !== 'auditd') return false
  return looksLikeAuditd(text) || (format === 'auditd' && !hasSyslogHeader(text))
}

function readAuditd(text: string): ReadRecord {
  const line = parseAuditd(text)
  if (!line.ok) return { ...line, format: 'auditd' }
  return { ok: true, format: 'auditd', simulated: false, ...normaliseAuditd(line.value) }
}

function isAccessLog(text: string, format: RecordFormat): boolean {
  if (format !== 'auto' && format !== 'access-log') return false
  return !hasSyslogHeader(text) && (format === 'access-log' || parseAccessLog(text).ok)
}

function readAccessLog(text: string): ReadRecord {
  const line = parseAccessLog(text)
  if (!line.ok) return { ...line, format: 'access-log' }
  return { ok: true, format: 'access-log', simulated: false, ...normaliseAccessLog(line.value) }
}

function readSyslog(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const fields = parseSyslog(text, around)
  const simulated = markedInStructuredData(fields)
  const json = jsonPart(fields.message)
  if (json !== undefined || isJsonFormat(format)) {
    const read = readJson(json ?? fields.message, format === 'syslog' ? 'auto' : format, around)
    if (read.ok) {
      return { ...read, ...fromEnvelope(read, fields), simulated: simulated || read.simulated }
    }
    if (isJsonFormat(format)) return read
  }
  const line = lineFormatOf(fields, format)
  return { ok: true, format: line, simulated, ...lineNormalisers[line](fields, around) }
}

function lineFormatOf(fields: SyslogFields, format: RecordFormat): LineFormat {
  if (looksLikeAuditd(fields.message)) return 'auditd'
  const recognised = recogniseProgram(fields.program)
  if (recognised !== 'syslog') return recognised
  if ((format === 'sshd' || format === 'sudo') && fields.program === undefined) return format
  return parseAccessLog(fields.message).ok ? 'access-log' : 'syslog'
}

function markedInStructuredData({ structured }: SyslogFields): boolean {
  return Object.entries(structured).some(
    ([id, parameters]) => /^haidang(?:@|$)/.test(id) && parameters['simulated'] === 'true',
  )
}

function readJson(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const wanted = isJsonFormat(format) ? format : undefined
  const object = parseJson(text)
  if (!object.ok) return { ...object, format: wanted ?? 'json' }
  const product = wanted && wanted !== 'json' ? wanted : recogniseJson(object.value)
  const read = readProduct(object.value, product, around)
  if (!('draft' in read)) return { ...read, format: product }
  const simulated = object.value['simulated'] === true
  return { ok: true, format: product, simulated, ...read }
}

function readProduct(
  object: JsonObject,
  format: JsonFormat,
  around: Surroundings,
): Read | Unreadable {
  if (format === 'suricata-eve') {
    const eve = parseSuricataEve(object)
    return eve.ok ? normaliseEve(eve.value, around) : eve
  }
  if (format === 'zeek-json') {
    const zeek = parseZeekJson(object)
    return zeek.ok ? normaliseZeek(zeek.value, around) : zeek
  }
  if (format === 'windows-json') {
    const windows = parseWindowsJson(object)
    return windows.ok ? normaliseWindows(windows.value, around) : windows
  }
  return normaliseJson(object, around)
}
