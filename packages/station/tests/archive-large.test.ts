import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { restoredTable } from '@haidang/contracts/archive'
import { eventTable } from '@haidang/contracts/event-columns'
import { systemClock } from '@haidang/runtime/clock'
import { openEmbeddedEventStore } from '@haidang/runtime/event-store/embedded-event-store'
import { parquetRows } from '@haidang/runtime/event-store/parquet-footer'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, onTestFinished, test } from 'vitest'
import { archiveColumns } from '../src/archive/archive-queries.ts'
import { eventTableStatements } from '../src/keep/event-table.ts'

const rows = 50_000
const range = 10_000
const received_time = '2026-11-22T02:00:00.000Z'

function lineOf(n: number): string {
  const ids = { id: `evt_${n}`, organisation_id: 'org', node_id: 'nod', source_id: 'src' }
  const texts = { event: { a: `${n} `.repeat(200) }, raw_data: `${n} `.repeat(200) }
  return JSON.stringify({ ...ids, ...texts, time: received_time, received_time, product: 'p' })
}

test('the file of a busy hour comes back, though one statement has no memory for all of it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-archive-large-'))
  const events = await openEmbeddedEventStore({ directory, clock: systemClock, log: silentLog })
  onTestFinished(async () => {
    await events.close()
    rmSync(directory, { recursive: true, force: true })
  })
  await events.define(eventTableStatements())
  for (let from = 0; from < rows; from += range) {
    const lines = Array.from({ length: range }, (_, n) => lineOf(from + n))
    await events.insert(eventTable, lines.join('\n'), `range-${from}`)
  }
  const select = `SELECT ${archiveColumns.join(', ')} FROM ${eventTable} ORDER BY id`
  const bytes = await events.exportParquet(select, {})
  const file = { bytes, columns: archiveColumns, rows: parquetRows(bytes) }
  await events.importParquet(restoredTable, file, 'hour')
  const count = `SELECT uniqExact(id) AS ids, count() AS n FROM ${restoredTable}`
  expect(await events.query(count, {})).toEqual([{ ids: rows, n: rows }])
})
