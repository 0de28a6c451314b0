import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { openSegmentSpool } from '@haidang/runtime/spool/segment-spool'
import type { Spool, SpoolPosition } from '@haidang/runtime/spool/spool'
import { type Figure, median } from './figure.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
const repeats = 3
const milliseconds = 1_500

/** Speed of the spool on this disk: appends of several shapes, and cutting ranges out of a full one. */
export async function* figures(): AsyncIterable<Figure> {
  yield await appendFigure('spool.append.256kB-x8', 'MB/s', 256 * 1024, 8)
  yield await appendFigure('spool.append.1kB-x512', 'MB/s', 1024, 512)
  yield await appendFigure('spool.append.1kB-x1', 'MB/s', 1024, 1)
  yield await cutFigure()
}

/** `writers` writers append entries of `bytes` bytes, each waiting for its acknowledgement. */
async function appendFigure(
  name: string,
  unit: string,
  bytes: number,
  writers: number,
): Promise<Figure> {
  const lines = Array.from({ length: Math.max(1, bytes / 512) }, () =>
    Buffer.alloc(Math.min(bytes, 512), 97),
  )
  const value = await medianOf(repeats, () =>
    withSpool(async (spool) => {
      const start = systemClock.monotonic()
      const until = start + milliseconds
      let total = 0
      const write = async () => {
        while (systemClock.monotonic() < until) {
          await spool.append({ origin: 'bench', records: lines })
          total += bytes
        }
      }
      await Promise.all(Array.from({ length: writers }, write))
      return total / 1e6 / ((systemClock.monotonic() - start) / 1_000)
    }),
  )
  return { name, value, unit, median_of: repeats }
}

/** Ranges of the default size, cut and released. */
async function cutFigure(): Promise<Figure> {
  const entries = 400
  const perEntry = 500
  const records = Array.from({ length: perEntry }, () => Buffer.alloc(400, 97))
  const value = await medianOf(repeats, () =>
    withSpool(async (spool) => {
      for (let n = 0; n < entries; n++) await spool.append({ origin: 'bench', records })
      const start = systemClock.monotonic()
      let from: SpoolPosition | undefined
      for (let read = 0; read < entries * perEntry; ) {
        const range = await spool.cut(from, new AbortController().signal)
        if (!range) break
        read += range.records.length
        from = range.to
        await spool.release(range.to)
      }
      return (entries * perEntry) / ((systemClock.monotonic() - start) / 1_000)
    }),
  )
  return { name: 'spool.cut.400B', value, unit: 'records/s', median_of: repeats }
}

async function withSpool<T>(work: (spool: Spool) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'haidang-bench-spool-'))
  const spool = await openSegmentSpool({
    directory,
    name: 'bench',
    clock: systemClock,
    log: silent,
  })
  try {
    return await work(spool)
  } finally {
    await spool.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let time = 0; time < times; time++) values.push(await measure())
  return median(values)
}
