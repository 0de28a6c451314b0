import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope } from '@haidang/runtime/database/database'
import type { Log } from '@haidang/runtime/log'
import type { Metrics } from '@haidang/runtime/metrics'
import { KafkaPositionStore } from '../../keep/kafka-position-store.ts'
import type { SourceRow } from '../../keep/station-tables.ts'
import type { BatchKeys } from '../batch-keys.ts'
import type { Intake } from '../intake.ts'
import type { SourceBook } from '../source-book.ts'
import { type OpenKafka, openKafka } from './kafka-client.ts'
import { KafkaReader, type KafkaStore } from './kafka-reader.ts'
import { wordsOf } from './kafka-words.ts'
import { SealedSecrets } from './sealed-secrets.ts'

export interface KafkaSourcesParts {
  readonly database: Database
  readonly book: SourceBook
  readonly intake: Intake
  readonly keys: BatchKeys
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly dataDirectory: string
  /** Joins the group of a source; default: by the plug-in. */
  readonly open?: OpenKafka
}

interface Running {
  /** What it was started with: another needs another start. */
  readonly settings: string
  readonly stop: () => Promise<void>
  problem: string | undefined
}

const firstWait = 1000
const longestWait = 60_000

/** Fetches the records of every source of Kafka; who cannot reach its brokers tries again and again, ever more slowly. */
export class KafkaSources {
  readonly #parts: KafkaSourcesParts
  readonly #positions = new KafkaPositionStore()
  readonly #secrets: SealedSecrets
  readonly #empty: ReturnType<Metrics['counter']>
  readonly #running = new Map<string, Running>()

  constructor(parts: KafkaSourcesParts) {
    this.#parts = parts
    this.#secrets = new SealedSecrets(parts.dataDirectory)
    this.#empty = parts.metrics.counter(
      'kafka_empty_values_total',
      'records of Kafka without a value: tombstones, and values of no octets',
      ['kind'],
    )
  }

  /** Why a source gets nothing; undefined: nothing is wrong. */
  problem(sourceId: string): string | undefined {
    return this.#running.get(sourceId)?.problem
  }

  /** Puts what runs in step with the sources. */
  async adjust(): Promise<void> {
    const wanted = this.#parts.book
      .inUse()
      .filter(({ collector, paused }) => collector === 'kafka' && !paused)
    const settings = new Map(wanted.map((row) => [row.id, settingsOf(row)]))
    const over = [...this.#running].filter(([id, each]) => settings.get(id) !== each.settings)
    await Promise.all(over.map(([id]) => this.#stop(id)))
    for (const row of wanted) if (!this.#running.has(row.id)) this.#start(row)
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((id) => this.#stop(id)))
  }

  async #stop(id: string): Promise<void> {
    const running = this.#running.get(id)
    this.#running.delete(id)
    await running?.stop()
  }

  #start(row: SourceRow): void {
    const stopping = new AbortController()
    const running: Running = {
      settings: settingsOf(row),
      problem: undefined,
      stop: async () => {
        stopping.abort()
        await done
      },
    }
    const done = this.#run(row, running, stopping.signal)
    this.#running.set(row.id, running)
  }

  async #run(row: SourceRow, running: Running, signal: AbortSignal): Promise<void> {
    for (let wait = firstWait; !signal.aborted; wait = Math.min(2 * wait, longestWait)) {
      try {
        await this.#read(row, signal, () => {
          running.problem = undefined
          wait = firstWait
        })
      } catch (error) {
        const words = wordsOf(error)
        if (words !== running.problem)
          this.#parts.log.warn({ source: row.name, reason: words }, 'Kafka cannot be read')
        running.problem = words
      }
      await pause(wait, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Reads until the signal; rejects where it cannot go on with this membership. `well`: told after every turn. */
  async #read(row: SourceRow, signal: AbortSignal, well: () => void): Promise<void> {
    const { kafka, id, name } = row
    if (kafka === null) throw new Error('the source has no settings for Kafka')
    const { intake, log, open = openKafka } = this.#parts
    const secrets = await this.#secrets.open(id, row.sealed_secrets)
    const group = kafka.group ?? `haidang-${name}`
    const client = await open({ settings: kafka, secrets, group })
    const empty = (kind: string, records: number) => this.#empty.add(records, { kind })
    const store = this.#store(id)
    const { start } = kafka
    const reader = new KafkaReader({ sourceId: id, start, client, intake, store, log, empty })
    try {
      while (!signal.aborted) {
        await reader.turn(signal)
        well()
      }
    } finally {
      await client.close().catch(() => undefined)
    }
  }

  #store(sourceId: string): KafkaStore {
    const { database, keys, clock } = this.#parts
    return {
      position: (log, partition) =>
        database.transact(systemScope, (tx) => this.#positions.of(tx, sourceId, log, partition)),
      save: (position) =>
        database.transact(systemScope, (tx) =>
          this.#positions.moveTo(tx, sourceId, position, clock.iso()),
        ),
      spooled: (prefix) => keys.startingWith(sourceId, prefix),
    }
  }
}

function settingsOf({ kafka, sealed_secrets }: SourceRow): string {
  return JSON.stringify([kafka, sealed_secrets])
}
