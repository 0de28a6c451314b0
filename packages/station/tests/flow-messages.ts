import type { SourceRow } from '../src/keep/station-tables.ts'
import { sourceRow } from './source-row.ts'

/** A source of flows, open to everybody. */
export function flowSource(change: Partial<SourceRow> = {}): SourceRow {
  return sourceRow({ id: 'src_flow', name: 'flows', collector: 'netflow', ...change })
}

/** A field of a template: number, length, and enterprise if it is not IANA's. */
export type Field = readonly [id: number, length: number, enterprise?: number]

export function word16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, 2 * index)
  return bytes
}

export function word32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * index)
  return bytes
}

/** A set with its header. */
export function setOf(id: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([word16(id, body.length + 4), body])
}

/** A template as version 9 and IPFIX announce it. */
export function templateOf(id: number, fields: readonly Field[]): Buffer {
  return Buffer.concat([word16(id, fields.length), ...fields.map(specifier)])
}

/** An options template of IPFIX; the first field is its scope. */
export function optionsOf(id: number, fields: readonly Field[]): Buffer {
  return Buffer.concat([word16(id, fields.length, 1), ...fields.map(specifier)])
}

function specifier([id, length, enterprise]: Field): Buffer {
  if (enterprise === undefined) return word16(id, length)
  return Buffer.concat([word16(id | 0x8000, length), word32(enterprise)])
}

interface Header {
  readonly sequence?: number
  readonly domain?: number
  /** Seconds since the epoch. */
  readonly exportTime?: number
  /** Milliseconds; version 9. */
  readonly uptime?: number
}

const someTime = 1_795_000_000

export function ipfixMessage(sets: readonly Uint8Array[], header: Header = {}): Buffer {
  const { sequence = 0, domain = 0, exportTime = someTime } = header
  const body = Buffer.concat(sets)
  return Buffer.concat([word16(10, body.length + 16), word32(exportTime, sequence, domain), body])
}

export function version9Message(sets: readonly Uint8Array[], header: Header = {}): Buffer {
  const { sequence = 0, domain = 0, exportTime = someTime, uptime = 1_000_000 } = header
  return Buffer.concat([
    word16(9, sets.length),
    word32(uptime, exportTime, sequence, domain),
    ...sets,
  ])
}

/** Source, destination, ports, protocol, bytes, packets: 22 octets. */
export const plainFields: readonly Field[] = [
  [8, 4],
  [12, 4],
  [7, 2],
  [11, 2],
  [4, 1],
  [6, 1],
  [1, 4],
  [2, 4],
]

/** A record of `plainFields`, told apart by its bytes. */
export function plainRecord(bytes: number): Buffer {
  return Buffer.concat([
    Buffer.from([192, 0, 2, 1, 198, 51, 100, 2]),
    word16(50_000, 443),
    Buffer.from([6, 0x1b]),
    word32(bytes, 3),
  ])
}

/** A datagram of version 5 with so many flows, told apart by their bytes, which follow the sequence. */
export function version5Message(count: number, { sequence = 0, sampling = 0 } = {}): Buffer {
  const header = Buffer.concat([
    word16(5, count),
    word32(1_000_000, someTime, 0, sequence),
    word16(0, sampling),
  ])
  const record = (index: number) =>
    Buffer.concat([
      Buffer.from([192, 0, 2, 1, 198, 51, 100, 2, 0, 0, 0, 0]),
      word16(1, 2),
      word32(3, sequence + index, 990_000, 995_000),
      word16(50_000, 443),
      Buffer.from([0, 0x1b, 6, 0]),
      word16(64_496, 64_511),
      Buffer.from([24, 24, 0, 0]),
    ])
  return Buffer.concat([header, ...Array.from({ length: count }, (_, index) => record(index))])
}

const ethernet = 1
const header = Buffer.concat([
  Buffer.from('00005e00530200005e005301', 'hex'),
  word16(0x8100, 20, 0x0800),
  Buffer.from([0x45, 0, 0, 40, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 2]),
  word16(53_000, 53, 20, 0),
])

/** A datagram of sFlow with so many samples of one packet, and one of counters. */
export function sflowDatagram(count: number, { sequence = 0, rate = 512 } = {}): Buffer {
  const packet = Buffer.concat([word32(ethernet, 1518, 4, header.length), header, Buffer.alloc(2)])
  // Behind the header what pmacct writes of a switch that knows no VLAN.
  const flow = Buffer.concat([word32(1, packet.length), packet, word32(1001, 16, 0, 0, 0, 0)])
  const sample = (index: number) =>
    Buffer.concat([word32(sequence + index, 7, rate, 0, 0, 4, 9, 2), flow])
  const samples = Array.from({ length: count }, (_, index) => sample(index)).map((body) =>
    Buffer.concat([word32(1, body.length), body]),
  )
  const counters = Buffer.concat([word32(2, 12), word32(1, 7, 0)])
  return Buffer.concat([
    word32(5, 1),
    Buffer.from([192, 0, 2, 10]),
    word32(0, 1, 5000, count + 1),
    ...samples,
    counters,
  ])
}
