import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import type { Log } from '../log.ts'
import { openSegmentSpool, type SegmentSpool, type SegmentSpoolParts } from './segment-spool.ts'
import { createOnDisk } from './segment-writer.ts'
import { bodies, entry, never, readAll, spoolContract } from './spool.contract.ts'
import type { SpoolRange } from './spool.ts'

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

let current = ''
spoolContract(
  'disk',
  (limits) => {
    current = fresh()
    return reopen(current, { limits })
  },
  async (spool, limits) => {
    await spool.close()
    return reopen(current, { limits })
  },
  clock.now(),
)

describe('the spool on disk', () => {
  let directory: string
  let spool: SegmentSpool

  beforeEach(async () => {
    directory = fresh()
    spool = await reopen(directory)
  })
  afterEach(() => spool.close())

  test('releasing gives back whole segments and keeps what lies above', async () => {
    await spool.close()
    spool = await reopen(directory, { limits: { segmentBytes: 200 } })
    for (let n = 0; n < 40; n++) await spool.append(entry(`e${n}`, 1, `k${n}`))
    const ranges = await readAll(spool)
    const half = ranges[Math.floor(ranges.length / 2)] as SpoolRange
    const files = () => readdirSync(directory).filter((name) => name.endsWith('.segment')).length
    const before = files()
    await spool.release(half.to)
    expect(files()).toBeLessThan(before)
    expect(bodies(await readAll(spool, half.to))).toEqual(
      bodies(ranges.slice(Math.floor(ranges.length / 2) + 1)),
    )
    await spool.release((ranges.at(-1) as SpoolRange).to)
    expect(spool.size()).toEqual({ bytes: 0, records: 0 })
    await spool.append(entry('more'))
    expect(spool.size().records).toBe(1)
  })

  test('no position is used twice, even where everything was released or the directory is lost', async () => {
    await spool.append(entry('a'))
    const [range] = await readAll(spool)
    await spool.release((range as SpoolRange).to)
    await spool.close()
    rmSync(directory, { recursive: true })
    spool = await reopen(directory, { after: (range as SpoolRange).to })
    await spool.append(entry('b'))
    const [next] = await readAll(spool, (range as SpoolRange).to)
    expect(bodies(next ? [next] : [])).toEqual(['b/0'])
    expect(next?.token).not.toBe(range?.token)
    expect(next?.from.segment).toBeGreaterThan((range as SpoolRange).to.segment)
  })

  test('a full disk refuses without losing what is acknowledged, and recovers', async () => {
    let room = Number.POSITIVE_INFINITY
    await spool.close()
    spool = await reopen(directory, {
      create: async (path) => {
        const file = await createOnDisk(path)
        return {
          writev: async (buffers, position) => {
            const bytes = Buffer.concat(buffers).subarray(0, room)
            if (bytes.length === 0)
              throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
            room -= bytes.length
            return file.writev([bytes], position)
          },
          datasync: () => file.datasync(),
          truncate: (length) => file.truncate(length),
          close: () => file.close(),
        }
      },
    })
    await spool.append(entry('kept'))
    room = 10
    await expect(spool.append(entry('refused'))).rejects.toMatchObject({ code: 'ingest.disk-full' })
    await expect(spool.append(entry('refused'))).rejects.toMatchObject({ code: 'ingest.disk-full' })
    expect(readdirSync(directory).filter((name) => name.endsWith('.segment'))).toHaveLength(1)
    room = Number.POSITIVE_INFINITY
    await spool.append(entry('after'))
    expect(bodies(await readAll(spool))).toEqual(['kept/0', 'after/0'])
    await spool.close()
    spool = await reopen(directory)
    expect(bodies(await readAll(spool))).toEqual(['kept/0', 'after/0'])
    expect(spool.losses()).toEqual({ tornBytes: 0, damagedBytes: 0 })
  })

  test('below the reserve of the disk nothing more is taken in, and what is in flows', async () => {
    await spool.append(entry('kept'))
    await spool.close()
    spool = await reopen(directory, { limits: { reserveBytes: Number.MAX_SAFE_INTEGER } })
    await expect(spool.append(entry('refused'))).rejects.toMatchObject({ code: 'ingest.disk-full' })
    expect(bodies(await readAll(spool))).toEqual(['kept/0'])
  })

  test('a frame that rots is passed over, counted, and the rest still flows', async () => {
    await spool.append(entry('first'))
    await spool.append(entry('rotten'))
    await spool.append(entry('last'))
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.segment'))
    const path = join(directory, name)
    const bytes = readFileSync(path)
    bytes[bytes.indexOf('rotten')] = 0x52
    writeFileSync(path, bytes)
    expect(bodies(await readAll(spool))).toEqual(['first/0', 'last/0'])
    expect(spool.losses().damagedBytes).toBeGreaterThan(0)
  })

  test('bytes of a record that look like a frame are not taken for one', async () => {
    await spool.append(entry('inner', 2))
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.segment'))
    const forged = readFileSync(join(directory, name)).subarray(8)
    await spool.close()
    spool = await reopen(directory, { limits: { rangeRecords: 1 } })
    await spool.append({ origin: 'x', records: [forged, forged] })
    const ranges = await readAll(spool)
    await spool.close()
    spool = await reopen(directory)
    const last = ranges.at(-1) as SpoolRange
    expect((await spool.cut(last.from, never))?.records[0]?.body).toEqual(forged)
  })
})
