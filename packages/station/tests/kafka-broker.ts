import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const python = '/usr/bin/python3'

/** Whether librdkafka's mock cluster can be run here (Debian: python3-confluent-kafka). */
export const hasKafkaBroker =
  spawnSync(python, ['-c', 'import confluent_kafka'], { stdio: 'ignore' }).status === 0

export interface Sent {
  readonly value: string | null
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Brokers in a process of their own, with librdkafka's producer before them. */
export interface KafkaBroker {
  readonly brokers: string[]
  send(order: {
    readonly topic: string
    readonly partition?: number
    readonly codec?: 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'
    readonly records: readonly Sent[]
  }): Promise<void>
  /** It answers nobody until it goes on. */
  hold(): void
  goOn(): void
  [Symbol.asyncDispose](): Promise<void>
}

export async function startKafkaBroker(): Promise<KafkaBroker> {
  const child = spawn(python, [join(import.meta.dirname, 'kafka-broker.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => JSON.parse(String((await lines.next()).value)) as unknown
  const brokers = (await next()) as string[]
  return {
    brokers,
    send: async (order) => {
      child.stdin.write(`${JSON.stringify(order)}\n`)
      const { sent } = (await next()) as { sent: number }
      if (sent !== order.records.length) throw new Error(`the broker took ${sent} records`)
    },
    hold: () => void child.kill('SIGSTOP'),
    goOn: () => void child.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
