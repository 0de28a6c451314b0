import type { RecordFormat } from '@haidang/contracts/record-format'
import { isObject, type JsonObject, parseJson } from '../parse/json.ts'
import { hasSyslogHeader } from '../parse/syslog.ts'
import type { Draft, Surroundings } from './draft.ts'
import { normaliseJson } from './json.ts'
import { type ReadRecord, readObject, readRecord } from './read-record.ts'

const nanosecondsPerMillisecond = 1_000_000n

/**
 * Reads a log record of OpenTelemetry as the OTLP collector keeps it. A body that is a record of a known
 * kind (a line some receiver read, an event of Windows) is read as that; any other is a message whose
 * attributes are looked through for the usual names. Time, host, severity and event name of the log record
 * count where the body says nothing; everything but the body is kept as `unmapped.otel`.
 */
export function readOtlp(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const wrapper = parseJson(text)
  if (!wrapper.ok) return { ...wrapper, format: 'otlp' }
  const { body, ...about } = wrapper.value
  const read = readBody(body, about, format, around) ?? readGeneric(body, about, around)
  if (!read.ok) return read
  return { ...read, draft: completed(read.draft, about, read.format === 'otlp') }
}

/** The body as a record of a known kind; undefined: it is none. */
function readBody(
  body: unknown,
  about: JsonObject,
  format: RecordFormat,
  around: Surroundings,
): ReadRecord | undefined {
  if (isObject(body)) return readMap(body, format, around)
  if (typeof body !== 'string' || body.trim() === '') return undefined
  const read = readRecord(body, format, around)
  if (format !== 'auto') return read
  if (!read.ok || (read.format === 'syslog' && !hasSyslogHeader(body))) return undefined
  return read.format === 'json' ? readGeneric(read.record, about, around) : read
}

function readMap(
  body: JsonObject,
  format: RecordFormat,
  around: Surroundings,
): ReadRecord | undefined {
  const read = readObject(body, format, around)
  return read.ok && read.format === 'json' ? undefined : read
}

function readGeneric(body: unknown, about: JsonObject, around: Surroundings): ReadRecord {
  const said = isObject(body) ? body : body === undefined ? {} : { message: asText(body) }
  const object = { ...membersOf(about['resource']), ...membersOf(about['attributes']), ...said }
  const { draft, record } = normaliseJson(object, around)
  const product = object['service.name']
  return {
    ok: true,
    format: 'otlp',
    simulated: object['simulated'] === true,
    draft: {
      ...draft,
      product: typeof product === 'string' && product ? product : 'opentelemetry',
    },
    record,
  }
}

function completed(draft: Draft, about: JsonObject, isGeneric: boolean): Draft {
  const hostname = membersOf(about['resource'])['host.name']
  const name = about['event_name']
  const time = draft.time ?? timeOf(about)
  return {
    ...draft,
    time,
    ...(draft.time === undefined &&
      time !== undefined && { original_time: String(stampOf(about)) }),
    ...(isGeneric && { severity: severityOf(about) ?? draft.severity }),
    ...(draft.event_code === undefined && typeof name === 'string' && name && { event_code: name }),
    ...(!draft.device?.hostname &&
      typeof hostname === 'string' &&
      hostname && { device: { ...draft.device, hostname: hostname.slice(0, 255) } }),
    unmapped: { ...draft.unmapped, otel: about },
  }
}

/** When it happened; if that is not known, when the collector of OpenTelemetry saw it. */
function stampOf(about: JsonObject): unknown {
  const { time_unix_nano: time, observed_time_unix_nano: observed } = about
  return time === undefined || time === '0' ? observed : time
}

const latest = 253_402_300_799_000n

function timeOf(about: JsonObject): number | undefined {
  const stamp = stampOf(about)
  if (typeof stamp !== 'string' || !/^\d{1,20}$/.test(stamp)) return undefined
  const at = BigInt(stamp) / nanosecondsPerMillisecond
  return at > 0n && at <= latest ? Number(at) : undefined
}

/** OCSF severity of OpenTelemetry's SeverityNumber: four numbers each for trace, debug, info, warn, error, fatal. */
function severityOf(about: JsonObject): number | undefined {
  const number = about['severity_number']
  if (typeof number !== 'number' || number < 1 || number > 24) return undefined
  return [1, 1, 1, 3, 4, 6][Math.floor((number - 1) / 4)]
}

function membersOf(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
