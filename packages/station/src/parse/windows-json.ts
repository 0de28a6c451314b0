import { isObject, type JsonObject } from './json.ts'
import { type Parsed, parsed, unreadable } from './parsed.ts'

/** A Windows event with its fields flat, under the names Sigma rules use. */
export interface WindowsRecord {
  readonly eventId: number
  /** As written; empty if the record does not say. */
  readonly channel: string
  readonly provider: string
  readonly computer: string | undefined
  /** When it was written, as the record puts it. */
  readonly time: string | undefined
  /** EventID, Channel, Provider_Name, Computer and every field of EventData and UserData. */
  readonly fields: JsonObject
}

/**
 * Takes over an object, which becomes part of the record, and reads a Windows event from the shapes in use: flat (NXLog, OTRF), evtx_dump (`Event.System`, with
 * attributes inside or beside), winlogbeat 6 (`event_id`, `event_data`), winlogbeat 7 (`winlog`, ECS) and
 * OpenTelemetry's receiver (`event_id.id`), also as `body` of its log record.
 * Reason: `windows-json.no-event-id`.
 */
export function parseWindowsJson(object: JsonObject): Parsed<WindowsRecord> {
  const record =
    readEvtx(object) ?? readOpenTelemetry(object) ?? readWinlogbeat(object) ?? readFlat(object)
  if (!record) return unreadable('windows-json.no-event-id', 'no EventID in any known place')
  return parsed(record)
}

/** True of an object that can only be a Windows event. */
export function looksLikeWindows(object: JsonObject): boolean {
  const { Event: event, winlog } = object
  if (isOpenTelemetry(openTelemetryBody(object))) return true
  if (isObject(event) && isObject(event['System'])) return true
  if (isObject(winlog) && ('event_id' in winlog || 'channel' in winlog)) return true
  if ('log_name' in object && 'event_id' in object) return true
  if (!('EventID' in object)) return false
  return (
    'Channel' in object ||
    'SourceName' in object ||
    'Provider_Name' in object ||
    object['product'] === 'windows' ||
    'ProcessGuid' in object
  )
}

function readEvtx(object: JsonObject): WindowsRecord | undefined {
  const event = object['Event']
  if (!isObject(event) || !isObject(event['System'])) return undefined
  const system = event['System']
  const eventId = idOf(system['EventID'])
  if (eventId === undefined) return undefined
  const provider = text(attribute(system, 'Provider', 'Name'))
  return record(eventId, {
    channel: text(system['Channel']),
    provider,
    computer: text(system['Computer']),
    time: text(attribute(system, 'TimeCreated', 'SystemTime')),
    fields: {
      ...eventData(event['EventData']),
      ...userData(event['UserData']),
      RecordNumber: system['EventRecordID'],
      Level: system['Level'],
      Keywords: system['Keywords'],
      Opcode: system['Opcode'],
      Task: system['Task'],
    },
  })
}

/** Attribute of an XML element as evtx_dump writes it: inside (`#attributes`), beside (`X_attributes`), or flat. */
function attribute(parent: JsonObject, element: string, name: string): unknown {
  const value = parent[element]
  const places = [
    isObject(value) ? value['#attributes'] : undefined,
    parent[`${element}_attributes`],
  ]
  for (const place of places) if (isObject(place) && name in place) return place[name]
  return isObject(value) ? value[name] : (parent[`${element}_${name}`] ?? value)
}

/** EventData: fields by name, or a list of unnamed `Data`. */
function eventData(data: unknown): JsonObject {
  if (!isObject(data)) return {}
  const { '#attributes': _, Data: unnamed, ...named } = data
  if (unnamed === undefined) return named
  const list: unknown[] = Array.isArray(unnamed) ? unnamed : [unnamed]
  const fields = list.map((item, index): [string, unknown] => {
    const attributes = isObject(item) ? item['#attributes'] : undefined
    const name = isObject(attributes) ? text(attributes['Name']) : undefined
    return [name ?? `param${index + 1}`, isObject(item) ? (item['#text'] ?? '') : item]
  })
  return { ...named, ...Object.fromEntries(fields), Data: list.map(textOf).join('\n') }
}

function textOf(item: unknown): string {
  if (isObject(item)) return String(item['#text'] ?? '')
  return typeof item === 'string' ? item : JSON.stringify(item)
}

/** UserData holds one element of the provider's own, which holds the fields. */
function userData(data: unknown): JsonObject {
  if (!isObject(data)) return {}
  const inner = Object.entries(data).find(
    ([name, value]) => name !== '#attributes' && isObject(value),
  )
  if (!inner || !isObject(inner[1])) return data
  const { '#attributes': _, ...fields } = inner[1]
  return fields
}

