import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@haidang/runtime/clock'
import { silentLog } from '@haidang/runtime/silent-log'
import { type Bus, connectBus } from '@haidang/runtime/spool/nats/connect-bus'
import type { Spool } from '@haidang/runtime/spool/spool'
import { NatsServer, natsMissing } from '@haidang/testbed/nats-server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { spoolOpener } from './node-spool.ts'

const mustRun = process.env['CI'] === 'true'
const dataDirectory = mkdtempSync(join(tmpdir(), 'haidang-node-spool-'))
afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }))

describe.skipIf(natsMissing !== undefined && !mustRun)('a node between disk and NATS', () => {
  let server: NatsServer
  let bus: Bus
  beforeAll(async () => {
    server = await NatsServer.start()
    const settings = { url: server.url, tls: {} }
    bus = await connectBus({ settings, name: 'test', clock: systemClock, log: silentLog })
  })
  afterAll(async () => {
    await bus.close()
    await server[Symbol.asyncDispose]()
  })

  const open = (at: Bus | undefined) =>
    spoolOpener({
      bus: at,
      replicas: undefined,
      name: 'node',
      bytes: 64 * 1024 * 1024,
      reserveBytes: 0,
      dataDirectory,
      clock: systemClock,
      log: silentLog,
    })(undefined, () => undefined)
  const put = (spool: Spool) => spool.append({ origin: 'a', records: [Buffer.from('one')] })
  const drain = async (spool: Spool) => {
    const range = await spool.cut(undefined, AbortSignal.timeout(5_000))
    if (range) await spool.release(range.to)
  }

  test('changes to the other only when nothing waits in the one it leaves', async () => {
    const disk = await open(undefined)
    await put(disk)
    await disk.close()
    await expect(open(bus)).rejects.toThrow('1 records still wait in the spool on disk')

    const again = await open(undefined)
    await drain(again)
    await again.close()
    const nats = await open(bus)
    await put(nats)
    await nats.close()
    await expect(open(undefined)).rejects.toThrow('records may still wait in the NATS stream')

    const emptied = await open(bus)
    await drain(emptied)
    await emptied.close()
    await (await open(undefined)).close()
  })
})
