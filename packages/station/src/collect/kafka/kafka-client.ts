import type { ConnectionOptions } from 'node:tls'
import type { KafkaSettings } from '@haidang/contracts/kafka'
import type * as Library from '@platformatic/kafka'
import { type FetchedPartition, readFetchReply, readOffsetsReply } from './fetch-reply.ts'
import { missingPlugIn } from './kafka-plug-in.ts'
import type { KafkaSecrets } from './sealed-secrets.ts'

/** A part of a topic, and who keeps it. */
export interface Partition {
  readonly topic: string
  readonly partition: number
}

/** How far a partition is read. */
export interface PartitionOffset extends Partition {
  readonly offset: number
}

/** A member of a consumer group. Anything it is asked can reject: close it then, and open another. */
export interface KafkaClient {
  /** Counts up when the group gave out its partitions anew. */
  readonly generation: number
  /** Why it does no longer belong to the group; undefined: it does. */
  readonly failure: Error | undefined
  assigned(): readonly Partition[]
  /** Identity of a topic's log in its cluster: another when a topic was made anew, where brokers tell. */
  logOf(topic: string): Promise<string>
  /** What lies at and behind these offsets; waits half a second where nothing does. */
  fetch(wanted: readonly PartitionOffset[]): Promise<FetchedPartition[]>
  /** The first offset there is, and the one the next record will have. */
  bounds(of: Partition): Promise<{ readonly first: number; readonly next: number }>
  /** What the group has noted of a partition; undefined: nothing. */
  committed(of: Partition): Promise<number | undefined>
  commit(offsets: readonly PartitionOffset[]): Promise<void>
  /** Asks the brokers anew who keeps which partition. */
  refresh(): Promise<void>
  close(): Promise<void>
}

export interface KafkaClientParts {
  readonly settings: KafkaSettings
  readonly secrets: KafkaSecrets
  readonly group: string
}

export type OpenKafka = (parts: KafkaClientParts) => Promise<KafkaClient>

const name = 'haidang'
const mechanisms = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
} as const
const sessionTimeout = 10_000
const heartbeatEvery = 3000
/** How long the group may take to give out its partitions; joining it waits as long. */
const rebalanceTimeout = 30_000
const requestTimeout = 10_000
const mostBytes = 8 * 1_048_576
const mostOfPartition = 1_048_576
const longestWait = 500
const fetchKey = 1
const offsetsKey = 2
const readCommitted = 1

/** Joins the group of a source; the library is loaded at the first call. Rejects with words for people. */
export const openKafka: OpenKafka = async (parts) => {
  const library = await import('@platformatic/kafka').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_MODULE_NOT_FOUND' ? new Error(missingPlugIn) : error
  })
  const member = new Member(library, parts)
  try {
    await member.join()
    return member
  } catch (error) {
    await member.close().catch(() => undefined)
    throw error
  }
}

class Member implements KafkaClient {
  readonly #library: typeof Library
  readonly #settings: KafkaSettings
  readonly #consumer: Library.Consumer
  /** Fetches wait at the broker: they have connections of their own, so that heartbeats do not wait behind them. */
  readonly #pool: Library.ConnectionPool
  generation = 0
  failure: Error | undefined

