import { parseForeignJson } from '@haidang/contracts/json-nesting'
import {
  deepestValue,
  exactNumber,
  noAttributes,
  type OtlpAttributes,
  type OtlpLogs,
  type OtlpRecord,
  type OtlpScope,
  type OtlpValue,
  TooDeep,
} from './otlp-record.ts'

type Members = Readonly<Record<string, unknown>>

/**
 * Reads `ExportLogsServiceRequest` in JSON (OTLP's JSON Protobuf Encoding: camel case, ids in hexadecimal,
 * numbers of 64 bits as text or number). What has the wrong type counts as absent. Throws SyntaxError for
 * what is no JSON object.
 */
export function readJsonLogs(text: string): OtlpLogs {
  const request: unknown = parseForeignJson(text)
  if (!isMembers(request)) throw new SyntaxError('the request is no object')
  let refused = 0
  const groups = listOf(request['resourceLogs']).flatMap((resourceLogs) => {
    const resource = attributesOf(membersOf(resourceLogs['resource'])['attributes'])
    return listOf(resourceLogs['scopeLogs']).map((scopeLogs) => {
      const records: OtlpRecord[] = []
      for (const record of listOf(scopeLogs['logRecords'])) {
        const read = recordOf(record)
        if (read) records.push(read)
        else refused++
      }
      return { resource, scope: scopeOf(membersOf(scopeLogs['scope'])), records }
    })
  })
  return { groups, refused }
}

/** Undefined: nested too deep. */
function recordOf(given: Members): OtlpRecord | undefined {
  try {
    return {
      ...member('time_unix_nano', nanosOf(given['timeUnixNano'])),
      ...member('observed_time_unix_nano', nanosOf(given['observedTimeUnixNano'])),
      ...member('severity_number', smallOf(given['severityNumber'])),
      ...member('severity_text', textOf(given['severityText'])),
      ...member('event_name', textOf(given['eventName'])),
      ...member('flags', smallOf(given['flags'])),
      ...member('trace_id', textOf(given['traceId'])),
      ...member('span_id', textOf(given['spanId'])),
      ...(isMembers(given['body']) && { body: anyValue(given['body'], 0) }),
      ...(Array.isArray(given['attributes']) && { attributes: attributesOf(given['attributes']) }),
    }
  } catch (error) {
    if (error instanceof TooDeep) return undefined
    throw error
  }
}

function scopeOf(given: Members): OtlpScope {
  return {
    ...member('name', textOf(given['name'])),
    ...member('version', textOf(given['version'])),
    ...(Array.isArray(given['attributes']) && { attributes: attributesOf(given['attributes']) }),
  }
}

function attributesOf(given: unknown, depth = 0): OtlpAttributes {
  const attributes = noAttributes()
  for (const { key, value } of listOf(given)) {
    if (typeof key === 'string') attributes[key] = anyValue(membersOf(value), depth)
  }
  return attributes
}

const readers: Readonly<Record<string, (value: unknown, depth: number) => OtlpValue>> = {
  stringValue: (value) => textOf(value) ?? null,
  boolValue: (value) => value === true,
  intValue: (value) => wholeOf(value),
  doubleValue: (value) => (typeof value === 'number' ? value : (textOf(value) ?? null)),
  bytesValue: (value) => textOf(value) ?? null,
  arrayValue: (value, depth) =>
    listOf(membersOf(value)['values']).map((each) => anyValue(each, depth + 1)),
  kvlistValue: (value, depth) => attributesOf(membersOf(value)['values'], depth + 1),
}

function anyValue(given: Members, depth: number): OtlpValue {
  if (depth >= deepestValue) throw new TooDeep()
  for (const [kind, read] of Object.entries(readers)) {
    if (Object.hasOwn(given, kind)) return read(given[kind], depth)
  }
  return null
}

function wholeOf(value: unknown): OtlpValue {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? exactNumber(BigInt(value)) : null
}

/** Nanoseconds since the epoch as text. */
function nanosOf(value: unknown): string | undefined {
  if (typeof value === 'number' && value >= 0 && value < 2 ** 64)
    return BigInt(Math.trunc(value)).toString()
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : undefined
}

function smallOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function member<K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [name]: value } as Record<K, V>)
}

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isMembers) : []
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {}
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
