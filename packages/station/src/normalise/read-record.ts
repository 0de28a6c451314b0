import type { RecordFormat } from '@haidang/contracts/record-format'
import { type JsonObject, parseJson } from '../parse/json.ts'
import type { Unreadable } from '../parse/parsed.ts'
import { hasSyslogHeader, parseSyslog } from '../parse/syslog.ts'
import { type SyslogFields, withoutHeader } from '../parse/syslog-header.ts'
import { carriedLine, carriedProduct, fromCarrier } from './carried-line.ts'
import type { Read, Surroundings } from './draft.ts'
import { jsonProductOf, productOfObject } from './json-products.ts'
import { lineProductOf, recogniseLine } from './line-products.ts'
import type { LineProduct } from './product.ts'
import { fromEnvelope, normaliseSyslog } from './syslog.ts'

/** A record read to a draft, the format that was recognised, and whether the sender marks it as simulated. */
export type ReadRecord =
  | (Read & { readonly ok: true; readonly format: string; readonly simulated: boolean })
  | (Unreadable & { readonly format: string })

/**
 * Reads one record of text. Syslog headers are taken off whatever the format; what they carry is read as
 * the source's format, or for `auto` and `syslog` as what it shows itself to be.
 */
export function readRecord(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const bare = jsonPart(text)
  if (bare !== undefined && format !== 'syslog') return readJson(bare, format, around)
  if (hasSyslogHeader(text)) return readSyslog(parseSyslog(text, around), format, around)
  if (jsonProductOf(format) !== undefined) return readJson(text, format, around)
  return readBareLine(text, format, around)
}

/** A line without a header: by its text, else what a daemon writes to a file of its own. */
function readBareLine(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const fields = withoutHeader(text)
  const product = format === 'syslog' ? undefined : (lineProductOf(format) ?? recogniseLine(fields))
  // Products known by their program alone read what stands behind `program[pid]:`.
  if (product?.recognises === undefined) {
    return readSyslog(parseSyslog(text, around), format, around)
  }
  const read = product.read(fields, around)
  if (!('draft' in read)) return { ...read, format: product.format }
  return { ok: true, format: product.format, simulated: false, ...read }
}

function readSyslog(fields: SyslogFields, format: RecordFormat, around: Surroundings): ReadRecord {
  const json = jsonPart(fields.message)
  const isJson = jsonProductOf(format) !== undefined
  if (json !== undefined || isJson) {
    const read = readJson(json ?? fields.message, format === 'syslog' ? 'auto' : format, around)
    if (read.ok) {
      const simulated = read.simulated || markedInStructuredData(fields)
      return { ...read, ...fromEnvelope(read, fields), simulated }
    }
    if (isJson) return read
  }
  return readMessage(fields, format, around)
}

/** What is no product's line is a syslog record with its message as it is. */
function readMessage(fields: SyslogFields, format: RecordFormat, around: Surroundings): ReadRecord {
  const simulated = markedInStructuredData(fields)
  for (const product of productsFor(fields, format)) {
    const read = product.read(fields, around)
    if (!('draft' in read)) continue
    return { ok: true, format: product.format, simulated, ...fromEnvelope(read, fields) }
  }
  return { ok: true, format: 'syslog', simulated, ...normaliseSyslog(fields) }
}

/** A header that names another program knows better than the source; a text that looks otherwise does not. */
function productsFor(fields: SyslogFields, format: RecordFormat): LineProduct[] {
  const shown = recogniseLine(fields)
  const said = lineProductOf(format)
  const inOrder = shown?.programs === undefined ? [said, shown] : [shown, said]
  return inOrder.filter((product) => product !== undefined)
}

function markedInStructuredData({ structured }: SyslogFields): boolean {
  return Object.entries(structured).some(
    ([id, parameters]) => /^haidang(?:@|$)/.test(id) && parameters['simulated'] === 'true',
  )
}

function readJson(text: string, format: RecordFormat, around: Surroundings): ReadRecord {
  const object = parseJson(text)
  if (!object.ok) return { ...object, format: jsonProductOf(format)?.format ?? 'json' }
  return readObject(object.value, format, around)
}

/** Reads a JSON object taken apart already, as `readRecord` reads its text. */
export function readObject(
  object: JsonObject,
  format: RecordFormat,
  around: Surroundings,
): ReadRecord {
  const simulated = object['simulated'] === true
  const product = productOfObject(object, format)
  const carried = product.format === 'json' ? readCarriedLine(object, format, around) : undefined
  if (carried) return { ...carried, simulated }
  const read = product.read(object, around)
  if (!('draft' in read)) return { ...read, format: product.format }
  return { ok: true, format: product.format, simulated, ...read }
}

/** The line of a known product that an object brings as its message; undefined: it brings none. */
function readCarriedLine(
  object: JsonObject,
  format: RecordFormat,
  around: Surroundings,
): Extract<ReadRecord, { ok: true }> | undefined {
  const line = carriedLine(object, around)
  if (line === undefined) return undefined
  const product = lineProductOf(format) ?? carriedProduct(line)
  const read = product?.read(line, around)
  if (product === undefined || read === undefined || !('draft' in read)) return undefined
  return { ok: true, format: product.format, simulated: false, ...fromCarrier(read, line, object) }
}

/** The JSON text a record carries: the record itself, or what follows `@cee:` (rsyslog, syslog-ng). */
function jsonPart(text: string): string | undefined {
  const start = text.trimStart()
  if (start.startsWith('{')) return start
  if (!start.startsWith('@cee:')) return undefined
  const body = start.slice('@cee:'.length).trimStart()
  return body.startsWith('{') ? body : undefined
}
