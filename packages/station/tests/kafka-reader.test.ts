import { gzipSync } from 'node:zlib'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, test } from 'vitest'
import type { FetchedPartition } from '../src/collect/kafka/fetch-reply.ts'
import type { KafkaClient, PartitionOffset } from '../src/collect/kafka/kafka-client.ts'
import { KafkaReader } from '../src/collect/kafka/kafka-reader.ts'
import type { KafkaPosition } from '../src/keep/kafka-position-store.ts'
import { readCarried } from '../src/normalise/read-carried.ts'
import { kafkaBatch, type Written } from './kafka-frames.ts'
import { memoryIntake } from './stream-harness.ts'

const values = (...texts: string[]): Written[] =>
  texts.map((text) => ({ value: Buffer.from(text) }))
const never = new AbortController().signal

/** One partition with these batches, as a client shows it; `gone`: offsets below were thrown away. */
function partition(batches: readonly Buffer[], change: Partial<FetchedPartition> = {}, gone = 0) {
  const end = batches.reduce(
    (most, bytes) => Math.max(most, Number(bytes.readBigInt64BE(0)) + bytes.readInt32BE(23) + 1),
    0,
  )
  const commits: PartitionOffset[] = []
  const client: KafkaClient = {
    generation: 1,
    failure: undefined,
    assigned: () => [{ topic: 'logs', partition: 0 }],
    logOf: async (topic) => `cluster id ${topic}`,
    fetch: async ([wanted]) => {
      const isOut = wanted !== undefined && (wanted.offset < gone || wanted.offset > end)
      const bytes = isOut ? Buffer.alloc(0) : Buffer.concat(batches)
      const error = isOut ? 1 : 0
      return [{ topic: 'logs', partition: 0, error, aborted: [], bytes, ...change }]
    },
    bounds: async () => ({ first: gone, next: end }),
    committed: async () => commits.at(-1)?.offset,
    commit: async (offsets) => void commits.push(...offsets),
    refresh: async () => undefined,
    close: async () => undefined,
  }
  return { client, commits }
}

/** What outlives a kill: the spool, and the position where it was last written. */
function station() {
  const { intake, spool } = memoryIntake()
  const positions = new Map<string, KafkaPosition>()
  const empty: string[] = []
  let fails = false
  const read = async (client: KafkaClient, start: 'earliest' | 'latest' = 'earliest') => {
    const store = {
      position: async (log: string, number: number) => positions.get(`${log} ${number}`),
      save: async (position: KafkaPosition) => {
        if (fails) throw new Error('killed')
        positions.set(`${position.log} ${position.partition}`, position)
      },
      spooled: async (prefix: string) =>
        spool.entries.flatMap(({ key }) => (key?.startsWith(prefix) ? [key] : [])),
    }
    const told = (kind: string) => void empty.push(kind)
    const parts = { sourceId: 'src_1', start, client, intake, store, log: silentLog, empty: told }
    const reader = new KafkaReader(parts)
    await reader.turn(never)
    return reader
  }
  const lost = async () => {
    let records = 0
    await intake.handOverDrops(async (drops) => {
      records = drops.get('src_1') ?? 0
    })
    return records
  }
  const texts = () => spool.records.map((record) => record.slice(record.indexOf('\n') + 1))
  return {
    spool,
    positions,
    empty,
    read,
    texts,
    lost,
    killBeforeNoting: (yes: boolean) => {
      fails = yes
    },
  }
}

test('key, headers and place are kept with the value, and read with it', async () => {
  const { client } = partition([
    kafkaBatch(7, [
      {
        key: Buffer.from('fw-1'),
        value: Buffer.from('<34>Nov 22 10:00:00 gate su: a'),
        headers: [
          ['__proto__', Buffer.from('x')],
          ['env', Buffer.from('prod')],
          ['env', Buffer.from([0xff])],
        ],
      },
    ]),
  ])
  const { spool, read } = station()
  await read(client)
  const around = { zone: 'UTC', receivedAt: 1_795_000_000_000 }
  const found = readCarried(spool.records[0] ?? '', { collector: 'kafka', format: 'auto' }, around)
  expect(found).toMatchObject({
    ok: true,
    draft: {
      unmapped: {
        kafka: {
          topic: 'logs',
          partition: 0,
          offset: 7,
          key: 'fw-1',
          headers: { env: ['prod', 'base64:/w=='] },
        },
      },
    },
  })
  expect(spool.entries[0]?.origin).toContain('logs/0')
})

