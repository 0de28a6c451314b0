import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { ManualClock } from '@haidang/runtime/clock'
import type { Database } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { silentLog } from '@haidang/runtime/silent-log'
import type { Spool } from '@haidang/runtime/spool/spool'
import { onTestFinished } from 'vitest'
import { Arrivals } from '../src/collect/arrivals.ts'
import { Backlog } from '../src/collect/backlog.ts'
import { BatchKeys } from '../src/collect/batch-keys.ts'
import { Intake } from '../src/collect/intake.ts'
import { SourceGate } from '../src/collect/source-gate.ts'
import { StreamListener, type StreamListenerParts } from '../src/collect/stream-listener.ts'
import { LineStore } from '../src/keep/line-store.ts'

/** A spool in memory that says what it was given, and can be full. */
export class MemorySpool {
  readonly entries: { origin: string; key: string | undefined; records: string[] }[] = []
  isFull = false
  attempts = 0

  append: Spool['append'] = async ({ origin, key, records }) => {
    await new Promise(setImmediate)
    this.attempts++
    if (this.isFull) throw new Problem('ingest.overloaded')
    this.entries.push({
      origin,
      key,
      records: records.map((bytes) => Buffer.from(bytes).toString()),
    })
    return undefined as never
  }

  get records(): string[] {
    return this.entries.flatMap(({ records }) => records)
  }
}

export const clock = new ManualClock('2026-11-22T03:00:00.000Z')

/** The door of a spool in memory. */
export function memoryIntake(): { spool: MemorySpool; intake: Intake } {
  const spool = new MemorySpool()
  const database = { transact: async () => new Set() } as unknown as Database
  const keys = new BatchKeys(database, new LineStore())
  const backlog = new Backlog()
  const door = spool as unknown as Spool
  const book = { get: () => undefined, inUse: () => [] }
  const gate = new SourceGate({ spool: door, backlog, clock, book })
  const arrivals = new Arrivals(clock)
  return { spool, intake: new Intake({ spool: door, keys, clock, arrivals, backlog, gate }) }
}

/** A listener on a free port for the length of the test. */
export async function listening(serve: StreamListenerParts['serve']): Promise<number> {
  const at = { host: '127.0.0.1', port: 0 }
  const listener = new StreamListener({ name: 'test', at, serve, log: silentLog })
  await listener.start()
  onTestFinished(() => listener.stop())
  return listener.port ?? 0
}

export async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  onTestFinished(() => void socket.destroy())
  return socket
}
