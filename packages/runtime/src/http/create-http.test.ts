import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import { Metrics } from '../metrics.ts'
import { silentLog } from '../silent-log.ts'
import { createHttp } from './create-http.ts'

const agent = new Agent({ keepAlive: true })
afterEach(() => agent.destroy())

function server() {
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  return createHttp({ log: silentLog, metrics: new Metrics({ process: false }), clock })
}

test('a stop does not wait for a connection that was busy when it began', async () => {
  const app = server()
  const [arrived, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  app.get('/slow', async () => {
    arrived.resolve()
    await answer.promise
    return 'xong'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const asked = request({ agent, host: '127.0.0.1', port, path: '/slow' }).end()
  const response = once(asked, 'response') as Promise<[IncomingMessage]>
  await arrived.promise
  const closed = app.close()
  // Stopping has begun where nobody new gets in.
  while (app.server.listening) await new Promise((resolve) => setImmediate(resolve))
  answer.resolve()
  const [message] = await response
  expect(await text(message)).toBe('xong')
  await closed
}, 10_000)

test('a body that nests thousands deep is refused with the reason', async () => {
  const app = server()
  app.post('/any', async () => 'xong')
  const refused = await app.inject({
    method: 'POST',
    url: '/any',
    headers: { 'content-type': 'application/json' },
    payload: '{"a":'.repeat(5_000),
  })
  expect(refused.statusCode).toBe(400)
  expect(refused.json()).toMatchObject({ code: 'request.invalid' })
  expect(refused.body).toContain('256')
})