  constructor(library: typeof Library, { settings, secrets, group }: KafkaClientParts) {
    this.#library = library
    this.#settings = settings
    const connection = connectionOptions(settings, secrets)
    this.#pool = new library.ConnectionPool(name, connection)
    this.#consumer = new library.Consumer({
      ...connection,
      requestTimeout: rebalanceTimeout + requestTimeout,
      clientId: name,
      groupId: group,
      bootstrapBrokers: settings.brokers,
      autocommit: false,
      sessionTimeout,
      rebalanceTimeout,
      heartbeatInterval: heartbeatEvery,
      retries: 1,
    })
    const failed = (error: Error) => {
      this.failure ??= error
    }
    this.#consumer.on('error', failed)
    this.#consumer.on('consumer:heartbeat:stalled', ({ lastError }) =>
      failed(lastError ?? new Error('no answer to heartbeats')),
    )
    this.#consumer.on('consumer:group:join', () => {
      this.generation++
    })
  }

  async join(): Promise<void> {
    for (const topic of this.#settings.topics) this.#consumer.topics.track(topic)
    await this.refresh()
    await this.#consumer.joinGroup({})
  }

  assigned(): Partition[] {
    return (this.#consumer.assignments ?? []).flatMap(({ topic, partitions }) =>
      partitions.map((partition) => ({ topic, partition })),
    )
  }

  async logOf(topic: string): Promise<string> {
    const metadata = await this.#metadata()
    return `${metadata.id} ${metadata.topics.get(topic)?.id ?? ''} ${topic}`
  }

  async fetch(wanted: readonly PartitionOffset[]): Promise<FetchedPartition[]> {
    const byNode = await this.#byLeader(wanted)
    const asked = [...byNode].map(async ([node, partitions]) => {
      const bytes = await this.#ask(node, fetchKey, 11, (writer) =>
        writeFetch(writer, byTopic(partitions)),
      )
      const { error, partitions: found } = readFetchReply(bytes)
      if (error !== 0) throw new Error(`Fetch refused: ${this.#nameOf(error)}`)
      return found
    })
    return (await Promise.all(asked)).flat()
  }

  async bounds(of: Partition): Promise<{ first: number; next: number }> {
    const [[node] = []] = await this.#byLeader([{ ...of, offset: 0 }])
    const ask = async (time: bigint) => {
      const bytes = await this.#ask(node, offsetsKey, 1, (writer) =>
        writer
          .appendInt32(-1)
          .appendInt32(1)
          .appendString(of.topic, false)
          .appendInt32(1)
          .appendInt32(of.partition)
          .appendInt64(time),
      )
      const found = readOffsetsReply(bytes).get(of.partition)
      if (found === undefined || found.error !== 0)
        throw new Error(`ListOffsets refused: ${this.#nameOf(found?.error ?? -1)}`)
      return found.offset
    }
    return { first: await ask(-2n), next: await ask(-1n) }
  }

  async committed({ topic, partition }: Partition): Promise<number | undefined> {
    const topics = [{ topic, partitions: [partition] }]
    const offset = (await this.#consumer.listCommittedOffsets({ topics })).get(topic)?.[partition]
    return offset === undefined || offset < 0n ? undefined : Number(offset)
  }

  async commit(offsets: readonly PartitionOffset[]): Promise<void> {
    await this.#consumer.commit({
      offsets: offsets.map(({ offset, ...of }) => ({
        ...of,
        offset: BigInt(offset),
        leaderEpoch: -1,
      })),
    })
  }

  async refresh(): Promise<void> {
    await this.#metadata(true)
  }

  async close(): Promise<void> {
    await this.#pool.close()
    await this.#consumer.close(true)
  }

  #metadata(forceUpdate = false) {
    return this.#consumer.metadata({ topics: [...this.#settings.topics], forceUpdate })
  }

  async #byLeader(wanted: readonly PartitionOffset[]): Promise<Map<number, PartitionOffset[]>> {
    const { topics } = await this.#metadata()
    return Map.groupBy(
      wanted,
      ({ topic, partition }) => topics.get(topic)?.partitions[partition]?.leader ?? -1,
    )
  }

  /** Bytes of a reply, its correlation id taken off. */
  async #ask(
    node: number | undefined,
    key: number,
    version: number,
    write: (writer: Library.Writer) => Library.Writer,
  ): Promise<Buffer> {
    const broker = (await this.#metadata()).brokers.get(node ?? -1)
    if (broker === undefined) throw new Error('a partition has no leader')
    const connection = await this.#pool.get(broker)
    const payload = () => write(this.#library.Writer.create())
    return new Promise((resolve, reject) => {
      connection.send<Buffer>(key, version, payload, rest, false, false, (error, bytes) =>
        error ? reject(error) : resolve(bytes ?? Buffer.alloc(0)),
      )
    })
  }

  #nameOf(error: number): string {
    return this.#library.protocolErrorsCodesById[error] ?? `error ${error}`
  }
}

function rest(_correlation: number, _key: number, _version: number, reader: Library.Reader) {
  // The library reuses what it read into.
  return Buffer.from(reader.buffer.slice(reader.position))
}

function byTopic(wanted: readonly PartitionOffset[]) {
  return Map.groupBy(wanted, ({ topic }) => topic)
}

/** Fetch, version 11: what brokers from Kafka 2.3 on understand. No session: each request says all it wants. */
function writeFetch(
  writer: Library.Writer,
  topics: ReadonlyMap<string, readonly PartitionOffset[]>,
): Library.Writer {
  writer
    .appendInt32(-1)
    .appendInt32(longestWait)
    .appendInt32(1)
    .appendInt32(mostBytes)
    .appendInt8(readCommitted)
    .appendInt32(0)
    .appendInt32(-1)
    .appendInt32(topics.size)
  for (const [topic, partitions] of topics) {
    writer.appendString(topic, false).appendInt32(partitions.length)
    for (const { partition, offset } of partitions) {
      writer
        .appendInt32(partition)
        .appendInt32(-1)
        .appendInt64(BigInt(offset))
        .appendInt64(-1n)
        .appendInt32(mostOfPartition)
    }
  }
  return writer.appendInt32(0).appendString('', false)
}

function connectionOptions(
  { tls, authority, certificate, mechanism, user }: KafkaSettings,
  { password, key }: KafkaSecrets,
): Library.ConnectionOptions {
  const secured: ConnectionOptions = {
    minVersion: 'TLSv1.2',
    ...(authority !== undefined && { ca: authority }),
    ...(certificate !== undefined && key !== undefined && { cert: certificate, key }),
  }
  return {
    connectTimeout: 5000,
    requestTimeout,
    ...(tls && { tls: secured, tlsServerName: true }),
    ...(mechanism !== 'none' && {
      sasl: { mechanism: mechanisms[mechanism], username: user ?? '', password: password ?? '' },
    }),
  }
}
