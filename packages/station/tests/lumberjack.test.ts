import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { deflateSync } from 'node:zlib'
import { silentLog } from '@haidang/runtime/silent-log'
import fc from 'fast-check'
import LumberjackClient from 'lumberjack-client'
import { expect, test, vi } from 'vitest'
import { HeldBytes } from '../src/collect/held-bytes.ts'
import { readLumberjack } from '../src/collect/lumberjack/lumberjack.ts'
import { LumberjackReader } from '../src/collect/lumberjack/lumberjack-reader.ts'
import { ProtocolError } from '../src/collect/protocol-error.ts'
import { StreamListener } from '../src/collect/stream-listener.ts'
import type { SourceRow } from '../src/keep/station-tables.ts'
import { sourceRow } from './source-row.ts'
import { clock, connected, listening, memoryIntake } from './stream-harness.ts'

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const window = (count: number) => Buffer.concat([Buffer.from('2W'), number(count)])
function event(sequence: number, content: string | Buffer): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return Buffer.concat([Buffer.from('2J'), number(sequence), number(bytes.length), bytes])
}
const packed = (...frames: Buffer[]) => {
  const bytes = deflateSync(Buffer.concat(frames))
  return Buffer.concat([Buffer.from('2C'), number(bytes.length), bytes])
}
const ack = (sequence: number) => Buffer.concat([Buffer.from('2A'), number(sequence)])

const closing = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

/** `change`: of its source; none: it takes records of nobody. */
async function station(change: Partial<SourceRow> | 'none' = {}, held = new HeldBytes()) {
  const { intake, spool } = memoryIntake()
  const source = change === 'none' ? undefined : sourceRow({ collector: 'lumberjack', ...change })
  const parts = { intake, sourceOf: () => source, held, clock, signOfLifeEvery: 20 }
  const port = await listening((peer, signal) => readLumberjack(peer, parts, signal))
  const socket = await connected(port)
  const heard: Buffer[] = []
  socket.on('data', (bytes: Buffer) => heard.push(bytes))
  return { spool, socket, port, said: () => Buffer.concat(heard), closed: closing(socket) }
}

test('windows plain and compressed are acknowledged by their last event, after it is durable', async () => {
  const { spool, socket, said } = await station()
  socket.write(Buffer.concat([window(2), event(1, '{"a":1}'), event(2, '{"a":2}')]))
  await vi.waitFor(() => expect(said()).toEqual(ack(2)))
  socket.write(
    Buffer.concat([
      Buffer.from('1W\0\0\0\u0003'),
      packed(event(1, '{"b":1}'), event(2, '{"b":2}')),
      event(3, '{}'),
    ]),
  )
  await vi.waitFor(() => expect(said()).toEqual(Buffer.concat([ack(2), ack(3)])))
  expect(spool.records).toEqual(['{"a":1}', '{"a":2}', '{"b":1}', '{"b":2}', '{}'])
  expect(spool.entries.map(({ key }) => key?.split(':').slice(0, 2))).toEqual([
    ['anonymous', '2'],
    ['anonymous', '3'],
  ])
})

test('`lumberjack-client` of npm delivers its compressed frames; it reads no acknowledgement', async () => {
  const { intake, spool } = memoryIntake()
  const source = sourceRow({ collector: 'lumberjack' })
  const parts = { intake, sourceOf: () => source, held: new HeldBytes(), clock }
  const port = await listening((peer, signal) => readLumberjack(peer, parts, signal))
  const client = new LumberjackClient({ host: '127.0.0.1', port }, false)
  await vi.waitFor(() => expect(client.connected).toBe(true))
  const records = Array.from({ length: 500 }, (_, n) => ({ message: `dòng ${n}` }))
  for (const record of records) client.log(record)
  await vi.waitFor(() => expect(spool.records).toHaveLength(500))
  expect(spool.records).toEqual(records.map((record) => JSON.stringify(record)))
  client.socket?.removeAllListeners('close').destroy()
})

test('while the spool is full nothing is acknowledged but signs of life are given; then it is, once', async () => {
  const { spool, socket, said } = await station()
  spool.isFull = true
  socket.write(Buffer.concat([window(1), event(7, '{"a":1}')]))
  await vi.waitFor(() => expect(said().length).toBeGreaterThanOrEqual(12))
  expect(said().subarray(0, 6)).toEqual(ack(0))
  spool.isFull = false
  await vi.waitFor(() => expect(said().subarray(-6)).toEqual(ack(7)))
  expect(spool.records).toEqual(['{"a":1}'])
})

