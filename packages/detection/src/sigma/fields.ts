import { Event } from '@haidang/contracts/event'
import { eventReader, type Family, readsObjects } from './field-mapping.ts'
import type { Reading } from './reading.ts'
import { recordReaders } from './record-names.ts'

/** What a field holds: undefined absent, null present and empty, else its text or its texts. */
export type FieldValue = string | readonly string[] | null | undefined

const deepest = 32
const mostLeaves = 4_096

/**
 * Reads a field by name: from the vendor's record (as a flat key, then as a path through objects and
 * arrays, then as what its vendor calls otherwise), else from the event by the family's mapping, else from
 * the event by its OCSF path. A record that speaks the family's names says all there is. An object is no
 * value, except to rules for cloud services: to them it is its JSON text and every text in it.
 */
export function fieldReader(name: string, family: Family): (reading: Reading) => FieldValue {
  const flat = flatReader(name)
  const path = name.includes('.') ? name.split('.') : undefined
  const translated = recordReaders(name)
  const ofEvent = eventPart(name, family, path)
  const text = readsObjects(family) ? textsWithin : textOf
  return (reading) => {
    let value = flat(reading.record)
    if (value === undefined && path !== undefined) value = descend(reading.record, path, 0)
    if (value !== undefined) return text(value)
    const vendor = translated?.[reading.speaks]
    if (vendor !== undefined) return textOf(vendor(reading.record))
    return reading.speaks === family ? undefined : text(ofEvent(reading))
  }
}

/** Asks for the event only where it may have an answer: most paths of vendors lead nowhere in it. */
function eventPart(
  name: string,
  family: Family,
  path: readonly string[] | undefined,
): (reading: Reading) => unknown {
  const mapped = eventReader(family, name)
  const isAttribute = path !== undefined && Object.hasOwn(Event.shape, path[0] ?? '')
  if (!isAttribute) return (reading) => mapped?.(reading.event)
  return (reading) => {
    const value = mapped?.(reading.event)
    return value === undefined ? descend(reading.event, path, 0) : value
  }
}

/** Reads every text of the record: what keywords are looked for in. A text log is its own leaf. */
export function readLeaves({ record, text }: Reading): readonly string[] {
  const leaves: string[] = []
  gather(record, 0, leaves)
  if (!text.startsWith('{')) leaves.push(text)
  return leaves
}

function gather(value: unknown, depth: number, leaves: string[]): void {
  if (leaves.length >= mostLeaves || value === null || value === undefined) return
  if (typeof value === 'string') leaves.push(value)
  else if (typeof value !== 'object') leaves.push(String(value))
  else if (depth < deepest) {
    for (const each of Object.values(value)) gather(each, depth + 1, leaves)
  }
}

/** Calls back with the path and text of every scalar of a record; bounded in depth and number. */
export function forEachLeaf(record: Readonly<Record<string, unknown>>, visit: LeafVisitor): void {
  walk(record, '', 0, { left: mostLeaves, visit })
}

type LeafVisitor = (path: string, text: string) => void

interface Walk {
  left: number
  readonly visit: LeafVisitor
}

function walk(value: unknown, path: string, depth: number, state: Walk): void {
  if (depth > deepest || state.left <= 0) return
  if (value === null || typeof value !== 'object') {
    state.left -= 1
    if (value !== null && value !== undefined) state.visit(path, String(value))
  } else if (Array.isArray(value)) {
    for (const each of value) walk(each, path, depth + 1, state)
  } else {
    walkMap(value, path, depth, state)
  }
}

function walkMap(map: object, path: string, depth: number, state: Walk): void {
  for (const [key, each] of Object.entries(map)) {
    walk(each, path === '' ? key : `${path}.${key}`, depth + 1, state)
  }
}

function flatReader(name: string): (record: Readonly<Record<string, unknown>>) => unknown {
  if (name in Object.prototype) {
    return (record) => (Object.hasOwn(record, name) ? record[name] : undefined)
  }
  return (record) => record[name]
}

function descend(value: unknown, path: readonly string[], from: number): unknown {
  if (from === path.length) return value
  if (value === null || typeof value !== 'object') return undefined
  if (Array.isArray(value)) {
    const found = value
      .map((each) => descend(each, path, from))
      .filter((each) => each !== undefined)
    return found.length === 0 ? undefined : found.flat()
  }
  const key = path[from] ?? ''
  if (!Object.hasOwn(value, key)) return undefined
  return descend((value as Record<string, unknown>)[key], path, from + 1)
}

function textOf(value: unknown): FieldValue {
  if (typeof value === 'string' || value === undefined || value === null) return value
  if (Array.isArray(value)) return value.filter(isScalar).map(String)
  return typeof value === 'object' ? [] : String(value)
}

function textsWithin(value: unknown): FieldValue {
  if (value === null || typeof value !== 'object') return textOf(value)
  const texts: string[] = []
  walk(value, '', 0, { left: mostLeaves, visit: (_, leaf) => texts.push(leaf) })
  if (isWithin(value, deepest)) texts.push(JSON.stringify(value))
  return texts
}

function isWithin(value: unknown, depth: number): boolean {
  if (value === null || typeof value !== 'object') return true
  return depth > 0 && Object.values(value).every((each) => isWithin(each, depth - 1))
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object'
}
