import { ByteReader, SnapshotProblem } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'
import type { CorrelationState } from './correlation-state.ts'
import { nothing } from './entry-pool.ts'
import type { Tide } from './tide.ts'

const format = 'correlations/1'
const pieceBytes = 262_144

interface Kept {
  readonly identity: string
  readonly state: CorrelationState
}

/**
 * All events remembered, group by group, those touched longest ago first, in pieces that each take a millisecond
 * or two to make. What is written must not change before the last piece is made.
 */
export function* snapshotPieces(
  kept: readonly Kept[],
  marks: Tide['marks'],
): Generator<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter()
  writer.text(format)
  for (const mark of marks) writer.number(mark)
  writer.whole(kept.length)
  for (const { identity, state } of kept) {
    const { groups } = state
    writer.text(identity)
    writer.whole(groups.size)
    for (let group = groups.stalest; group !== nothing; group = groups.newerThan(group)) {
      let entry = beginGroup(writer, state, group)
      while (entry !== nothing) {
        entry = writeEntries(writer, state, entry)
        if (writer.length >= pieceBytes) yield writer.take()
      }
    }
  }
  yield writer.take()
}

/** Returns the first entry of the group. */
function beginGroup(writer: ByteWriter, { groups }: CorrelationState, group: number): number {
  writer.text(groups.keys[group] as string)
  writer.number(groups.firedAt[group] as number)
  writer.whole(groups.kept[group] as number)
  return groups.heads[group] as number
}

/** Writes entries from one on until a piece is full; returns the next. */
function writeEntries(writer: ByteWriter, { pool }: CorrelationState, first: number): number {
  let entry = first
  while (entry !== nothing && writer.length < pieceBytes) {
    writer.number(pool.times[entry] as number)
    writer.number(pool.numbers[entry] as number)
    writer.text(pool.texts[entry] as string)
    writer.text(pool.subjects[entry] as string)
    entry = pool.next[entry] as number
  }
  return entry
}

/**
 * Fills the state that `stateOf` names for each correlation of a snapshot (undefined: left out);
 * returns the marks of its tide. Throws SnapshotProblem for other bytes.
 */
export function readSnapshot(
  bytes: Uint8Array,
  stateOf: (identity: string) => CorrelationState | undefined,
): Tide['marks'] {
  const reader = new ByteReader(bytes)
  if (reader.text() !== format) throw new SnapshotProblem(`not a snapshot of format ${format}`)
  const marks = [reader.number(), reader.number(), reader.number()] as const
  for (let states = reader.whole(); states > 0; states--) {
    const state = stateOf(reader.text())
    for (let groups = reader.whole(); groups > 0; groups--) readGroup(reader, state)
  }
  if (!reader.ended || marks.some(Number.isNaN))
    throw new SnapshotProblem('the snapshot is damaged')
  return marks
}

function readGroup(reader: ByteReader, state: CorrelationState | undefined): void {
  const key = reader.text()
  const firedAt = reader.number()
  const entries = reader.whole()
  if (entries === 0 || state?.groups.has(key) === true) {
    throw new SnapshotProblem('the snapshot is damaged')
  }
  const group = state?.newGroup(key)
  let before = Number.NEGATIVE_INFINITY
  for (let i = 0; i < entries; i++) {
    const time = reader.number()
    const number = reader.number()
    const text = reader.text()
    const subject = reader.text()
    if (!(time >= before) || state?.fits(number) === false) {
      throw new SnapshotProblem('the snapshot is damaged')
    }
    before = time
    if (group !== undefined) state?.load(group, { time, number, text, subject })
  }
  if (state !== undefined && group !== undefined) state.groups.firedAt[group] = firedAt
}
