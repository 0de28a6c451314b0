import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { restoredTable } from '@haidang/contracts/archive'
import { eventTable } from '@haidang/contracts/event-columns'
import { eventRow } from '@haidang/contracts/event-row'
import { millisecondsOf } from '@haidang/contracts/instant'
import { DirectoryBlobs } from '@haidang/runtime/blobs/directory-blobs'
import { systemClock } from '@haidang/runtime/clock'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import type { ParquetEvents } from '@haidang/runtime/event-store/parquet-events'
import { silentLog } from '@haidang/runtime/silent-log'
import {
  archiveColumns,
  daysHeld,
  fileOf,
  slicesOf,
} from '@haidang/station/archive/archive-queries'
import { RetentionRules } from '@haidang/station/archive/retention-rules'
import { eventTableStatements } from '@haidang/station/keep/event-table'
import { toEvent } from '@haidang/station/normalise/to-event'
import { type Figure, median } from './figure.ts'

const recording = join(import.meta.dirname, '../../shared/data/detection/zeek/dns_full.ndjson.gz')
const hour = millisecondsOf('2026-11-22T02:00:00Z')
const copies = 4
const range = 10_000
const repeats = 3
const needle = "observables, '8.8.8.8'"

/** An hour of recorded DNS events to Parquet and back: rate, bytes an event, and a search three ways. */
export async function* figures(): AsyncIterable<Figure> {
  if (!existsSync(recording)) return
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-archive-'))
  const engine = { directory: join(directory, 'events'), clock: systemClock, log: silentLog }
  const events = await openEmbeddedEventStore(engine)
  try {
    await events.define(eventTableStatements())
    const records = gunzipSync(readFileSync(recording)).toString('utf8').trim().split('\n')
    for (let copy = 0; copy < copies; copy++) {
      for (let from = 0; from < records.length; from += range) {
        const some = records.slice(from, from + range)
        const rows = some.map((line, n) => rowOf(line, copy * records.length + from + n))
        await events.insert(eventTable, rows.join('\n'), `copy-${copy}-${from}`)
      }
    }
    await events.define([`OPTIMIZE TABLE ${eventTable} FINAL`])
    yield* archived(
      events,
      new DirectoryBlobs(join(directory, 'archive')),
      join(directory, 'archive'),
    )
  } finally {
    await events.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function* archived(
  events: ParquetEvents,
  blobs: DirectoryBlobs,
  place: string,
): AsyncIterable<Figure> {
  const policy = {
    archive: true,
    rules: [],
    otherwise: { hot_days: 1, archive_days: 1, clause: '' },
  }
  const rules = new RetentionRules(policy)
  const bundle = { hour: hour / 3_600_000, organisation_id: 'org_a', tlp_rank: 2 }
  const [held = { rows: 1, bytes: 0 }] = await daysHeld(events)
  const [raw = { bytes: 0 }] = await events.query<{ bytes: number }>(
    `SELECT sum(length(event) + length(raw_data)) AS bytes FROM ${eventTable}`,
    {},
  )
  const files: { bytes: Uint8Array; rows: number }[] = []
  const spent = await timed(async () => {
    files.length = 0
    for (const slice of await slicesOf(events, bundle, rules)) {
      const bytes = await fileOf(events, bundle, slice, rules)
      await blobs.put(bytes)
      files.push({ bytes, rows: slice.rows })
    }
  })
  const packed = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const figure = (name: string, value: number, unit: string, of = repeats) => ({
    name: `archive.${name}`,
    value,
    unit,
    median_of: of,
  })
  yield figure('write', held.rows / spent, 'events/s')
  yield figure('write-text', raw.bytes / spent / 1e6, 'MB/s')
  yield figure('event-store-bytes', held.bytes / held.rows, 'bytes/event', 1)
  yield figure('parquet-bytes', packed / held.rows, 'bytes/event', 1)
  let token = 0
  const back = await timed(async () => {
    await events.define([`TRUNCATE TABLE ${restoredTable}`])
    for (const { bytes, rows } of files)
      await events.importParquet(
        restoredTable,
        { bytes, columns: archiveColumns, rows },
        `${token++}`,
      )
  })
  yield figure('restore', held.rows / back, 'events/s')
  const inPlace = `file('${place}/*/*/*', Parquet)`
  const tables = { hot: eventTable, restored: restoredTable, 'in-place': inPlace }
  for (const [name, table] of Object.entries(tables)) {
    const few = await timed(() =>
      events.query(`SELECT count() FROM ${table} WHERE has(${needle})`, {}),
    )
    yield figure(`search-${name}`, few * 1000, 'ms')
    const newest = `SELECT id, event, raw_data FROM ${table} ORDER BY time DESC, id DESC LIMIT 100`
    const page = await timed(() => events.query(newest, {}))
    yield figure(`newest-100-${name}`, page * 1000, 'ms')
  }
}

function rowOf(line: string, n: number): string {
  const read = toEvent(
    {
      position: { segment: 1, offset: n },
      origin: 'src_a',
      key: undefined,
      receivedAt: hour + Math.floor(n * 16),
      body: new TextEncoder().encode(line),
    },
    {
      organisation_id: 'org_a',
      node_id: 'nod_a',
      simulated: false,
      sources: new Map([
        [
          'src_a',
          {
            id: 'src_a',
            name: 'zeek',
            collector: 'json-lines' as const,
            zone: 'UTC',
            format: 'zeek-json' as const,
            logsource: {},
            tlp: 'amber' as const,
          },
        ],
      ]),
    },
  )
  if (!read.ok) throw new Error('a recorded event is read')
  return eventRow(read.event)
}

/** Seconds, the median of some runs. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = []
  for (let run = 0; run < repeats; run++) {
    const start = systemClock.monotonic()
    await work()
    seconds.push((systemClock.monotonic() - start) / 1000)
  }
  return median(seconds)
}
