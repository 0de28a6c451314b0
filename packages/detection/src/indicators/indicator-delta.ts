import {
  type DetailSink,
  detailsAt,
  type FileReader,
  lengthOf,
  noFiles,
} from './indicator-details.ts'
import { IndicatorKey } from './indicator-key.ts'
import {
  type IndicatorLayer,
  type IndicatorTables,
  LayerBuilder,
  type Refusal,
} from './indicator-layer.ts'
import { causes, confidenceOf, ListProblems, secondsOf } from './indicator-list.ts'
import {
  type IndicatorRecord,
  longestRecord,
  readRecord,
  recordsIn,
  sizeOfRecord,
} from './indicator-record.ts'
import { readIndicator } from './indicator-text.ts'
import { StatementLookup } from './statement-lookup.ts'

/** What a source says from now on; it takes the place of what the same source said of the indicator. */
export interface AddedIndicator {
  readonly value: string
  readonly source: string
  /** 0 to 100; 50 where absent. */
  readonly confidence?: number
  /** RFC 3339; for ever where absent. */
  readonly valid_until?: string
  readonly comment?: string
}

/** What is no longer said: by one source, or by any. */
export interface RemovedIndicator {
  readonly value: string
  readonly source?: string
}

/** A change of what is known; where both lists name an indicator, what is added stands. */
export interface IndicatorDelta {
  /** Names the content after the change. */
  readonly version: string
  readonly add: readonly AddedIndicator[]
  readonly remove: readonly RemovedIndicator[]
}

/**
 * The tables after a change, as a small layer on top of those given, which stay as they are. What is no
 * indicator is among `problems` by its number in the change. `readFile` reads details that are in files.
 */
export function applyDelta(
  tables: IndicatorTables,
  delta: IndicatorDelta,
  readFile: FileReader = noFiles,
): IndicatorTables {
  const most = delta.add.length + delta.remove.length
  const builder = new LayerBuilder({ seed: tables.seed, most })
  const problems = new ListProblems()
  for (const [i, added] of delta.add.entries()) note(problems, `add ${i + 1}`, add(builder, added))
  for (const [i, { value, source }] of delta.remove.entries()) {
    note(problems, `remove ${i + 1}`, builder.remove(value, source))
  }
  const layer = builder.finish()
  const changed = { ...tables, version: delta.version, problems: problems.lines }
  if (layer.statements + layer.removals === 0) return changed
  const layers = [...tables.layers, layer]
  const count = tables.count + difference({ ...changed, layers }, tables, delta, readFile)
  return { ...changed, count, layers }
}

/**
 * One layer that says what several, oldest first, say together. It still takes back what layers below them
 * say. Nothing else changes by putting it in their place.
 */
export function mergeLayers(
  layers: readonly IndicatorLayer[],
  seed: number,
  readFile: FileReader = noFiles,
  sink?: DetailSink,
): IndicatorLayer {
  const most = layers.reduce((sum, { details }) => sum + recordsIn(lengthOf(details)), 0)
  const builder = new LayerBuilder({ seed, most, ...(sink === undefined ? {} : { sink }) })
  for (const layer of layers.toReversed()) {
    builder.beginOlder()
    builder.inherit(layer)
    copyLayer(layer, builder, readFile)
  }
  return builder.finish()
}

/**
 * From which of the layers on, oldest first, it pays to merge: those that are not at least three times what is
 * above them, so that a statement is copied only a few times however many changes come. Their number if none.
 */
export function mergeFrom(layers: readonly IndicatorLayer[]): number {
  let from = layers.length
  let above = 0
  for (let i = layers.length - 1; i >= 0; i--) {
    const size = sizeOf(layers[i])
    if (above > 0 && size >= above * 3) break
    above += size
    from = i
  }
  return layers.length - from < 2 ? layers.length : from
}

function sizeOf(layer: IndicatorLayer | undefined): number {
  return layer === undefined ? 0 : layer.statements + layer.removals
}

function add(builder: LayerBuilder, added: AddedIndicator): Refusal | 'no-time' | undefined {
  const { value, source, comment = '', valid_until = '' } = added
  const validUntil = secondsOf(valid_until)
  if (validUntil === undefined) return 'no-time'
  const confidence = confidenceOf(added.confidence)
  return builder.add({ written: value.trim(), source, confidence, validUntil, comment })
}

function note(problems: ListProblems, place: string, refusal: Refusal | 'no-time' | undefined) {
  if (refusal !== undefined) problems.add(`${place}: ${causes[refusal]}`)
}

const blockBytes = 1_048_576

function copyLayer(layer: IndicatorLayer, builder: LayerBuilder, readFile: FileReader): void {
  const end = lengthOf(layer.details)
  for (let offset = 0; offset < end; ) {
    const block = detailsAt(layer.details, offset, blockBytes, readFile)
    const last = offset + block.length >= end
    const copied = copyRecords(
      block,
      last ? block.length : block.length - longestRecord,
      (record) => {
        const source = builder.sourceOf(layer.sources, record.source)
        if (source >= 0) builder.copy({ ...record, source })
      },
    )
    if (copied === 0) throw new Error('the details of a layer are damaged')
    offset += copied
  }
}

/** Tells `each` the records that begin before `end`; answers the bytes they take. */
function copyRecords(
  block: Uint8Array,
  end: number,
  each: (record: IndicatorRecord) => void,
): number {
  let at = 0
  while (at < end) {
    const record = readRecord(block, at)
    if (record === undefined) return 0
    each(record)
    at += sizeOfRecord(block, at)
  }
  return at
}

/** How many statements more there are of the indicators a change names. */
function difference(
  after: IndicatorTables,
  before: IndicatorTables,
  { add: added, remove }: IndicatorDelta,
  readFile: FileReader,
): number {
  const key = new IndicatorKey(before.seed)
  const old = new StatementLookup(before, readFile)
  const now = new StatementLookup(after, readFile)
  const counted = new Set<string>()
  let more = 0
  for (const { value } of [...added, ...remove]) {
    const indicator = readIndicator(value)
    const kind = indicator && key.put(indicator)
    if (kind === undefined || counted.has(`${key.lo} ${key.hi}`)) continue
    counted.add(`${key.lo} ${key.hi}`)
    const part = { kind, from: 0, to: key.length }
    more += now.statements(key, part, long).length - old.statements(key, part, long).length
  }
  return more
}

/** Before anything runs out. */
const long = '1970-01-01T00:00:00Z'
