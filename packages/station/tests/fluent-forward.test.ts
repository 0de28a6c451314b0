import { createHash } from 'node:crypto'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { readFluent } from '../src/collect/fluent/fluent-forward.ts'
import type { FluentAccess } from '../src/collect/fluent/fluent-handshake.ts'
import { readMessage } from '../src/collect/fluent/fluent-message.ts'
import { MessagePackReader, ValueEnd } from '../src/collect/fluent/message-pack.ts'
import { HeldBytes } from '../src/collect/held-bytes.ts'
import { ProtocolError } from '../src/collect/protocol-error.ts'
import { sourceRow } from './source-row.ts'
import { connected, listening, memoryIntake } from './stream-harness.ts'

type Packable = string | number | null | boolean | Buffer | Packable[] | { [key: string]: Packable }

/** MessagePack as the specification writes it, for what the tests send. */
function pack(value: Packable): Buffer {
  if (Buffer.isBuffer(value)) return Buffer.concat([head(0xc6, value.length), value])
  if (value === null) return Buffer.from([0xc0])
  if (typeof value === 'boolean') return Buffer.from([value ? 0xc3 : 0xc2])
  if (typeof value === 'string')
    return Buffer.concat([head(0xdb, Buffer.byteLength(value)), Buffer.from(value)])
  if (Array.isArray(value)) return Buffer.concat([head(0xdd, value.length), ...value.map(pack)])
  if (typeof value === 'object') {
    const pairs = Object.entries(value).flat()
    return Buffer.concat([head(0xdf, pairs.length / 2), ...pairs.map(pack)])
  }
  const bytes = Buffer.alloc(9, 0xcb)
  bytes.writeDoubleBE(value, 1)
  return bytes
}
function head(type: number, count: number): Buffer {
  const bytes = Buffer.alloc(5, type)
  bytes.writeUInt32BE(count, 1)
  return bytes
}
/** A list whose parts are MessagePack already. */
const listOf = (...parts: Buffer[]) => Buffer.concat([head(0xdd, parts.length), ...parts])
const eventTime = Buffer.from([0xd7, 0x00, 0x65, 0x53, 0xf1, 0x00, 0x07, 0x5b, 0xcd, 0x15])
const at = '2023-11-14T22:13:20'
const entry = (record: Packable) => listOf(eventTime, pack(record))
const none = () => undefined

async function linesOf(message: Buffer): Promise<unknown[]> {
  const { records } = await readMessage(message, none)
  return records.map(({ bytes }) => JSON.parse(bytes.toString()))
}

async function station(
  access: FluentAccess = { sharedKey: undefined, users: {} },
  handshakeTime = 10_000,
) {
  const { intake, spool } = memoryIntake()
  const seen: (readonly string[])[] = []
  const source = sourceRow({ collector: 'fluent-forward' })
  const sourceOf = ({ names }: { names: readonly string[] }) => {
    seen.push(names)
    return source
  }
  const parts = { intake, sourceOf, held: new HeldBytes(), access, handshakeTime }
  const socket = await connected(await listening((peer, signal) => readFluent(peer, parts, signal)))
  const heard: Buffer[] = []
  socket.on('data', (bytes: Buffer) => heard.push(bytes))
  const closed = new Promise((resolve) => socket.once('close', resolve))
  return { spool, socket, said: () => Buffer.concat(heard), closed, seen, source }
}

test('all four modes give the same records, with time and tag', async () => {
  const a = { message: 'a', n: 1 }
  const b = { message: 'b', fluent_tag: 'own', '@timestamp': 'own' }
  const both = [{ ...a, '@timestamp': `${at}.123456789Z`, fluent_tag: 'app' }, { ...b }]
  const [first] = both
  const entries = Buffer.concat([entry(a), entry(b)])
  expect(await linesOf(listOf(pack('app'), eventTime, pack(a)))).toEqual([first])
  expect(await linesOf(listOf(pack('app'), pack(1_700_000_000), pack(a), pack({})))).toEqual([
    { ...a, '@timestamp': `${at}.000Z`, fluent_tag: 'app' },
  ])
  expect(await linesOf(listOf(pack('app'), listOf(entry(a), entry(b))))).toEqual(both)
  expect(await linesOf(listOf(pack('app'), pack(entries)))).toEqual(both)
  const zipped = gzipSync(entries)
  expect(await linesOf(listOf(pack('app'), pack(zipped), pack({ compressed: 'gzip' })))).toEqual(
    both,
  )
  const twice = Buffer.concat([gzipSync(entry(a)), gzipSync(entry(b))])
  expect(await linesOf(listOf(pack('app'), pack(twice), pack({ compressed: 'gzip' })))).toEqual(
    both,
  )
  const zstd = zstdCompressSync(entries)
  expect(await linesOf(listOf(pack('app'), pack(zstd), pack({ compressed: 'zstd' })))).toEqual(both)
  const withMetadata = listOf(listOf(eventTime, pack({ m: 1 })), pack(a))
  expect(await linesOf(listOf(pack('app'), pack(withMetadata)))).toEqual([first])
})

