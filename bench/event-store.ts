import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventColumns } from '@haidang/contracts/event-columns'
import { systemClock } from '@haidang/runtime/clock'
import {
  type EmbeddedEventStore,
  openEmbeddedEventStore,
} from '@haidang/runtime/event-store/embedded-event-store'
import { eventTable } from '@haidang/runtime/event-store/event-table'
import type { Log } from '@haidang/runtime/log'
import { type Figure, median } from './figure.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
const rangeRows = 4_000
const ranges = 50
const repeats = 3

/** The embedded event store: durable inserts of ranges, searches over what they brought, memory, start. */
export async function* figures(): AsyncIterable<Figure> {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-events-'))
  const open = () => openEmbeddedEventStore({ directory, clock: systemClock, log: silent })
  let store = await open()
  try {
    await store.define([
      eventTable('event', eventColumns, {
        partition: 'received_time',
        order: ['organisation_id', 'received_time'],
        keepDays: 3_650,
      }),
    ])
    let range = 0
    const insert = await medianOf(repeats, async () => {
      let spent = 0
      for (let n = 0; n < ranges; n++) {
        const lines = rows(range)
        const start = systemClock.monotonic()
        await store.insert('event', lines, `bench-${String(range).padStart(8, '0')}`)
        spent += systemClock.monotonic() - start
        range += 1
      }
      return (ranges * rangeRows) / (spent / 1_000)
    })
    yield { name: 'event-store.insert', value: insert, unit: 'events/s', median_of: repeats }
    yield* searches(store)
    yield {
      name: 'event-store.memory',
      value: proportionalBytes(store.pid() ?? 0) / 1e6,
      unit: 'MB',
      median_of: 1,
    }
    const start = await medianOf(repeats, async () => {
      await store.close()
      const began = systemClock.monotonic()
      store = await open()
      return systemClock.monotonic() - began
    })
    yield { name: 'event-store.start', value: start, unit: 'ms', median_of: repeats }
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function* searches(store: EmbeddedEventStore): AsyncIterable<Figure> {
  const questions = {
    newest: 'SELECT event, raw_data FROM event ORDER BY received_time DESC LIMIT 100',
    histogram:
      'SELECT toStartOfInterval(received_time, INTERVAL 5 MINUTE) AS t, severity_id, count() AS n FROM event GROUP BY t, severity_id ORDER BY t',
    text: "SELECT count() AS n FROM event WHERE positionCaseInsensitiveUTF8(message, 'invalid user 77') > 0",
  }
  for (const [name, sql] of Object.entries(questions)) {
    const value = await medianOf(5, async () => {
      const start = systemClock.monotonic()
      await store.query(sql, {})
      return systemClock.monotonic() - start
    })
    yield {
      name: `event-store.${name}`,
      value,
      unit: 'ms',
      median_of: 5,
      beside: { name: 'events', value: ranges * repeats * rangeRows },
    }
  }
}

/** One range of rows as the line writes them, about 1 kB each. */
function rows(range: number): string {
  const text = Object.fromEntries(eventColumns.map(({ name, type }) => [name, zeroOf(type)]))
  const line = (_: unknown, index: number) => {
    const number = range * rangeRows + index
    const time = new Date(1_795_000_000_000 + number * 10).toISOString()
    const message = `Failed password for invalid user ${number % 997} from 203.0.113.${number % 250} port 4${number % 1000} ssh2`
    return JSON.stringify({
      ...text,
      id: `evt_${number}`,
      organisation_id: `org_${number % 4}`,
      time,
      received_time: time,
      severity_id: number % 6,
      message,
      src_ip: `203.0.113.${number % 250}`,
      host: `h${number % 50}`,
      user: `u${number % 997}`,
      observables: [`203.0.113.${number % 250}`, `h${number % 50}`],
      event: JSON.stringify({ message, number, time, filling: 'x'.repeat(300) }),
      raw_data: `<38>${time} h${number % 50} sshd[${number % 30000}]: ${message}`,
    })
  }
  return Array.from({ length: rangeRows }, line).join('\n')
}

function zeroOf(type: string): unknown {
  if (type.startsWith('Array')) return []
  if (type === 'Bool') return false
  return /^U?Int/.test(type) ? 0 : ''
}

/** Memory of a process with shared pages counted in proportion (Linux PSS). */
function proportionalBytes(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  return Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? Number.NaN) * 1024
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let time = 0; time < times; time++) values.push(await measure())
  return median(values)
}
