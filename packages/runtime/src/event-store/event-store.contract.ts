import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventTable } from './event-table.ts'
import type { ParquetEvents } from './parquet-events.ts'
import { parquetRows } from './parquet-footer.ts'

/** A table of the shape events have, under its own name per run. */
export function sampleTable(name: string): string {
  return eventTable(
    name,
    [
      { name: 'id', type: 'String' },
      { name: 'received_time', type: "DateTime64(3, 'UTC')" },
      { name: 'severity_id', type: 'UInt8' },
      { name: 'message', type: 'String CODEC(ZSTD(1))' },
      { name: 'observables', type: 'Array(String)' },
    ],
    { partition: 'received_time', order: ['received_time', 'id'], keepDays: 20_000 },
  )
}

/** `count` lines of JSONEachRow whose ids start with `prefix`, spread over two days. */
export function sampleLines(prefix: string, count: number): string {
  const line = (_: unknown, index: number) =>
    JSON.stringify({
      id: `${prefix}-${index}`,
      received_time: `2026-11-2${1 + (index % 2)}T03:20:57.${String(index % 1000).padStart(3, '0')}Z`,
      severity_id: index % 6,
      message: `Đăng nhập sai ${index} "quoted" \\ tab\t`,
      observables: ['192.0.2.7', `h${index % 10}.example`],
    })
  return Array.from({ length: count }, line).join('\n')
}

