import type { Logsource } from '@haidang/contracts/event'
import type { KnownFormat } from '@haidang/contracts/record-format'
import type { JsonObject } from '../parse/json.ts'
import type { Unreadable } from '../parse/parsed.ts'
import type { StructuredData, SyslogFields } from '../parse/syslog-header.ts'
import type { Read, Surroundings } from './draft.ts'

/**
 * A product or notation whose records are lines of text, with a syslog header or without; the table of all
 * is line-products.ts. Everything here is pure, never throws, and takes time in proportion to the line.
 */
export interface LineProduct {
  readonly format: KnownFormat
  /** Programs of syslog headers, in lower case, that write nothing else. */
  readonly programs?: readonly string[]
  /** Whether a text without its header, and what the header named, can only be this; asked of every line nobody else knows, so quick. */
  readonly recognises?: (
    text: string,
    program: string | undefined,
    structured: StructuredData,
  ) => boolean
  /** Reads the message; what the header knows and the draft does not is added by the caller. */
  readonly read: (fields: SyslogFields, around: Surroundings) => Read | Unreadable
}

/** What rules need of a record: its log source, and its fields under the names rules use. */
export interface Bare {
  readonly logsource: Logsource
  readonly record: JsonObject
}

/** A product whose records are JSON objects; the table of all is json-products.ts. */
export interface JsonProduct {
  readonly format: KnownFormat
  /** Whether an object can only be of this product. */
  readonly recognises: (object: JsonObject) => boolean
  /** Takes the object over. */
  readonly read: (object: JsonObject, around: Surroundings) => Read | Unreadable
  /** Takes the object over and reads it just far enough for rules; undefined where only `read` can tell. */
  readonly bare: (object: JsonObject) => Bare | undefined
}