test('values of every kind become JSON that says the same, and strange names do no harm', () => {
  const json = (bytes: number[]) => new MessagePackReader(Buffer.from(bytes)).json()
  expect(json([0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])).toBe('18446744073709551615')
  expect(json([0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0])).toBe('-9223372036854775808')
  expect([json([0xd0, 0x80]), json([0xe0]), json([0x7f]), json([0xcd, 1, 0])]).toEqual([
    '-128',
    '-32',
    '127',
    '256',
  ])
  expect([json([0xc0]), json([0xc2]), json([0xc3])]).toEqual(['null', 'false', 'true'])
  expect(json([0xca, 0x7f, 0xc0, 0, 0])).toBe('null')
  expect(json([0xc4, 2, 0xc3, 0x28])).toBe('"Ã("')
  expect(json([0xa2, 0xc4, 0x91])).toBe('"đ"')
  expect(json([0xd6, 5, 1, 2, 3, 4])).toBe('"AQIDBA=="')
  expect(json([0x81, 1, 2])).toBe('{"1":2}')
  const record = pack(JSON.parse('{"__proto__":{"x":1},"constructor":2}'))
  expect(new MessagePackReader(record).json()).toBe('{"__proto__":{"x":1},"constructor":2}')
})

test('a chunk is acknowledged when it is durable, and a repeat of it is not taken in twice', async () => {
  const { spool, socket, said } = await station()
  const chunk = listOf(pack('app'), pack(entry({ n: 1 })), pack({ chunk: 'cDE=', size: 1 }))
  spool.isFull = true
  socket.write(chunk)
  await vi.waitFor(() => expect(spool.attempts).toBeGreaterThan(0))
  expect(said()).toEqual(Buffer.alloc(0))
  spool.isFull = false
  await vi.waitFor(() => expect(said().length).toBeGreaterThan(0))
  const acknowledgement = new MessagePackReader(said()).json()
  expect(acknowledgement).toBe('{"ack":"cDE="}')
  socket.write(chunk)
  await vi.waitFor(() =>
    expect(said().length).toBe(2 * Buffer.from('\x81\xda00ack\xda00cDE=', 'latin1').length),
  )
  expect(spool.records).toHaveLength(1)
})

test('without acknowledgement asked for, records are taken in and nothing is said', async () => {
  const { spool, socket, said } = await station()
  for (const byte of listOf(pack('app'), pack(1_700_000_000), pack({ n: 1 })))
    socket.write(Buffer.from([byte]))
  await vi.waitFor(() => expect(spool.records).toHaveLength(1))
  expect(said()).toEqual(Buffer.alloc(0))
})

test('a record of more than 1 MB keeps its beginning and is told as cut', async () => {
  const { spool, socket } = await station()
  socket.write(listOf(pack('app'), pack(1), pack({ big: 'x'.repeat(2_000_000) })))
  await vi.waitFor(() => expect(spool.records).toHaveLength(1))
  expect(spool.entries[0]?.origin).toContain('cut=2000')
  expect(spool.records[0]).toHaveLength(65_536)
})

/** Plays the sender of a handshake. */
async function shake(access: FluentAccess, key: string, user: string, password: string) {
  const running = await station(access)
  await vi.waitFor(() => expect(running.said().length).toBeGreaterThan(40))
  const reader = new MessagePackReader(running.said())
  expect([reader.array(), reader.text(), reader.map()]).toEqual([2, 'HELO', 3])
  const [nonce, auth] = [[reader.skip(), reader.bytes()][1], [reader.skip(), reader.bytes()][1]]
  const hex = (...parts: (string | Buffer | undefined)[]) =>
    parts.reduce((sum, part) => sum.update(part ?? ''), createHash('sha512')).digest('hex')
  const proof = hex('salt', 'host', nonce, key)
  const length = running.said().length
  running.socket.write(pack(['PING', 'host', 'salt', proof, user, hex(auth, user, password)]))
  await vi.waitFor(() => expect(running.said().length).toBeGreaterThan(length))
  const pong = new MessagePackReader(running.said().subarray(length))
  expect([pong.array(), pong.text()]).toEqual([5, 'PONG'])
  const isAdmitted = pong.constant()
  pong.skip()
  const server = pong.text()
  expect(pong.text()).toBe(isAdmitted ? hex('salt', server, nonce, key) : '')
  return { ...running, isAdmitted }
}

