import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import { connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import { openStreamSpool } from '@haidang/runtime/spool/nats/nats-spool'
import { NatsStream } from '@haidang/runtime/spool/nats/nats-stream'
import { openSegmentSpool } from '@haidang/runtime/spool/segment-spool'
import type { Spool, SpoolPosition } from '@haidang/runtime/spool/spool'
import { NatsServer, natsMissing } from '@haidang/testbed/nats-server'
import { type Figure, median } from './figure.ts'

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silent,
}
type WithSpool = <T>(work: (spool: Spool) => Promise<T>) => Promise<T>

const repeats = 3
const milliseconds = 1_500

/** Speed of the spool on this disk and on a NATS server of this machine: appends of several shapes, and cutting ranges out of a full one. */
export async function* figures(): AsyncIterable<Figure> {
  yield* figuresOf('spool', onDisk)
  if (natsMissing !== undefined) return
  await using server = await NatsServer.start()
  yield* figuresOf('spool.nats', inNats(server.url))
}

async function* figuresOf(spool: string, withSpool: WithSpool): AsyncIterable<Figure> {
  yield await appendFigure(`${spool}.append.256kB-x8`, 256 * 1024, 8, withSpool)
  yield await appendFigure(`${spool}.append.1kB-x512`, 1024, 512, withSpool)
  yield await appendFigure(`${spool}.append.1kB-x1`, 1024, 1, withSpool)
  yield await cutFigure(`${spool}.cut.400B`, withSpool)
}

/** `writers` writers append entries of `bytes` bytes, each waiting for its acknowledgement. */
async function appendFigure(
  name: string,
  bytes: number,
  writers: number,
  withSpool: WithSpool,
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
  return { name, value, unit: 'MB/s', median_of: repeats }
}

/** Ranges of the default size, cut and released. */
async function cutFigure(name: string, withSpool: WithSpool): Promise<Figure> {
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
  return { name, value, unit: 'records/s', median_of: repeats }
}

async function onDisk<T>(work: (spool: Spool) => Promise<T>): Promise<T> {
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

/** Each work gets a stream of its own, with file storage. */
function inNats(url: string): WithSpool {
  let streams = 0
  return async (work) => {
    const common = { name: `bench-${++streams}`, clock: systemClock, log: silent }
    const bus = await connectBus({ ...common, settings: { url, tls: {} } })
    try {
      const bytes = 5 * 1024 ** 3
      const stream = await NatsStream.open({ ...common, bus, bytes, replicas: undefined })
      const spool = await openStreamSpool({ ...common, stream })
      const answer = await work(spool)
      await spool.close()
      const manager = await bus.library.jetstreamManager(bus.connection)
      await manager.streams.delete(`haidang-spool-${common.name}`)
      return answer
    } finally {
      await bus.close()
    }
  }
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const values: number[] = []
  for (let time = 0; time < times; time++) values.push(await measure())
  return median(values)
}
