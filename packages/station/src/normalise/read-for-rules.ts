import type { Event, Logsource } from '@haidang/contracts/event'
import type { RecordFormat } from '@haidang/contracts/source'
import type { Family } from '@haidang/detection/sigma/field-mapping'
import { familyOfFormat, type Reading } from '@haidang/detection/sigma/reading'
import { type JsonObject, parseJson } from '../parse/json.ts'
import { parseSuricataEve } from '../parse/suricata-eve.ts'
import { parseWindowsJson } from '../parse/windows-json.ts'
import { parseZeekJson } from '../parse/zeek-json.ts'
import { logsourceOf } from './json.ts'
import { isJsonFormat, recogniseJson } from './recognise.ts'
import { eveLogsource } from './suricata-eve.ts'
import { windowsLogsourceOf } from './windows.ts'
import { withSysmonNames } from './windows-names.ts'
import { zeekLogsource } from './zeek-json.ts'

/** What rules need of a record: its fields and its log source. */
interface Bare {
  readonly logsource: Logsource
  readonly record: JsonObject
}

/**
 * Reads a line of JSON just far enough for rules; the event is made by `eventOf` if a rule asks for it.
 * Undefined where only the whole way (readRecord) can tell what the record is.
 */
export function readForRules(
  text: string,
  format: RecordFormat,
  eventOf: () => Event,
): Reading | undefined {
  if (!text.startsWith('{') || (format !== 'auto' && !isJsonFormat(format))) return undefined
  const object = parseJson(text)
  if (!object.ok) return undefined
  const product = format === 'auto' || format === 'json' ? recogniseJson(object.value) : format
  const bare = bareOf(object.value, product)
  return bare && new LazyReading(bare, text, familyOfFormat(product), eventOf)
}

function bareOf(object: JsonObject, format: RecordFormat): Bare | undefined {
  if (format === 'windows-json') {
    const windows = parseWindowsJson(object)
    if (!windows.ok) return undefined
    const logsource = windowsLogsourceOf(windows.value)
    return { logsource, record: withSysmonNames(windows.value.fields, logsource) }
  }
  if (format === 'zeek-json') {
    const zeek = parseZeekJson(object)
    if (!zeek.ok) return undefined
    return { logsource: zeekLogsource(zeek.value.path), record: zeek.value.fields }
  }
  if (format === 'suricata-eve') {
    const eve = parseSuricataEve(object)
    return eve.ok ? { logsource: eveLogsource(eve.value.type), record: object } : undefined
  }
  return { logsource: logsourceOf(object), record: object }
}

class LazyReading implements Reading {
  readonly logsource: Logsource
  readonly record: JsonObject
  readonly text: string
  readonly speaks: Family
  readonly #eventOf: () => Event
  #event: Event | undefined

  constructor({ logsource, record }: Bare, text: string, speaks: Family, eventOf: () => Event) {
    this.logsource = logsource
    this.record = record
    this.text = text
    this.speaks = speaks
    this.#eventOf = eventOf
  }

  get event(): Event {
    this.#event ??= this.#eventOf()
    return this.#event
  }
}
