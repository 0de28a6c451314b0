import { type Parsed, parsed, unreadable } from '../parsed.ts'
import type { FieldSpecifier, TemplateDefinition } from './template.ts'

/** A set of a message: templates, or records of one template. */
export interface FlowSet {
  /** 256 and above: the template its records are of. */
  readonly id: number
  /** Where its content lies in the message. */
  readonly from: number
  readonly end: number
}

/** A message of NetFlow version 9 (RFC 3954) or IPFIX (RFC 7011), its sets not yet read. */
export interface TemplateMessage {
  readonly protocol: 'netflow9' | 'ipfix'
  /** Source id or observation domain: whose templates these are, within the exporter. */
  readonly domain: number
  /** Counts messages (version 9) or records (IPFIX). */
  readonly sequence: number
  /** When it was exported by the exporter's clock, milliseconds since the epoch. */
  readonly exportTime: number
  /** When the exporter was started, by its clock; IPFIX does not say. */
  readonly bootTime: number | undefined
  readonly sets: readonly FlowSet[]
}

const mostSets = 1024
const enterpriseBit = 0x8000
const setHeader = 4

/** Header and sets of a message whose first octets say version 9 or 10. Reason: `flow.malformed`. */
export function parseTemplateMessage(bytes: Buffer): Parsed<TemplateMessage> {
  const isIpfix = bytes.readUInt16BE(0) === 10
  const header = isIpfix ? 16 : 20
  if (bytes.length < header)
    return malformed(`${bytes.length} octets, the header alone has ${header}`)
  // A datagram that was cut is refused: what is missing is missed in the sequence.
  const end = isIpfix ? bytes.readUInt16BE(2) : bytes.length
  if (end < header || end > bytes.length) return malformed(`${bytes.length} octets, ${end} said`)
  const sets = setsOf(bytes, header, end)
  if (typeof sets === 'string') return malformed(sets)
  return parsed({ ...(isIpfix ? ipfixHeader(bytes) : version9Header(bytes)), sets })
}

function ipfixHeader(bytes: Buffer) {
  return {
    protocol: 'ipfix' as const,
    exportTime: bytes.readUInt32BE(4) * 1000,
    bootTime: undefined,
    sequence: bytes.readUInt32BE(8),
    domain: bytes.readUInt32BE(12),
  }
}

function version9Header(bytes: Buffer) {
  const exportTime = bytes.readUInt32BE(8) * 1000
  return {
    protocol: 'netflow9' as const,
    exportTime,
    bootTime: exportTime - bytes.readUInt32BE(4),
    sequence: bytes.readUInt32BE(12),
    domain: bytes.readUInt32BE(16),
  }
}

function setsOf(bytes: Buffer, from: number, end: number): FlowSet[] | string {
  const sets: FlowSet[] = []
  let at = from
  // Less than the header of a set is padding.
  while (at + setHeader <= end) {
    const id = bytes.readUInt16BE(at)
    const length = bytes.readUInt16BE(at + 2)
    if (length < setHeader || at + length > end) return `set ${id} of ${length} octets at ${at}`
    if (sets.length === mostSets) return `more than ${mostSets} sets`
    sets.push({ id, from: at + setHeader, end: at + length })
    at += length
  }
  return sets
}

function malformed(detail: string) {
  return unreadable('flow.malformed', detail)
}

/** What a set of templates says; `withdrawn`: templates that count no more, 2 and 3 meaning all of a kind. */
export interface Announced {
  readonly templates: readonly TemplateDefinition[]
  readonly withdrawn: readonly number[]
}

/** Templates of a set; undefined: the set holds records, or nothing known. Reason: `flow.malformed`. */
export function parseTemplates(
  bytes: Buffer,
  { id, from, end }: FlowSet,
  protocol: TemplateMessage['protocol'],
): Parsed<Announced> | undefined {
  const read = templateReaders[protocol].get(id)
  if (read === undefined) return undefined
  const templates: TemplateDefinition[] = []
  const withdrawn: number[] = []
  let at = from
  while (at + setHeader <= end) {
    const found = read(bytes, at, end)
    if (found === undefined) return malformed(`set ${id}: a template passes its end`)
    if (found.template.fields.length === 0) withdrawn.push(found.template.id)
    else templates.push(found.template)
    at = found.next
  }
  return parsed({ templates, withdrawn })
}

