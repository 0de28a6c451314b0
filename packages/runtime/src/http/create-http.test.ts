import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { ManualClock } from '../clock.ts'
import { Metrics } from '../metrics.ts'
import { silentLog } from '../silent-log.ts'
import { createHttp } from './create-http.ts'

const agent = new Agent({ keepAlive: true })
afterEach(() => agent.destroy())

function server(publicUrls: readonly string[] = [], isBusy?: () => boolean) {
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const metrics = new Metrics({ process: false })
  return createHttp({ log: silentLog, metrics, clock, publicUrls, isBusy })
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

test('every answer carries the headers browsers hold pages apart by, a refusal too', async () => {
  const app = server()
  app.get('/any', async () => 'xong')
  for (const url of ['/any', '/nowhere']) {
    const { headers } = await app.inject(url)
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'none';.*object-src 'none';.*base-uri 'none';.*frame-ancestors 'none'$/,
      ),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-type': expect.stringContaining('charset=utf-8'),
    })
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers).not.toHaveProperty('access-control-allow-origin')
    expect(headers).not.toHaveProperty('server')
  }
})

test('under its public https address a node is to be called over TLS only, at others not', async () => {
  const app = server(['https://soc.example'])
  app.get('/any', async () => 'xong')
  const saidTo = async (host: string) =>
    (await app.inject({ url: '/any', headers: { host } })).headers['strict-transport-security']
  expect(await saidTo('soc.example')).toBe('max-age=63072000; includeSubDomains')
  expect(await saidTo('127.0.0.1:8080')).toBeUndefined()
})

test.each([
  ['two lengths', 'Content-Length: 5\r\nContent-Length: 6\r\n\r\n{"a":1}'],
  [
    'a length beside chunks',
    'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /two HTTP/1.1\r\nHost: x\r\n\r\n',
  ],
  ['chunks under another name', 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['a header folded over lines', 'X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n'],
])('a request whose end can be read two ways is refused: %s', async (_, rest) => {
  const app = server()
  let served = 0
  app.all('*', async () => {
    served += 1
    return 'xong'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(`POST /one HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  expect(answer).toMatch(/\r\nX-Content-Type-Options: nosniff\r\n/)
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ code: 'request.invalid' })
  expect(served).toBe(0)
  await app.close()
})

test('headers without end are refused as too large, and another request is served', async () => {
  const app = server()
  app.get('/any', async () => 'xong')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write(`GET /any?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`)
  const answer = await text(socket)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
  expect(answer).toContain('request.too-large')
  expect((await fetch(`http://127.0.0.1:${port}/any`)).status).toBe(200)
  await app.close()
})

test('TRACE is answered by nothing of the request', async () => {
  const app = server()
  app.get('/any', async () => 'xong')
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const headers = { cookie: 'haidang_session=secret' }
  const asked = request({ agent, host: '127.0.0.1', port, path: '/any', method: 'TRACE', headers })
  const [answer] = (await once(asked.end(), 'response')) as [IncomingMessage]
  expect(answer.statusCode).toBe(404)
  expect(await text(answer)).not.toContain('secret')
  await app.close()
})

test('while the node has too much to do, calls of the API are told to come back, and its health still answers', async () => {
  let isBusy = true
  const app = server([], () => isBusy)
  app.get('/api/v1/anything', async () => 'done')
  app.get('/healthz', async () => 'alive')
  const refused = await app.inject('/api/v1/anything')
  expect(refused.statusCode).toBe(503)
  expect(refused.headers['retry-after']).toBe('5')
  expect(refused.headers['content-security-policy']).toContain("object-src 'none'")
  expect(refused.json()).toMatchObject({ code: 'database.busy' })
  expect((await app.inject('/healthz')).body).toBe('alive')
  isBusy = false
  expect((await app.inject('/api/v1/anything')).body).toBe('done')
  await app.close()
})

test('what a call does, before and after its body is read, is done as work of a caller', async () => {
  const calling = new AsyncLocalStorage<true>()
  const app = createHttp({
    log: silentLog,
    metrics: new Metrics({ process: false }),
    clock: new ManualClock('2026-11-22T00:00:00Z'),
    asCaller: (work) => calling.run(true, work),
  })
  const seen: (true | undefined)[] = []
  app.addHook('onRequest', async () => void seen.push(calling.getStore()))
  app.post('/api/v1/anything', async () => {
    await nextTurn()
    seen.push(calling.getStore())
    return 'done'
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/api/v1/anything',
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  })
  // The body comes by itself, from the socket.
  asked.flushHeaders()
  await nextTurn()
  asked.end('{"a":1}')
  const [message] = (await once(asked, 'response')) as [IncomingMessage]
  expect(await text(message)).toBe('done')
  expect(seen).toEqual([true, true])
  expect(calling.getStore()).toBeUndefined()
  await app.close()
})