test('the group is told only what is durable; a second turn brings nothing twice', async () => {
  const { client, commits } = partition([
    kafkaBatch(0, values('a', 'b')),
    kafkaBatch(2, values('c'), { attributes: 1, pack: (body) => gzipSync(body) }),
  ])
  const { read, texts } = station()
  const reader = await read(client)
  await reader.turn(never)
  expect(texts()).toEqual(['a', 'b', 'c'])
  expect(commits).toEqual([{ topic: 'logs', partition: 0, offset: 3 }])
})

test('killed between spool and note: what the spool has is passed over', async () => {
  const { client, commits } = partition([
    kafkaBatch(0, [{ value: null }, ...values('a', 'b')]),
    kafkaBatch(3, values('c')),
  ])
  const { read, texts, killBeforeNoting } = station()
  await read({
    ...client,
    assigned: () => [{ topic: 'logs', partition: 0 }],
    fetch: async () => [],
  })
  killBeforeNoting(true)
  await expect(read(client)).rejects.toThrow('killed')
  expect(texts()).toEqual(['a', 'b'])
  expect(commits).toEqual([])
  killBeforeNoting(false)
  await read(client)
  expect(texts()).toEqual(['a', 'b', 'c'])
  expect(commits.at(-1)?.offset).toBe(4)
})

test('tombstones and empty values are counted and are no records', async () => {
  const { client, commits } = partition([
    kafkaBatch(0, [{ value: null }, { value: Buffer.alloc(0) }, ...values('a')]),
  ])
  const { read, texts, empty } = station()
  await read(client)
  expect([texts(), empty, commits.at(-1)?.offset]).toEqual([['a'], ['tombstone', 'empty'], 3])
})

test('a batch that cannot be read counts as lost, and the next is read', async () => {
  const wrong = kafkaBatch(1, values('x', 'y'))
  wrong[wrong.length - 2] = 0x7f
  const bomb = kafkaBatch(3, values('z'), {
    attributes: 1,
    pack: () => gzipSync(Buffer.alloc(33 * 1_048_576)),
  })
  const old = kafkaBatch(4, values('o'))
  old.writeInt8(1, 16)
  const { client, commits } = partition([
    kafkaBatch(0, values('a')),
    wrong,
    bomb,
    old,
    kafkaBatch(5, values('b')),
  ])
  const { read, texts, lost } = station()
  await read(client)
  expect(texts()).toEqual(['a', 'b'])
  expect(await lost()).toBe(4)
  expect(commits.at(-1)?.offset).toBe(6)
})

test('records of a transaction that was taken back, and its mark, are left out', async () => {
  const mark = (offset: number) =>
    kafkaBatch(offset, [{ key: Buffer.from([0, 0, 0, 0]), value: Buffer.alloc(6) }], {
      attributes: 0x30,
      producer: 5n,
    })
  const of = (offset: number, text: string, producer: bigint) =>
    kafkaBatch(offset, values(text), { attributes: 0x10, producer })
  const { client, commits } = partition(
    [of(0, 'gone', 5n), of(1, 'kept', 6n), mark(2), of(3, 'later', 5n)],
    { aborted: [{ producer: 5n, firstOffset: 0 }] },
  )
  const { read, texts } = station()
  await read(client)
  expect(texts()).toEqual(['kept', 'later'])
  expect(commits.at(-1)?.offset).toBe(4)
})

test('what was thrown away before it was read counts as lost; a log made anew is read from its beginning', async () => {
  const { read, texts, lost, positions } = station()
  const first = partition([kafkaBatch(0, values('a', 'b', 'c'))])
  await read(first.client)
  const later = partition([kafkaBatch(10, values('d'))], {}, 10)
  const reader = await read(later.client)
  await reader.turn(never)
  expect(texts()).toEqual(['a', 'b', 'c', 'd'])
  expect(await lost()).toBe(7)
  const anew = partition([kafkaBatch(0, values('A', 'B', 'C'))])
  const again = await read({ ...anew.client, committed: async () => undefined })
  await again.turn(never)
  expect(texts()).toEqual(['a', 'b', 'c', 'd', 'A', 'B', 'C'])
  expect([...positions.values()]).toMatchObject([{ next: 3, incarnation: 1 }])
})

test('a source that begins at the end takes what comes from then on', async () => {
  const { read, texts } = station()
  await read(partition([kafkaBatch(0, values('old'))]).client, 'latest')
  await read(
    partition([kafkaBatch(0, values('old')), kafkaBatch(1, values('new'))]).client,
    'latest',
  )
  expect(texts()).toEqual(['new'])
})
