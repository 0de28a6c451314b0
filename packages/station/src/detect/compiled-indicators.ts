import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { endianness } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import type { IndicatorTable } from '@haidang/detection/indicators/indicator-table'
import { z } from 'zod'

/** Raised when the same lists would give other tables or details. */
const format = `haidang indicators 1 ${endianness()}\n`
const prefixBytes = format.length + 8
const mostHeader = 16 * 1_048_576
const blockBytes = 8_388_608

const Header = z.object({
  identity: z.string(),
  version: z.string(),
  seed: z.number(),
  count: z.number(),
  problems: z.array(z.string()),
  layer: z.object({
    sources: z.array(z.string()),
    statements: z.number(),
    removals: z.number(),
    bits: z.array(z.number()),
    present: z.array(z.boolean()),
  }),
  table: z.object({ places: z.int().min(1), crc: z.number() }),
  details: z.object({ name: z.string(), bytes: z.number(), crc: z.number() }),
})
type Header = z.infer<typeof Header>

/** What is kept can be told from other tables by it, and what else belongs to it. */
export type CompiledFacts = Pick<Header, 'identity' | 'seed' | 'details'>

/**
 * Keeps tables of one layer, whose details are in a file of the same directory, for the next start: beside, flushed,
 * renamed. `identity` names what they were made from. Throws if they cannot be written or are of another shape.
 */
export function writeCompiled(path: string, tables: IndicatorTables, identity: string): void {
  const [layer, ...more] = tables.layers
  if (layer === undefined || more.length > 0 || layer.details instanceof Uint8Array) {
    throw new Error('only tables of one layer with details in a file are kept')
  }
  const { table, details, sources, statements, removals, bits, present } = layer
  const { version, seed, count, problems } = tables
  const header: Header = {
    identity,
    version,
    seed,
    count,
    problems: [...problems],
    layer: {
      statements,
      removals,
      sources: [...sources],
      bits: [...bits],
      present: [...present],
    },
    table: { places: table.lo.length, crc: crcOf(table) },
    details: { name: basename(details.path), bytes: details.bytes, crc: crcOfFile(details) },
  }
  const text = Buffer.from(JSON.stringify(header))
  const prefix = Buffer.alloc(prefixBytes)
  prefix.write(format)
  prefix.writeUInt32LE(text.length, format.length)
  prefix.writeUInt32LE(crc32(text), format.length + 4)
  const fresh = `${path}.new`
  rmSync(fresh, { force: true })
  const file = openSync(fresh, 'wx', 0o600)
  try {
    for (const bytes of [prefix, text, ...columnsOf(table)]) writeAll(file, bytes)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(fresh, path)
}

/** Of what is kept the facts alone. Throws if they are damaged. */
export function readCompiledFacts(path: string): CompiledFacts {
  return withFile(path, (file) => headerOf(file).header)
}

/** Tables that were kept. Throws if they were made from something else, or any byte of them or their details changed. */
export function readCompiled(path: string, identity: string): IndicatorTables {
  return withFile(path, (file) => {
    const { header, end } = headerOf(file)
    const { version, seed, count, problems, layer } = header
    if (header.identity !== identity) throw new Error('made from other lists')
    const { places, crc } = header.table
    if (fstatSync(file).size !== end + places * 12) throw new Error('of another length')
    const table = tableOf(places)
    let at = end
    for (const column of columnsOf(table)) at += readAll(file, column, at)
    if (crcOf(table) !== crc) throw new Error('the tables are damaged')
    const { name, bytes } = header.details
    const details = { path: join(dirname(path), basename(name)), bytes }
    if (crcOfFile(details) !== header.details.crc) throw new Error('the details are damaged')
    return { version, seed, count, problems, layers: [{ ...layer, table, details }] }
  })
}

function headerOf(file: number): { header: Header; end: number } {
  const prefix = Buffer.alloc(prefixBytes)
  readAll(file, prefix, 0)
  if (prefix.toString('utf8', 0, format.length) !== format) throw new Error('of another format')
  const length = prefix.readUInt32LE(format.length)
  if (length > mostHeader) throw new Error('the header is damaged')
  const text = Buffer.alloc(length)
  readAll(file, text, prefixBytes)
  if (crc32(text) !== prefix.readUInt32LE(format.length + 4)) {
    throw new Error('the header is damaged')
  }
  const header = Header.parse(JSON.parse(text.toString('utf8')))
  return { header, end: prefixBytes + length }
}

function tableOf(places: number): IndicatorTable {
  const column = () => new SharedArrayBuffer(places * 4)
  return {
    lo: new Int32Array(column()),
    hi: new Int32Array(column()),
    at: new Uint32Array(column()),
  }
}

function columnsOf({ lo, hi, at }: IndicatorTable): Uint8Array[] {
  return [lo, hi, at].map(({ buffer, byteOffset, byteLength }) => {
    return new Uint8Array(buffer, byteOffset, byteLength)
  })
}

function crcOf(table: IndicatorTable): number {
  return columnsOf(table).reduce((crc, column) => crc32(column, crc), 0)
}

/** Throws if the file has another length. */
function crcOfFile({ path, bytes }: { readonly path: string; readonly bytes: number }): number {
  return withFile(path, (file) => {
    if (fstatSync(file).size !== bytes) throw new Error('the details are of another length')
    const block = new Uint8Array(blockBytes)
    let crc = 0
    for (let at = 0; at < bytes; ) {
      const part = block.subarray(0, Math.min(blockBytes, bytes - at))
      at += readAll(file, part, at)
      crc = crc32(part, crc)
    }
    return crc
  })
}

function withFile<T>(path: string, work: (file: number) => T): T {
  const file = openSync(path, 'r')
  try {
    return work(file)
  } finally {
    closeSync(file)
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(file, bytes, at, Math.min(bytes.length - at, blockBytes))
  }
}

/** Fills `bytes` from a place of the file on; answers how many. Throws if the file ends before. */
function readAll(file: number, bytes: Uint8Array, from: number): number {
  for (let at = 0; at < bytes.length; ) {
    const read = readSync(file, bytes, at, Math.min(bytes.length - at, blockBytes), from + at)
    if (read === 0) throw new Error('the file ends too early')
    at += read
  }
  return bytes.length
}