test('a sender must know the shared key and its password; its name then chooses the source', async () => {
  const access = { sharedKey: 'a key both know', users: { web: 'its password' } }
  const good = await shake(access, 'a key both know', 'web', 'its password')
  expect(good.isAdmitted).toBe(true)
  good.socket.write(listOf(pack('app'), pack(1), pack({ n: 1 })))
  await vi.waitFor(() => expect(good.spool.records).toHaveLength(1))
  expect(good.seen).toEqual([['web']])
  for (const [key, user, password] of [
    ['another key', 'web', 'its password'],
    ['a key both know', 'web', 'wrong'],
    ['a key both know', '__proto__', ''],
    ['a key both know', '', ''],
  ] as const) {
    const refused = await shake(access, key, user, password)
    expect(refused.isAdmitted).toBe(false)
    await refused.closed
  }
})

test('a sender that does not shake hands is sent away: at once if it sends records, in time if it waits', async () => {
  const access = { sharedKey: 'a key both know', users: {} }
  const hasty = await station(access)
  hasty.socket.write(listOf(pack('app'), pack(1), pack({ n: 1 })))
  await hasty.closed
  const slow = await station(access, 50)
  await slow.closed
  expect([...hasty.spool.entries, ...slow.spool.entries]).toEqual([])
})

test.for<[string, Buffer]>([
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  [
    'a bomb',
    listOf(pack('t'), pack(gzipSync(Buffer.alloc(40_000_000))), pack({ compressed: 'gzip' })),
  ],
  ['an unknown compression', listOf(pack('t'), pack(entry({})), pack({ compressed: '__proto__' }))],
  ['a record that is none', listOf(pack('t'), pack(1), pack('text'))],
  [
    'a list of four billion',
    listOf(pack('t'), pack(1), head(0xdd, 0xffffffff).subarray(0, 5), Buffer.from([0xc1])),
  ],
  [
    'a record as deep as it is long',
    listOf(
      pack('t'),
      pack(1),
      Buffer.concat([
        pack({ a: 1 }).subarray(0, 11),
        Buffer.alloc(100_000, 0x91),
        Buffer.from([1]),
      ]),
    ),
  ],
  [
    'records without number',
    listOf(pack('t'), pack(Buffer.concat(Array(200_001).fill(Buffer.from([0x92, 0, 0x80]))))),
  ],
])('%s ends the connection and nothing is taken in', async ([, bytes]) => {
  const { spool, socket, said, closed } = await station()
  socket.write(bytes)
  await closed
  expect(said()).toEqual(Buffer.alloc(0))
  expect(spool.entries).toEqual([])
})

test('the end of a value is the same wherever the stream is cut', () => {
  const value = listOf(
    pack('tag'),
    pack([entry({ a: [1, null, { b: 'é' }] })]),
    pack({ chunk: 'x' }),
    eventTime,
  )
  for (let cut = 0; cut < value.length; cut++) {
    const end = new ValueEnd()
    expect(end.find(value.subarray(0, cut))).toBeUndefined()
    expect(end.find(Buffer.concat([value, Buffer.from('more')]))).toBe(value.length)
  }
})

test('whatever comes, a message comes out or a refusal', async () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      pack('tag'),
      eventTime,
      pack({ a: 1 }),
      pack({ chunk: 'x' }),
      Buffer.from([0x92]),
      Buffer.from([0x93]),
    ),
  )
  const holds = fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
    try {
      const { records } = await readMessage(Buffer.concat(pieces), none)
      for (const { bytes } of records) JSON.parse(bytes.toString())
    } catch (error) {
      expect(error).toBeInstanceOf(ProtocolError)
    }
  })
  await fc.assert(holds, { numRuns: 10_000 })
})

test('whatever JSON can say comes back from MessagePack', () => {
  const holds = fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const json = new MessagePackReader(pack(value as Packable)).json()
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)))
  })
  fc.assert(holds, { numRuns: 2000 })
})