/** What every event store does; run on each adapter. `table` must be new for every run. */
export function eventStoreContract(
  name: string,
  open: () => Promise<ParquetEvents>,
  table: string,
): void {
  describe(`event store on ${name}`, () => {
    let store: ParquetEvents
    const count = async (where = '1') => {
      const rows = await store.query<{ n: number; ids: number }>(
        `SELECT count() AS n, uniqExact(id) AS ids FROM ${table} WHERE ${where}`,
        {},
      )
      return rows[0] ?? { n: 0, ids: 0 }
    }

    beforeAll(async () => {
      store = await open()
      await store.define([sampleTable(table)])
    })
    afterAll(() => store.close())

    test('answers a ping', async () => {
      await expect(store.ping()).resolves.toBeUndefined()
    })

    test('defining a table again changes nothing', async () => {
      await expect(store.define([sampleTable(table)])).resolves.toBeUndefined()
    })

    test('gives rows back as they were written, times in RFC 3339 UTC', async () => {
      await store.insert(table, sampleLines('back', 10), 'back')
      const rows = await store.query(
        `SELECT id, received_time, severity_id, message, observables FROM ${table} WHERE id = {id:String}`,
        { id: 'back-3' },
      )
      expect(rows).toEqual([
        {
          id: 'back-3',
          received_time: '2026-11-22T03:20:57.003Z',
          severity_id: 3,
          message: 'Đăng nhập sai 3 "quoted" \\ tab\t',
          observables: ['192.0.2.7', 'h3.example'],
        },
      ])
    })

    test('binds parameters as values, never as text of the statement', async () => {
      const hostile = "x' OR 1=1 --\\\t\n{id:String}"
      expect(
        await store.query(
          'SELECT {text:String} AS text, {list:Array(String)} AS list, {n:UInt32} AS n',
          { text: hostile, list: [hostile, 'đ'], n: 7 },
        ),
      ).toEqual([{ text: hostile, list: [hostile, 'đ'], n: 7 }])
    })

    test('a placeholder without a value is refused, whatever was bound before', async () => {
      await store.query('SELECT {gone:String} AS x', { gone: 'a' })
      await expect(store.query('SELECT {gone:String} AS x', {})).rejects.toThrow(/not set/)
    })

    test('the same token again changes nothing', async () => {
      const before = await count()
      for (let time = 0; time < 3; time++)
        await store.insert(table, sampleLines('again', 50), 'again')
      expect(await count("startsWith(id, 'again')")).toEqual({ n: 50, ids: 50 })
      expect((await count()).n).toBe(before.n + 50)
    })

    test('the same token again changes nothing after more than a hundred others', async () => {
      await store.insert(table, sampleLines('first', 20), 'first')
      for (let other = 0; other < 110; other++)
        await store.insert(table, sampleLines(`other${other}`, 2), `other-${other}`)
      await store.insert(table, sampleLines('first', 20), 'first')
      expect(await count("startsWith(id, 'first')")).toEqual({ n: 20, ids: 20 })
    })

    test('equal rows under another token are genuine repeats and stay', async () => {
      await store.insert(table, sampleLines('twin', 5), 'twin-a')
      await store.insert(table, sampleLines('twin', 5), 'twin-b')
      expect(await count("startsWith(id, 'twin')")).toEqual({ n: 10, ids: 5 })
    })

    test('a sender cannot choose the token of its rows', async () => {
      const row = { ...JSON.parse(sampleLines('forged', 1)), insert_token: 'elsewhere' }
      await store.insert(table, JSON.stringify(row), 'forged')
      expect(
        await store.query(
          `SELECT insert_token AS token FROM ${table} WHERE startsWith(id, 'forged')`,
          {},
        ),
      ).toEqual([{ token: 'forged' }])
    })

    test('an insert of a large range is one part of each day', async () => {
      await store.insert(table, sampleLines('large', 20_000), 'large')
      expect(await count("startsWith(id, 'large')")).toEqual({ n: 20_000, ids: 20_000 })
    })

    test('an empty insert changes nothing', async () => {
      const before = await count()
      await store.insert(table, '', 'empty')
      await store.insert(table, '\n\n', 'empty-lines')
      expect(await count()).toEqual(before)
    })

    test('questions run beside one another', async () => {
      const answers = await Promise.all(
        Array.from({ length: 24 }, (_, n) =>
          store.query<{ n: number }>(
            'SELECT {n:UInt32} + sum(number * 0) AS n FROM numbers(100000)',
            { n },
          ),
        ),
      )
      expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 24 }, (_, n) => n))
    })

    test('an aborted question ends at once and leaves the store usable', async () => {
      const abort = new AbortController()
      const asked = store.query(
        'SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1',
        {},
        abort.signal,
      )
      setTimeout(() => abort.abort(), 100)
      await expect(asked).rejects.toThrow()
      await expect(store.ping()).resolves.toBeUndefined()
      expect(await store.query('SELECT 1 AS one', {})).toEqual([{ one: 1 }])
    })

    const columns = ['id', 'received_time', 'severity_id', 'message', 'observables']
    const select = `SELECT ${columns.join(', ')} FROM ${table}
      WHERE startsWith(id, {prefix:String}) ORDER BY id`
    const restored = `${table}_restored`

    test('rows go out as Parquet, byte for byte alike each time, and come back as they were', async () => {
      await store.define([sampleTable(restored)])
      await store.insert(table, sampleLines('parquet', 30_000), 'parquet')
      const bytes = await store.exportParquet(select, { prefix: 'parquet-' })
      expect(parquetRows(bytes)).toBe(30_000)
      expect(await store.exportParquet(select, { prefix: 'parquet-' })).toEqual(bytes)
      const file = { bytes, columns, rows: 30_000 }
      await store.importParquet(restored, file, 'file')
      await store.importParquet(restored, file, 'file')
      const differing = `SELECT count() AS n FROM (${select}) a
        FULL JOIN ${restored} b USING (id) WHERE tuple(a.*) != (b.id, b.received_time, b.severity_id, b.message, b.observables)`
      expect(await store.query(differing, { prefix: 'parquet-' })).toEqual([{ n: 0 }])
      const sum = `SELECT count() AS n FROM ${restored}`
      expect(await store.query(sum, {})).toEqual([{ n: 30_000 }])
    })

    test('rows of a file that were dropped come back under the same token', async () => {
      await store.insert(table, sampleLines('dropped', 50), 'dropped')
      const bytes = await store.exportParquet(select, { prefix: 'dropped-' })
      const file = { bytes, columns, rows: parquetRows(bytes) }
      for (let time = 0; time < 3; time++) {
        await store.importParquet(restored, file, 'once more')
        const [row] = await store.query<{ n: number }>(
          `SELECT count() AS n FROM ${restored} WHERE startsWith(id, 'dropped-')`,
          {},
        )
        expect(row?.n).toBe(50)
        await store.define([`ALTER TABLE ${restored} DROP PARTITION '2026-11-21'`])
        await store.define([`ALTER TABLE ${restored} DROP PARTITION '2026-11-22'`])
      }
    })

    test('a file that is none is refused and leaves nothing', async () => {
      const bytes = Buffer.from('PAR1 no file at all PAR1')
      await expect(
        store.importParquet(restored, { bytes, columns, rows: 1 }, 'broken'),
      ).rejects.toThrow()
      expect(
        await store.query(
          `SELECT count() AS n FROM ${restored} WHERE insert_token = {token:String}`,
          { token: 'broken' },
        ),
      ).toEqual([{ n: 0 }])
    })

    test('a faulty statement is told as it is', async () => {
      await expect(store.query('SELECT nothing FROM nowhere', {})).rejects.toThrow(/nowhere/)
    })
  })
}
