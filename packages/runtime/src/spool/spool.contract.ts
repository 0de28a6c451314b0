import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Spool, SpoolEntry, SpoolPosition, SpoolRange } from './spool.ts'

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
  open: () => Promise<Spool>,
  restart: (spool: Spool) => Promise<Spool>,
  now: number,
): void {
  describe(`spool on ${name}`, () => {
    let spool: Spool

    beforeEach(async () => {
      spool = await open()
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
      spool = await restart(spool)
      expect(await spool.cut(undefined, never)).toEqual(first)
      expect(bodies(await readAll(spool, first?.to))).toEqual(['b/0', 'b/1', 'b/2'])
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
      spool = await restart(spool)
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
