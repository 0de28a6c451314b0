import type { SpoolRecord } from '@haidang/runtime/spool/spool'

/** Records on their way to a worker: one buffer that is handed over, not copied. */
export interface PackedRecords {
  readonly bodies: Uint8Array<ArrayBuffer>
  /** End of each body in `bodies`. */
  readonly ends: Uint32Array<ArrayBuffer>
  readonly segments: Float64Array<ArrayBuffer>
  readonly offsets: Float64Array<ArrayBuffer>
  /** Milliseconds since the epoch. */
  readonly receivedAt: Float64Array<ArrayBuffer>
  /** Position of each record's origin and key in `names`. */
  readonly origins: Uint32Array<ArrayBuffer>
  readonly keys: Int32Array<ArrayBuffer>
  readonly names: readonly string[]
}

/** Copies records into one transferable chunk. A slice of a larger buffer would drag all of it along. */
export function packRecords(records: readonly SpoolRecord[]): PackedRecords {
  const size = records.reduce((sum, { body }) => sum + body.length, 0)
  const count = records.length
  const names = new Map<string, number>()
  const packed = {
    bodies: new Uint8Array(size),
    ends: new Uint32Array(count),
    segments: new Float64Array(count),
    offsets: new Float64Array(count),
    receivedAt: new Float64Array(count),
    origins: new Uint32Array(count),
    keys: new Int32Array(count),
  }
  let end = 0
  for (const [i, { body, position, receivedAt, origin, key }] of records.entries()) {
    packed.bodies.set(body, end)
    end += body.length
    packed.ends[i] = end
    packed.segments[i] = position.segment
    packed.offsets[i] = position.offset
    packed.receivedAt[i] = receivedAt
    packed.origins[i] = numberOf(origin, names)
    packed.keys[i] = key === undefined ? -1 : numberOf(key, names)
  }
  return { ...packed, names: [...names.keys()] }
}

/** The records again; bodies are views of the chunk. */
export function unpackRecords(packed: PackedRecords): SpoolRecord[] {
  const { bodies, ends, segments, offsets, receivedAt, origins, keys, names } = packed
  return Array.from(ends, (end, i) => ({
    position: { segment: segments[i] ?? 0, offset: offsets[i] ?? 0 },
    origin: names[origins[i] ?? 0] ?? '',
    key: names[keys[i] ?? -1],
    receivedAt: receivedAt[i] ?? 0,
    body: bodies.subarray(i === 0 ? 0 : ends[i - 1], end),
  }))
}

/** What of a chunk is handed over. */
export function transferOf(packed: PackedRecords): ArrayBuffer[] {
  const { bodies, ends, segments, offsets, receivedAt, origins, keys } = packed
  return [bodies, ends, segments, offsets, receivedAt, origins, keys].map(({ buffer }) => buffer)
}

function numberOf(name: string, names: Map<string, number>): number {
  const known = names.get(name)
  if (known !== undefined) return known
  names.set(name, names.size)
  return names.size - 1
}
