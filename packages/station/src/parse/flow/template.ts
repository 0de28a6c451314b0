import { type Parsed, parsed, unreadable } from '../parsed.ts'
import { elementOf, type Kind } from './elements.ts'
import { type FieldValue, valueAt } from './field-value.ts'

/** A field as a template announces it. */
export interface FieldSpecifier {
  /** 0: one of IANA's. */
  readonly enterprise: number
  readonly id: number
  /** Octets; 65535: each record says how many. */
  readonly length: number
}

/** What records of a set hold; plain data, to be kept and read again. */
export interface TemplateDefinition {
  readonly id: number
  readonly fields: readonly FieldSpecifier[]
  /** The first fields say what the others are about (options); 0: records are flows. */
  readonly scopes: number
}

/** A record as its template names it. */
export type FlowFields = Record<string, FieldValue>

interface Field {
  readonly name: string
  readonly kind: Kind
  readonly length: number
}

/** A template ready to read records. */
export interface Template extends TemplateDefinition {
  readonly readers: readonly Field[]
  /** Octets of its shortest record. */
  readonly shortest: number
}

const variable = 65_535
const mostFields = 512
const padding = 'paddingOctets'

/**
 * Makes a template ready. Refused are those without fields, with more than 512, or whose records may have no
 * octets at all. Reason: `flow.template-invalid`.
 */
export function compileTemplate(definition: TemplateDefinition): Parsed<Template> {
  const { id, fields, scopes } = definition
  const shortest = fields.reduce((sum, { length }) => sum + (length === variable ? 1 : length), 0)
  if (fields.length === 0 || fields.length > mostFields || shortest === 0 || id < 256) {
    return unreadable(
      'flow.template-invalid',
      `template ${id}: ${fields.length} fields, ${shortest} octets`,
    )
  }
  const taken = new Map<string, number>()
  const readers = fields.map(({ enterprise, id: number, length }) => {
    const { name, kind } = elementOf(enterprise, number)
    const times = (taken.get(name) ?? 0) + 1
    taken.set(name, times)
    return { name: times === 1 ? name : `${name}.${times}`, kind, length }
  })
  return parsed({ id, fields, scopes, readers, shortest })
}

/** A record and where the next begins; undefined where its lengths pass the end. */
export function recordAt(
  { readers }: Template,
  bytes: Buffer,
  from: number,
  end: number,
): { readonly fields: FlowFields; readonly next: number } | undefined {
  const fields: FlowFields = {}
  let at = from
  for (const { name, kind, length: said } of readers) {
    let length = said
    if (said === variable) {
      const told = lengthAt(bytes, at, end)
      if (told === undefined) return undefined
      length = told.length
      at = told.next
    }
    if (at + length > end) return undefined
    // No octets: no value.
    if (length > 0 && name !== padding) fields[name] = valueAt(kind, bytes, at, length)
    at += length
  }
  return { fields, next: at }
}

/** A length that stands before its value: one octet, or 255 and two (RFC 7011, section 7). */
function lengthAt(bytes: Buffer, at: number, end: number) {
  if (at >= end) return undefined
  const short = bytes.readUInt8(at)
  if (short < 255) return { length: short, next: at + 1 }
  return at + 3 > end ? undefined : { length: bytes.readUInt16BE(at + 1), next: at + 3 }
}
