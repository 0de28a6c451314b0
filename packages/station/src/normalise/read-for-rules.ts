import type { Event, Logsource } from '@haidang/contracts/event'
import type { RecordFormat } from '@haidang/contracts/record-format'
import type { Family } from '@haidang/detection/sigma/field-mapping'
import { familyOfFormat, type Reading } from '@haidang/detection/sigma/reading'
import { type JsonObject, parseJson } from '../parse/json.ts'
import { jsonProductOf, productOfObject } from './json-products.ts'
import type { Bare } from './product.ts'

/**
 * Reads a line of JSON just far enough for rules; the event is made by `eventOf` if a rule asks for it.
 * Undefined where only the whole way (readRecord) can tell what the record is.
 */
export function readForRules(
  text: string,
  format: RecordFormat,
  eventOf: () => Event,
): Reading | undefined {
  if (!text.startsWith('{') || (format !== 'auto' && jsonProductOf(format) === undefined)) {
    return undefined
  }
  const object = parseJson(text)
  if (!object.ok) return undefined
  const product = productOfObject(object.value, format)
  const bare = product.bare(object.value)
  return bare && new LazyReading(bare, text, familyOfFormat(product.format), eventOf)
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