test('a large window is acknowledged in parts, and an event too long keeps its beginning', async () => {
  const { spool, socket, said } = await station()
  const large = Buffer.alloc(900_000, 'x')
  const frames = [1, 2, 3, 4, 5, 6].map((at) => event(at, large))
  socket.write(Buffer.concat([window(7), ...frames, event(7, Buffer.alloc(3_000_000, 'y'))]))
  await vi.waitFor(() => expect(said()).toEqual(Buffer.concat([ack(5), ack(7)])))
  expect(spool.records.map(({ length }) => length).sort()).toEqual([
    65_536,
    ...Array(6).fill(900_000),
  ])
  expect(spool.entries.some(({ origin }) => origin.endsWith('cut=3000000'))).toBe(true)
})

test.for<[string, Partial<SourceRow> | 'none']>([
  ['a paused source', { paused: true }],
  ['a sender nobody lists', 'none'],
])('%s gets no acknowledgement, so that the sender keeps its events', async ([, change]) => {
  const { spool, socket, said, closed } = await station(change)
  socket.write(Buffer.concat([window(1), event(1, '{}')]))
  await closed
  expect(said()).toEqual(Buffer.alloc(0))
  expect(spool.entries).toEqual([])
})

test.for<[string, Buffer]>([
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  ['an event outside a window', event(1, '{}')],
  ['a window within a window', Buffer.concat([window(2), window(2)])],
  ['a window of four billion', window(0xffffffff)],
  ['events of version 1', Buffer.concat([window(1), Buffer.from('1D\0\0\0\u0001')])],
  ['nested compression', Buffer.concat([window(1), packed(packed(event(1, '{}')))])],
  ['half a frame compressed', Buffer.concat([window(1), packed(Buffer.from('2J'))])],
  ['a decompression bomb', Buffer.concat([window(1), packed(Buffer.alloc(40_000_000))])],
  ['a compressed frame without end', Buffer.concat([Buffer.from('2C'), number(0xffffffff)])],
  [
    'an event without end',
    Buffer.concat([window(1), Buffer.from('2J'), number(1), number(0xffffffff)]),
  ],
])('%s ends the connection and nothing is taken in', async ([, bytes]) => {
  const { spool, socket, said, closed } = await station()
  socket.write(bytes)
  await closed
  expect(said()).toEqual(Buffer.alloc(0))
  expect(spool.entries).toEqual([])
})

test('connections together hold no more than they may', async () => {
  const { socket, closed, port } = await station({}, new HeldBytes(500_000))
  const other = await connected(port)
  const half = event(1, Buffer.alloc(900_000)).subarray(0, 400_000)
  other.write(Buffer.concat([window(1), half]))
  await vi.waitFor(() => expect(other.writableLength).toBe(0))
  socket.write(Buffer.concat([window(1), half]))
  await Promise.race([closed, closing(other)])
})

test('frames are the same wherever the stream is cut', () => {
  const stream = Buffer.concat([window(2), event(1, '{"é":1}'), packed(event(2, '{}'))])
  const whole = [...new LumberjackReader().push(stream)]
  for (let cut = 0; cut <= stream.length; cut++) {
    const reader = new LumberjackReader()
    const frames = [...reader.push(stream.subarray(0, cut)), ...reader.push(stream.subarray(cut))]
    expect(frames).toEqual(whole)
    expect(reader.isBetweenFrames).toBe(true)
  }
  const single = new LumberjackReader()
  expect([...stream].flatMap((byte) => [...single.push(Buffer.from([byte]))])).toEqual(whole)
})

const piece = fc.oneof(
  fc
    .constantFrom('2W', '2J', '2C', '2A', '1D', '2', '\0\0\0\u0001', '\xff\xff\xff\xff')
    .map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
)
test('whatever comes, frames come out or a refusal, and no more is held than came', () => {
  const holds = fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
    const reader = new LumberjackReader()
    try {
      for (const each of pieces) {
        for (const frame of reader.push(each)) expect(frame).toHaveProperty('kind')
      }
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError)
    }
    expect(reader.held).toBeLessThanOrEqual(Buffer.concat(pieces).length)
  })
  fc.assert(holds, { numRuns: 10_000 })
})

async function received(socket: Socket, length: number): Promise<void> {
  let got = 0
  while (got < length) got += (await once(socket, 'data'))[0].length
}

test('a stop answers what is in hand before it closes', async () => {
  const { intake, spool } = memoryIntake()
  const source = sourceRow({ collector: 'lumberjack' })
  const parts = { intake, sourceOf: () => source, held: new HeldBytes(), clock }
  const listener = new StreamListener({
    name: 'test',
    at: { host: '127.0.0.1', port: 0 },
    log: silentLog,
    serve: (peer, signal) => readLumberjack(peer, parts, signal),
  })
  await listener.start()
  const socket = await connected(listener.port ?? 0)
  spool.isFull = true
  socket.write(Buffer.concat([window(1), event(1, '{"last":true}'), randomBytes(4), window(1)]))
  await vi.waitFor(() => expect(spool.attempts).toBeGreaterThan(0))
  const stopping = listener.stop()
  spool.isFull = false
  await received(socket, 6)
  await stopping
  expect(spool.records).toEqual(['{"last":true}'])
})
