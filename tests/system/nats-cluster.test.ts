import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { type Bus, connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import { openStreamSpool, type StreamSpool } from '@haidang/runtime/spool/nats/nats-spool'
import { NatsStream } from '@haidang/runtime/spool/nats/nats-stream'
import type { SpoolPosition } from '@haidang/runtime/spool/spool'
import { type NatsServer, natsCluster, natsMissing } from '@haidang/testbed/nats-server'
import { expect, test } from 'vitest'

const mustRun = process.env['CI'] === 'true'
if (natsMissing && !mustRun) console.log(`a cluster of NATS is not tried: ${natsMissing}`)

const parts = { clock: systemClock, log: silentLog, name: 'node-1' }
const never = new AbortController().signal
const body = Buffer.alloc(60_000, 'x')

test.skipIf(natsMissing !== undefined && !mustRun)(
  'three servers killed at once after some was given back keep everything behind it',
  { timeout: 60_000 },
  async () => {
    const servers = await natsCluster()
    const buses: Bus[] = []
    try {
      const before = await open(servers, buses)
      for (let n = 0; n < 12; n++) await append(before, n)
      // The first ranges reach into the second segment, so the first one is given back.
      const after = await readTo(before, 6)
      await before.release(after)
      // What follows tells the servers that the giving back is settled: they repeat it when they start.
      for (let n = 12; n < 16; n++) await append(before, n)
      await Promise.all(servers.map((server) => server.stop()))
      await Promise.all(servers.map((server) => server.start()))
      const again = await open(servers, buses, after)
      expect(await readOn(again, after, 10)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
      expect(again.losses()).toEqual({ tornBytes: 0, damagedBytes: 0 })
    } finally {
      for (const bus of buses) await bus.close()
      for (const server of servers) await server[Symbol.asyncDispose]()
    }
  },
)

async function open(servers: readonly NatsServer[], buses: Bus[], after?: SpoolPosition) {
  const url = servers.map((server) => server.url).join(',')
  const bus = await connectBus({ ...parts, settings: { url, tls: {} } })
  buses.push(bus)
  const room = { bytes: 16 * 1024 * 1024, replicas: undefined }
  const stream = await NatsStream.open({ ...parts, ...room, bus })
  const limits = { segmentBytes: 200_000, rangeRecords: 1, linger: 0 }
  return openStreamSpool({ ...parts, stream, limits, ...(after && { after }) })
}

function append(spool: StreamSpool, number: number): Promise<void> {
  const record = Buffer.from(body)
  record.writeUInt32LE(number)
  return spool.append({ origin: 'syslog', records: [record] })
}

/** Where the first so many ranges end. */
async function readTo(spool: StreamSpool, count: number): Promise<SpoolPosition> {
  let at: SpoolPosition | undefined
  for (let n = 0; n < count; n++) at = (await spool.cut(at, never))?.to
  if (!at) throw new Error('the spool is empty')
  return at
}

async function readOn(spool: StreamSpool, from: SpoolPosition, count: number): Promise<number[]> {
  const numbers: number[] = []
  for (let at = from; numbers.length < count; ) {
    const range = await spool.cut(at, AbortSignal.timeout(2_000))
    if (!range) break
    numbers.push(...range.records.map((record) => Buffer.from(record.body).readUInt32LE()))
    at = range.to
  }
  return numbers
}