interface Found {
  readonly template: TemplateDefinition
  readonly next: number
}
type TemplateReader = (bytes: Buffer, at: number, end: number) => Found | undefined

const templateReaders: Record<TemplateMessage['protocol'], ReadonlyMap<number, TemplateReader>> = {
  netflow9: new Map<number, TemplateReader>([
    [0, version9Template],
    [1, version9Options],
  ]),
  ipfix: new Map<number, TemplateReader>([
    [2, ipfixTemplate],
    [3, ipfixOptions],
  ]),
}

function version9Template(bytes: Buffer, at: number, end: number): Found | undefined {
  const id = bytes.readUInt16BE(at)
  const count = bytes.readUInt16BE(at + 2)
  const next = at + 4 + 4 * count
  if (next > end) return undefined
  return { template: { id, fields: plainFields(bytes, at + 4, count), scopes: 0 }, next }
}

/** Lengths of scopes and options are in octets (RFC 3954, 6.1). */
function version9Options(bytes: Buffer, at: number, end: number): Found | undefined {
  if (at + 6 > end) return end - at < 6 ? { template: empty, next: end } : undefined
  const id = bytes.readUInt16BE(at)
  const scopes = bytes.readUInt16BE(at + 2) >> 2
  const count = scopes + (bytes.readUInt16BE(at + 4) >> 2)
  const next = at + 6 + 4 * count
  if (next > end) return undefined
  const fields = plainFields(bytes, at + 6, count).map((field, index) =>
    index < scopes ? scopeField(field) : field,
  )
  return { template: { id, fields, scopes }, next }
}

const empty: TemplateDefinition = { id: 0, fields: [], scopes: 0 }
/** Numbers of version 9's scopes and the elements that say the same: system, interface, line card, cache, template. */
const scopeElements: Readonly<Record<number, number>> = { 1: 144, 2: 10, 3: 141, 4: 0, 5: 145 }

function scopeField({ id, length }: FieldSpecifier): FieldSpecifier {
  return { enterprise: 0, id: scopeElements[id] ?? 0, length }
}

function plainFields(bytes: Buffer, from: number, count: number): FieldSpecifier[] {
  return Array.from({ length: count }, (_, index) => ({
    enterprise: 0,
    id: bytes.readUInt16BE(from + 4 * index),
    length: bytes.readUInt16BE(from + 4 * index + 2),
  }))
}

function ipfixTemplate(bytes: Buffer, at: number, end: number): Found | undefined {
  const id = bytes.readUInt16BE(at)
  const count = bytes.readUInt16BE(at + 2)
  return ipfixFields(bytes, at + 4, end, { id, count, scopes: 0 })
}

function ipfixOptions(bytes: Buffer, at: number, end: number): Found | undefined {
  const id = bytes.readUInt16BE(at)
  const count = bytes.readUInt16BE(at + 2)
  if (count === 0) return { template: { id, fields: [], scopes: 0 }, next: at + 4 }
  if (at + 6 > end) return undefined
  const scopes = bytes.readUInt16BE(at + 4)
  // Options without a scope would be flows.
  if (scopes === 0 || scopes > count) return undefined
  return ipfixFields(bytes, at + 6, end, { id, count, scopes })
}

function ipfixFields(
  bytes: Buffer,
  from: number,
  end: number,
  { id, count, scopes }: { id: number; count: number; scopes: number },
): Found | undefined {
  const fields: FieldSpecifier[] = []
  let at = from
  for (let index = 0; index < count; index++) {
    if (at + 4 > end) return undefined
    const number = bytes.readUInt16BE(at)
    const length = bytes.readUInt16BE(at + 2)
    at += 4
    const isForeign = number >= enterpriseBit
    if (isForeign && at + 4 > end) return undefined
    fields.push({ enterprise: isForeign ? bytes.readUInt32BE(at) : 0, id: number & 0x7fff, length })
    if (isForeign) at += 4
  }
  return { template: { id, fields, scopes }, next: at }
}
