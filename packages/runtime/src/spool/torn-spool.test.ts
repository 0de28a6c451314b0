import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { openSegmentSpool, type SegmentSpool, type SegmentSpoolParts } from './segment-spool.ts'
import { bodies, entry, readAll } from './spool.contract.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
const root = mkdtempSync(join(tmpdir(), 'haidang-spool-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const clock = new ManualClock('2026-11-22T03:20:57.000Z')
let runs = 0
function fresh(): string {
  runs += 1
  return join(root, String(runs))
}

function reopen(directory: string, more: Partial<SegmentSpoolParts> = {}): Promise<SegmentSpool> {
  return openSegmentSpool({
    directory,
    name: 'node-1',
    clock,
    log: silent,
    ...more,
    limits: { linger: 0, ...more.limits },
  })
}

describe('a spool cut off anywhere', () => {
  test('reopens with a prefix of what was written that holds all that was acknowledged', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 4 }), { maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        async (entries, acknowledged, cutAt) => {
          const directory = fresh()
          const spool = await reopen(directory)
          const sizes: number[] = []
          for (const records of entries) {
            await spool.append({ origin: 'o', records })
            sizes.push(spool.size().bytes)
          }
          await spool.close()
          const [name] = readdirSync(directory).filter((file) => file.endsWith('.segment'))
          if (!name) return
          const all = entries.flat().map((body) => Buffer.from(body))
          const sure = sizes[acknowledged % sizes.length] ?? 0
          const total = sizes.at(-1) ?? 0
          const keep = sure + (cutAt % (total - sure + 1))
          await truncate(join(directory, name), 8 + keep)
          const whole = sizes.filter((size) => size <= keep).length

          const again = await reopen(directory)
          const ranges = await readAll(again)
          const found = ranges.flatMap(({ records }) =>
            records.map(({ body }) => Buffer.from(body)),
          )
          expect(found).toEqual(all.slice(0, entries.slice(0, whole).flat().length))
          expect(again.losses().damagedBytes).toBe(0)
          await again.append({ origin: 'o', records: [Buffer.from('after')] })
          await again.close()

          const third = await reopen(directory)
          const later = await readAll(third)
          expect(later.slice(0, ranges.length)).toEqual(ranges)
          expect(Buffer.from(later.at(-1)?.records.at(-1)?.body ?? []).toString()).toBe('after')
          await third.close()
        },
      ),
      { numRuns: 60 },
    )
  })

  test('hands out the same ranges when its cut log is torn, up to the last whole cut', async () => {
    const directory = fresh()
    const spool = await reopen(directory, { limits: { rangeRecords: 2 } })
    await spool.append(entry('a', 9))
    const ranges = await readAll(spool)
    await spool.close()
    const cuts = readFileSync(join(directory, 'cuts'))
    for (const keep of [0, 1, 25, 26, 40, 52, 100]) {
      const copy = `${directory}-${keep}`
      mkdirSync(copy)
      for (const name of readdirSync(directory))
        copyFileSync(join(directory, name), join(copy, name))
      writeFileSync(join(copy, 'cuts'), cuts.subarray(0, keep))
      const again = await reopen(copy, { limits: { rangeRecords: 3 } })
      const found = await readAll(again)
      const same = Math.floor(keep / 26)
      expect(found.slice(0, same)).toEqual(ranges.slice(0, same))
      expect(bodies(found)).toEqual(bodies(ranges))
      await again.close()
    }
  })
})
