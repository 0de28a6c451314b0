import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Spool, SpoolEntry, SpoolPosition, SpoolRange } from './spool.ts'
import type { SpoolLimits } from './spool-limits.ts'

export const never = new AbortController().signal

/** An entry of `count` records whose bodies are `name/0`, `name/1` and so on. */
export function entry(name: string, count = 1, key?: string): SpoolEntry {
  const records = Array.from({ length: count }, (_, n) => Buffer.from(`${name}/${n}`))
  return { origin: 'syslog', records, ...(key === undefined ? {} : { key }) }
}

/** Bodies of all records, as text. */
export function bodies(ranges: readonly SpoolRange[]): string[] {
  return ranges.flatMap(({ records }) => records.map(({ body }) => Buffer.from(body).toString()))
}

/** Everything from `from` on, in ranges, until nothing is left. */
export async function readAll(spool: Spool, from?: SpoolPosition): Promise<SpoolRange[]> {
  const ranges: SpoolRange[] = []
  for (let at = from; ; ) {
    const range = await spool.cut(at, AbortSignal.timeout(30))
    if (!range) return ranges
    ranges.push(range)
    at = range.to
  }
}

/** What every spool does; run on each adapter. `restart` closes and opens on the same data; its clock stands at `now`. */
export function spoolContract(
  name: string,
  open: (limits: Partial<SpoolLimits>) => Promise<Spool>,
  restart: (spool: Spool, limits: Partial<SpoolLimits>) => Promise<Spool>,
  now: number,
): void {
  describe(`spool on ${name}`, () => {
    let spool: Spool

    beforeEach(async () => {
      spool = await open({})
    })
    afterEach(() => spool.close())

    test('gives records back in order, with who sent them and when', async () => {
      await spool.append(entry('a', 2, 'batch-1'))
      await spool.append(entry('b'))
      const [range] = await readAll(spool)
      expect(
        range?.records.map(({ origin, key, receivedAt }) => ({ origin, key, receivedAt })),
      ).toEqual([
        { origin: 'syslog', key: 'batch-1', receivedAt: now },
        { origin: 'syslog', key: 'batch-1', receivedAt: now },
        { origin: 'syslog', key: undefined, receivedAt: now },
      ])
      expect(bodies(range ? [range] : [])).toEqual(['a/0', 'a/1', 'b/0'])
    })

    test('every record has a position of its own, and they grow', async () => {
      for (let n = 0; n < 20; n++) await spool.append(entry(`e${n}`, 5))
      const positions = (await readAll(spool)).flatMap(({ records }) =>
        records.map(({ position }) => position.segment * 1e9 + position.offset),
      )
      expect(positions).toHaveLength(100)
      expect(positions.toSorted((a, b) => a - b)).toEqual(positions)
      expect(new Set(positions).size).toBe(100)
    })

    test('a range asked for again is the same, also after a restart', async () => {
      await spool.append(entry('a', 3))
      const first = await spool.cut(undefined, never)
      await spool.append(entry('b', 3))
      expect(await spool.cut(undefined, never)).toEqual(first)
      spool = await restart(spool, {})
      expect(await spool.cut(undefined, never)).toEqual(first)
      expect(bodies(await readAll(spool, first?.to))).toEqual(['b/0', 'b/1', 'b/2'])
    })

    test('ranges keep to their limits, may end inside an entry, and stay as they are when limits change', async () => {
      spool = await restart(spool, { rangeRecords: 4 })
      await spool.append(entry('a', 10))
      await spool.append(entry('b', 3))
      const ranges = await readAll(spool)
      expect(ranges.map(({ records }) => records.length)).toEqual([4, 4, 4, 1])
      expect(bodies(ranges)).toEqual([
        ...Array.from({ length: 10 }, (_, n) => `a/${n}`),
        ...Array.from({ length: 3 }, (_, n) => `b/${n}`),
      ])
      spool = await restart(spool, { rangeRecords: 100 })
      expect(await readAll(spool)).toEqual(ranges)
    })

    test('what is released is gone after a restart, what lies above stays', async () => {
      spool = await restart(spool, { segmentBytes: 200, rangeRecords: 1 })
      for (let n = 0; n < 40; n++) await spool.append(entry(`e${n}`, 1, `k${n}`))
      const ranges = await readAll(spool)
      const half = ranges[19] as SpoolRange
      await spool.release(half.to)
      expect(spool.size().records).toBe(20)
      spool = await restart(spool, { segmentBytes: 200, rangeRecords: 1 })
      expect([...spool.keys()].length).toBeLessThan(30)
      expect(await readAll(spool, half.to)).toEqual(ranges.slice(20))
      await spool.release((ranges.at(-1) as SpoolRange).to)
      expect(spool.size()).toEqual({ bytes: 0, records: 0 })
      await spool.append(entry('more'))
      expect(spool.size().records).toBe(1)
    })

    test('above its bound it refuses, and takes again after a release', async () => {
      spool = await restart(spool, { bytes: 6_000, segmentBytes: 1_000 })
      const big = () => spool.append({ origin: 'x', records: [Buffer.alloc(900)] })
      let refused = false
      for (let n = 0; n < 8 && !refused; n++)
        await big().catch((error) => {
          expect(error).toMatchObject({ code: 'ingest.overloaded' })
          refused = true
        })
      expect(refused).toBe(true)
      await spool.release(((await readAll(spool)).at(-1) as SpoolRange).to)
      await expect(big()).resolves.toBeUndefined()
    })

    test('an entry of several megabytes comes back whole', async () => {
      const records = Array.from({ length: 5 }, (_, n) => Buffer.alloc(900_000, 97 + n))
      await Promise.all([
        spool.append(entry('before')),
        spool.append({ origin: 'syslog', key: 'large', records }),
        spool.append(entry('after')),
      ])
      spool = await restart(spool, {})
      const found = (await readAll(spool)).flatMap((range) => range.records)
      expect(found.map(({ body }) => body.length)).toEqual([8, ...records.map(() => 900_000), 7])
      expect(found.slice(1, -1).every(({ body }, n) => records[n]?.equals(body))).toBe(true)
    })

    test('a cut waits for the first record and lets it through at once', async () => {
      const asked = spool.cut(undefined, never)
      await spool.append(entry('late'))
      expect(bodies([(await asked) as SpoolRange])).toEqual(['late/0'])
    })

    test('a cut that is given up answers undefined', async () => {
      expect(await spool.cut(undefined, AbortSignal.timeout(10))).toBeUndefined()
    })

    test('knows the keys of what is not released, also after a restart', async () => {
      await spool.append(entry('a', 1, 'k1'))
      await spool.append(entry('b'))
      await spool.append(entry('c', 1, 'k2'))
      const keys = [
        { origin: 'syslog', key: 'k1' },
        { origin: 'syslog', key: 'k2' },
      ]
      expect([...spool.keys()]).toEqual(keys)
      spool = await restart(spool, {})
      expect([...spool.keys()]).toEqual(keys)
      expect(spool.size().records).toBe(3)
    })

    test('many writers at once are all kept, in one order', async () => {
      const names = Array.from({ length: 500 }, (_, n) => `w${n}`)
      await Promise.all(names.map((name) => spool.append(entry(name))))
      expect(bodies(await readAll(spool))).toEqual(names.map((name) => `${name}/0`))
    })
  })
}
