import { promisify } from 'node:util'
import { gunzip, zstdDecompress } from 'node:zlib'
import { isoOf } from '@haidang/runtime/clock'
import { keptOfLongRecord, longestRecord } from '../collector.ts'
import { ProtocolError } from '../protocol-error.ts'
import { MessagePackReader } from './message-pack.ts'

export interface FluentRecord {
  readonly bytes: Buffer
  /** Length before it was cut, if it was. */
  readonly cutFrom?: number
}

/** Records of one message, as lines of JSON, and what must be said back. */
export interface FluentMessage {
  readonly records: readonly FluentRecord[]
  /** Names the chunk; its sender waits for it. */
  readonly chunk: string | undefined
}

const mostRecords = 200_000
const longestUnpacked = 32 * 1_048_576
/** Lines of JSON made before others get a turn. */
const turn = 262_144

const unpackers: Readonly<Record<string, (bytes: Buffer, limit: object) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  zstd: promisify(zstdDecompress),
}

/**
 * Reads one message of the Fluent forward protocol, version 1, in each of its four modes. A record becomes its
 * JSON with `@timestamp` and `fluent_tag` where it has no such keys.
 * `spend` is told of bytes held besides. Throws ProtocolError.
 */
export async function readMessage(
  bytes: Buffer,
  spend: (bytes: number) => void,
): Promise<FluentMessage> {
  const reader = new MessagePackReader(bytes)
  const values = reader.array()
  if (values < 2 || values > 4) throw new ProtocolError(`a message of ${values} values`)
  const tag = reader.text()
  const { kind } = reader
  if (kind === 'array') {
    const records = await readEntries(reader, tag, reader.array())
    return { records, chunk: optionsOf(reader, values > 2).chunk }
  }
  if (kind === 'text' || kind === 'binary') {
    const packed = reader.bytes()
    const { chunk, compressed } = optionsOf(reader, values > 2)
    const plain = await unpack(packed, compressed)
    spend(plain.length)
    return { records: await readEntries(new MessagePackReader(plain), tag), chunk }
  }
  if (values < 3) throw new ProtocolError('a message without a record')
  const records = [line(reader, tag, readTime(reader))]
  return { records, chunk: optionsOf(reader, values > 3).chunk }
}

async function unpack(bytes: Buffer, compressed: string | undefined): Promise<Buffer> {
  if (compressed === undefined || compressed === 'text') return bytes
  const unpacker = Object.hasOwn(unpackers, compressed) ? unpackers[compressed] : undefined
  if (!unpacker) throw new ProtocolError(`entries compressed as ${compressed.slice(0, 20)}`)
  try {
    return await unpacker(bytes, { maxOutputLength: longestUnpacked })
  } catch (error) {
    throw new ProtocolError(`entries cannot be unpacked: ${String(error)}`)
  }
}

async function readEntries(reader: MessagePackReader, tag: string, most = Infinity) {
  const records: FluentRecord[] = []
  let sinceTurn = 0
  for (let i = 0; i < most && !reader.isAtEnd; i++) {
    if (i >= mostRecords) throw new ProtocolError(`more than ${mostRecords} records`)
    if (reader.array() !== 2) throw new ProtocolError('an entry is a time and a record')
    const record = line(reader, tag, readTime(reader))
    records.push(record)
    sinceTurn += record.bytes.length
    if (sinceTurn < turn) continue
    sinceTurn = 0
    await new Promise(setImmediate)
  }
  return records
}

/** Seconds, seconds with nanoseconds (extension 0), or either with metadata beside, as Fluent Bit 2 writes it. */
function readTime(reader: MessagePackReader): string | undefined {
  if (reader.kind === 'array') {
    const values = reader.array()
    const time = readTime(reader)
    for (let i = 1; i < values; i++) reader.skip()
    return time
  }
  if (reader.kind === 'extension') {
    const { type, bytes } = reader.extension()
    if (type !== 0 || bytes.length !== 8) throw new ProtocolError('no event time')
    return isoAt(bytes.readUInt32BE(0), bytes.readUInt32BE(4))
  }
  const seconds = Number(reader.number())
  return isoAt(Math.floor(seconds), Math.round((seconds % 1) * 1e9))
}

function isoAt(seconds: number, nanoseconds: number): string | undefined {
  if (!(seconds > 0 && seconds < 253_402_300_800 && nanoseconds >= 0 && nanoseconds < 1e9)) return
  const whole = isoOf(seconds * 1000).slice(0, 19)
  const fraction = String(nanoseconds).padStart(9, '0')
  return `${whole}.${fraction.endsWith('000000') ? fraction.slice(0, 3) : fraction}Z`
}

function line(reader: MessagePackReader, tag: string, time: string | undefined): FluentRecord {
  const { kind, length } = reader
  if (kind !== 'map') throw new ProtocolError('a record is a map')
  if (length > longestRecord) return cut(reader.skip())
  const pairs = Array.from({ length: reader.map() }, () => reader.pair(1))
  const keys = new Set(pairs.map(([key]) => key))
  const added: [string, string | undefined][] = [
    ['"@timestamp"', time],
    ['"fluent_tag"', tag],
  ]
  for (const [key, value] of added) {
    if (value !== undefined && !keys.has(key)) pairs.push([key, JSON.stringify(value)])
  }
  const bytes = Buffer.from(`{${pairs.map((pair) => pair.join(':')).join()}}`)
  return bytes.length > longestRecord ? cut(bytes) : { bytes }
}

function cut(bytes: Buffer): FluentRecord {
  return { bytes: Buffer.from(bytes.subarray(0, keptOfLongRecord)), cutFrom: bytes.length }
}

function optionsOf(reader: MessagePackReader, hasOptions: boolean) {
  const options: { chunk?: string; compressed?: string } = {}
  if (!hasOptions || reader.kind !== 'map') return options
  for (let pairs = reader.map(); pairs > 0; pairs--) {
    const key = reader.text()
    if (key === 'chunk') options.chunk = reader.text()
    else if (key === 'compressed') options.compressed = reader.text()
    else reader.skip()
  }
  return options
}
