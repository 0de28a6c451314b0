import { isObject, type JsonObject } from '../parse/json.ts'
import { hasSyslogHeader, parseSyslog } from '../parse/syslog.ts'
import type { SyslogFields } from '../parse/syslog-header.ts'
import type { Read, Surroundings } from './draft.ts'
import { timeOf } from './json.ts'
import { recogniseLine } from './line-products.ts'
import type { LineProduct } from './product.ts'
import { fromEnvelope } from './syslog.ts'

/** Where shippers put a line and what its header said: rsyslog, syslog-ng, Fluent, Beats, journald, Log Analytics. */
const names = {
  message: ['message', 'MESSAGE', 'SyslogMessage', 'log', 'msg'],
  program: [
    'program',
    'programname',
    'PROGRAM',
    'SYSLOG_IDENTIFIER',
    'ident',
    'appname',
    'app_name',
    'ProcessName',
  ],
  pid: ['pid', 'procid', 'PID', '_PID', 'SYSLOG_PID', 'ProcessID'],
  host: ['host', 'hostname', 'HOST', '_HOSTNAME', 'HostName', 'Computer'],
  time: [
    '@timestamp',
    'timestamp',
    'time',
    'ISODATE',
    'EventTime',
    'TimeGenerated',
    '__REALTIME_TIMESTAMP',
  ],
} as const

/** Notations of any vendor: an object that has a line of these says more itself. */
const generic: ReadonlySet<string> = new Set(['key-values', 'csv'])

/**
 * The line an object of no product of its own carries as its message, and what the object says of it; undefined
 * where it has none, or says itself what it is (`product`).
 */
export function carriedLine(object: JsonObject, around: Surroundings): SyslogFields | undefined {
  if (object['product'] !== undefined) return undefined
  const message = firstText(object, names.message)
  if (message === undefined) return undefined
  const inner = hasSyslogHeader(message) ? parseSyslog(message, around) : undefined
  return {
    facility: inner?.facility,
    severity: inner?.severity,
    time: inner?.time ?? timeOf(firstText(object, names.time), around),
    host: inner?.host ?? hostOf(object),
    program: inner?.program ?? firstText(object, names.program),
    pid: inner?.pid ?? firstText(object, names.pid),
    messageId: inner?.messageId,
    structured: inner?.structured ?? {},
    message: inner?.message ?? message,
    wire: inner?.wire ?? 'none',
  }
}

/** The product whose line an object carries. */
export function carriedProduct(line: SyslogFields): LineProduct | undefined {
  const product = recogniseLine(line)
  return product === undefined || generic.has(product.format) ? undefined : product
}

/** What the line means, with what the object around it says kept as `unmapped.carrier`. */
export function fromCarrier(read: Read, line: SyslogFields, object: JsonObject): Read {
  const { draft, record } = fromEnvelope(read, line)
  const { message: _, MESSAGE: __, SyslogMessage: ___, log: ____, ...carrier } = object
  return {
    draft: { ...draft, unmapped: { ...draft.unmapped, carrier } },
    record: { ...object, ...record },
  }
}

function firstText(object: JsonObject, candidates: readonly string[]): string | undefined {
  for (const name of candidates) {
    const value = object[name]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number') return String(value)
  }
  return undefined
}

/** A name, or as the Elastic Common Schema has it `host.name`. */
function hostOf(object: JsonObject): string | undefined {
  const { host } = object
  if (isObject(host)) return firstText(host, ['name', 'hostname'])
  return firstText(object, names.host)
}
