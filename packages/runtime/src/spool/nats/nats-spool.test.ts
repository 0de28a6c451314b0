import { NatsServer, natsMissing } from '@haidang/testbed/nats-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ManualClock, systemClock } from '../../clock.ts'
import { silentLog } from '../../silent-log.ts'
import { bodies, entry, readAll, spoolContract } from '../spool.contract.ts'
import type { SpoolPosition, SpoolRange } from '../spool.ts'
import { type Bus, connectBus } from './connect-bus.ts'
import { openStreamSpool, type StreamSpool, type StreamSpoolParts } from './nats-spool.ts'
import { NatsStream } from './nats-stream.ts'

const clock = new ManualClock('2026-11-22T03:20:57.000Z')
const isRequired = process.env['CI'] === 'true'
const canRun = natsMissing === undefined || isRequired

let server: NatsServer
let bus: Bus
let runs = 0

describe.runIf(canRun)('with a NATS server', () => {
  beforeAll(async () => {
    server = await NatsServer.start()
    bus = await connectBus({
      settings: { url: server.url, tls: {} },
      name: 'test',
      clock: systemClock,
      log: silentLog,
    })
  })
  afterAll(async () => {
    await bus?.close()
    await server?.[Symbol.asyncDispose]()
  })

  async function reopen(name: string, more: Partial<StreamSpoolParts> = {}): Promise<StreamSpool> {
    const stream = await NatsStream.open({
      bus,
      log: silentLog,
      name,
      bytes: 64 * 1024 * 1024,
      replicas: undefined,
    })
    return openStreamSpool({
      stream,
      name: 'node-1',
      clock,
      log: silentLog,
      ...more,
      limits: { linger: 0, ...more.limits },
    })
  }
  const fresh = () => `spool-${++runs}`

  let current = ''
  spoolContract(
    'NATS',
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

  describe('the spool in a stream', () => {
    test('no position is used twice, even where the stream was deleted', async () => {
      const name = fresh()
      const first = await reopen(name)
      await first.append(entry('a'))
      const [range] = await readAll(first)
      await first.close()
      await (await bus.library.jetstreamManager(bus.connection)).streams.delete(
        `haidang-spool-${name}`,
      )
      const after = (range as SpoolRange).to
      const second = await reopen(name, { after })
      await second.append(entry('b'))
      const [next] = await readAll(second, after)
      expect(bodies(next ? [next] : [])).toEqual(['b/0'])
      expect(next?.token).not.toBe(range?.token)
      expect(next?.from.segment).toBeGreaterThan(after.segment)
      await second.close()
    })

    test('what was given back in part when the program ended is not taken for a loss', async () => {
      const name = fresh()
      const first = await reopen(name)
      for (const text of ['a', 'b', 'c']) await first.append(entry(text))
      const after = (await readAll(first)).at(-1)?.to as SpoolPosition
      await first.close()
      const second = await reopen(name)
      await second.append(entry('d'))
      await second.close()
      const { streams } = await bus.library.jetstreamManager(bus.connection)
      // A server that was killed may have the second again.
      for (const sequence of [1, 3, 4])
        await streams.deleteMessage(`haidang-spool-${name}`, sequence)
      const third = await reopen(name, { after })
      expect(third.losses()).toEqual({ tornBytes: 0, damagedBytes: 0 })
      expect(bodies(await readAll(third, after))).toEqual(['d/0'])
      await third.close()
      const fromTheFirst = await reopen(name)
      expect(bodies(await readAll(fromTheFirst))).toEqual(['d/0'])
      await fromTheFirst.close()
    })

    test('of two processes of one node the younger writes, and the older says so', async () => {
      const name = fresh()
      const older = await reopen(name)
      await older.append(entry('a'))
      const younger = await reopen(name)
      await expect(older.append(entry('lost'))).rejects.toMatchObject({ code: 'ingest.bus-taken' })
      await expect(older.append(entry('lost'))).rejects.toMatchObject({ code: 'ingest.bus-taken' })
      await younger.append(entry('b'))
      expect(bodies(await readAll(younger))).toEqual(['a/0', 'b/0'])
      await older.close()
      await younger.close()
    })

    test('a broker killed while many write loses nothing it acknowledged, and nothing stands twice', async () => {
      const name = fresh()
      const spool = await reopen(name)
      const acknowledged: string[] = []
      const writing = Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 60; n++) {
          const text = `${writer}-${n}`
          await spool.append(entry(text))
          acknowledged.push(`${text}/0`)
        }
      })
      await expect.poll(() => acknowledged.length).toBeGreaterThan(100)
      await server.stop()
      await server.start()
      await Promise.all(writing)
      const live = bodies(await readAll(spool))
      expect(live.toSorted()).toEqual(acknowledged.toSorted())
      await spool.close()
      const again = await reopen(name)
      expect(bodies(await readAll(again))).toEqual(live)
      await again.close()
    })
  })
})
