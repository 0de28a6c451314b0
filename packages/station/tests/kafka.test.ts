import { expect, test } from 'vitest'
import { hasKafkaBroker, type Sent, startKafkaBroker } from './kafka-broker.ts'
import { type Node, sourceNamed, startNode, stopNode, until } from './station-node.ts'

const mustRun = process.env['CI'] === 'true'
const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const

test('where CI runs, there is a broker (Debian: python3-confluent-kafka)', () => {
  expect(hasKafkaBroker || !mustRun).toBe(true)
})

const record = (n: number): Sent => ({
  value: JSON.stringify({ message: `bản ghi ${n}`, n, filler: 'x'.repeat(n % 300) }),
})
const records = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => record(from + index))

async function addSource(node: Node, name: string, kafka: object) {
  const reply = await node.ask('POST', '/api/v1/sources', { name, collector: 'kafka', kafka })
  expect(reply.status).toBe(200)
  return reply.body.source.id as string
}

const numbersOf = (node: Node, name: string) =>
  node.events.events
    .filter(({ raw_data }) => raw_data?.startsWith(`{"topic":"${name}"`))
    .map(({ raw_data }) => Number(/"n":(\d+)/.exec(raw_data ?? '')?.[1]))
    .toSorted((a, b) => a - b)
const counted = (count: number) => Array.from({ length: count }, (_, n) => n)

test.skipIf(!hasKafkaBroker)(
  'every codec of librdkafka from every partition, over a stop of the node and a broker that was away: once each (needs python3-confluent-kafka)',
  { timeout: 60_000 },
  async () => {
    await using broker = await startKafkaBroker()
    const { brokers } = broker
    for (const [index, codec] of codecs.entries()) {
      const [from, to] = [index * 300, (index + 1) * 300]
      await broker.send({ topic: 'logs', partition: index % 4, codec, records: records(from, to) })
    }
    const first = await startNode('kafka')
    await addSource(first, 'kafka-logs', { brokers, topics: ['logs'] })

    await until(() => numbersOf(first, 'logs').length >= 1500 || undefined)
    expect(numbersOf(first, 'logs')).toEqual(counted(1500))
    await stopNode(first)
    await broker.send({ topic: 'logs', partition: 2, records: records(1500, 1600) })
    const second = await startNode('kafka', first.events)
    // The mock cluster lets a group of one wait for its session's end; Kafka's own does not.
    await until(
      async () => (await sourceNamed(second, 'kafka-logs')).counters.parsed > 1500 || undefined,
    )
    await until(() => numbersOf(second, 'logs').length >= 1600 || undefined)
    expect(numbersOf(second, 'logs')).toEqual(counted(1600))
    // What is counted is written a little after what is stored.
    await until(
      async () => (await sourceNamed(second, 'kafka-logs')).counters.parsed >= 1600 || undefined,
    )
    const { counters, problem } = await sourceNamed(second, 'kafka-logs')
    expect([problem, counters]).toMatchObject([null, { parsed: 1600, rejected: 0, dropped: 0 }])
  },
)
