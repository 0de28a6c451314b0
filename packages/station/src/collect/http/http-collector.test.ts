import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { systemClock } from '@haidang/runtime/clock'
import { Metrics } from '@haidang/runtime/metrics'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, test } from 'vitest'
import { HttpCollector } from './http-collector.ts'

test('a port that is taken is told, and can be opened when it is free', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const parts = { name: 'test', host: '127.0.0.1', port, log: silentLog, clock: systemClock }
  const collector = new HttpCollector(
    { ...parts, metrics: new Metrics({ process: false }) },
    () => undefined,
  )
  await collector.start()
  expect([collector.port, collector.problem()]).toEqual([
    undefined,
    expect.stringContaining('EADDRINUSE'),
  ])
  other.close()
  await once(other, 'close')
  await collector.start()
  expect([collector.port, collector.problem()]).toEqual([port, undefined])
  await collector.stop()
})