function openTelemetryBody(object: JsonObject): JsonObject {
  const body = object['body'] ?? object['Body']
  return isObject(body) ? body : object
}

function isOpenTelemetry({ event_id: id, channel, provider }: JsonObject): boolean {
  return isObject(id) && 'id' in id && (typeof channel === 'string' || isObject(provider))
}

/** https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/windowseventlogreceiver */
function readOpenTelemetry(object: JsonObject): WindowsRecord | undefined {
  const body = openTelemetryBody(object)
  if (!isOpenTelemetry(body)) return undefined
  const eventId = idOf(member(body['event_id'], 'id'))
  if (eventId === undefined) return undefined
  const { data, ...flat } = asObject(body['event_data'])
  const pairs: unknown[] = Array.isArray(data) ? data : []
  return record(eventId, {
    channel: text(body['channel']),
    provider: text(member(body['provider'], 'name')),
    computer: text(body['computer']),
    time: text(body['system_time']),
    fields: {
      ...flat,
      ...Object.fromEntries(pairs.filter(isObject).flatMap(Object.entries)),
      RecordNumber: body['record_id'],
      Level: body['level'],
      Message: typeof body['message'] === 'string' ? body['message'] : undefined,
    },
  })
}

function readWinlogbeat(object: JsonObject): WindowsRecord | undefined {
  const { winlog } = object
  const system = isObject(winlog) ? winlog : object
  if (!isObject(winlog) && !('log_name' in object && 'event_id' in object)) return undefined
  const eventId = idOf(system['event_id'] ?? member(object['event'], 'code'))
  if (eventId === undefined) return undefined
  return record(eventId, {
    channel: text(system['channel'] ?? system['log_name']),
    provider: text(
      system['provider_name'] ?? system['source_name'] ?? member(object['event'], 'provider'),
    ),
    computer: text(system['computer_name'] ?? member(object['host'], 'name')),
    time: text(object['@timestamp']),
    fields: {
      ...asObject(system['user_data']),
      ...asObject(system['event_data']),
      RecordNumber: system['record_id'] ?? system['record_number'],
      Level: member(object['log'], 'level') ?? system['level'],
      Opcode: system['opcode'],
      Task: system['task'],
      Message: object['message'],
    },
  })
}

function readFlat(object: JsonObject): WindowsRecord | undefined {
  const eventId = idOf(object['EventID'] ?? object['EventId'])
  if (eventId === undefined) return undefined
  return record(eventId, {
    channel: text(object['Channel']) ?? channelOfFields(object),
    provider: text(
      object['Provider_Name'] ??
        object['SourceName'] ??
        object['ProviderName'] ??
        object['EventSourceName'],
    ),
    computer: text(object['Computer'] ?? object['Hostname'] ?? object['host']),
    // UtcTime is when Sysmon saw it; the others are when the record was written.
    time: text(
      object['EventTime'] ??
        object['TimeCreated'] ??
        object['@timestamp'] ??
        // Tables of Log Analytics.
        object['TimeGenerated'] ??
        object['UtcTime'],
    ),
    fields: object,
  })
}

/** Records cut down to their fields still show Sysmon by its time of observation. */
function channelOfFields(object: JsonObject): string | undefined {
  return 'UtcTime' in object || 'ProcessGuid' in object
    ? 'Microsoft-Windows-Sysmon/Operational'
    : undefined
}

interface Head {
  readonly channel: string | undefined
  readonly provider: string | undefined
  readonly computer: string | undefined
  readonly time: string | undefined
  readonly fields: JsonObject
}

function record(eventId: number, head: Head): WindowsRecord {
  const { channel = '', provider = '', computer, time } = head
  const fields = withoutSpaces(head.fields)
  fields['EventID'] = eventId
  if (channel) fields['Channel'] = channel
  if (provider) fields['Provider_Name'] = provider
  if (computer) fields['Computer'] = computer
  return { eventId, channel, provider, computer, time, fields }
}

/**
 * Defender writes `Threat Name`; Sigma's fields have no spaces (specification 2.1.0, "Field usage").
 * Most records are as they should be: these are not taken apart.
 */
function withoutSpaces(fields: JsonObject): JsonObject {
  for (const name in fields) {
    if (fields[name] !== undefined && !name.includes(' ')) continue
    const given = Object.entries(fields).filter(([, value]) => value !== undefined)
    return Object.fromEntries(given.map(([key, value]) => [key.replaceAll(' ', ''), value]))
  }
  return fields
}

function idOf(value: unknown): number | undefined {
  const plain = isObject(value) ? (value['#text'] ?? value['Value']) : value
  if (typeof plain !== 'number' && typeof plain !== 'string') return undefined
  const id = Number(plain)
  return plain !== '' && Number.isInteger(id) && id >= 0 && id < 2 ** 32 ? id : undefined
}

function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
