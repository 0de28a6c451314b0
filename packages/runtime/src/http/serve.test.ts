import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endpoint } from '@haidang/contracts/endpoint'
import type { Permission } from '@haidang/contracts/permission'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { ManualClock } from '../clock.ts'
import { systemScope } from '../database/database.ts'
import { HealthRegistry, healthy } from '../health.ts'
import type { Log } from '../log.ts'
import { Metrics } from '../metrics.ts'
import { silentLog } from '../silent-log.ts'
import { createHttp } from './create-http.ts'
import { healthRoutes } from './health-routes.ts'
import { openApi } from './open-api.ts'
import { serve } from './serve.ts'
import { serveWeb } from './serve-web.ts'

const api = {
  open: endpoint({
    method: 'POST',
    path: '/api/v1/doors',
    permission: 'public',
    summary: 'Open a door',
    body: z.strictObject({ name: z.string().min(2), size: z.number().int() }),
    reply: z.object({ name: z.string() }),
  }),
  mine: endpoint({
    method: 'GET',
    path: '/api/v1/doors',
    permission: 'signed-in',
    summary: 'List doors',
    query: z.object({ limit: z.coerce.number().max(5).default(3) }),
    reply: z.object({ limit: z.number() }),
  }),
  close: endpoint({
    method: 'DELETE',
    path: '/api/v1/doors/:id',
    permission: 'audit.read',
    summary: 'Close a door',
    params: z.object({ id: z.string().regex(/^\d+$/) }),
    reply: z.object({ closed: z.literal(true) }),
  }),
}

function callerWith(...permissions: Permission[]): Caller {
  const person = { organisation_id: 'org_1', person_id: 'usr_1', session_id: 's' }
  return { ...person, scope: systemScope, permissions: new Set(permissions), language: 'en' }
}

function httpFor(caller: Caller | undefined, log: Log = silentLog) {
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const metrics = new Metrics({ process: false })
  const app = createHttp({ log, metrics, clock, publicRate: { burst: 3, perSecond: 1 } })
  serve(
    app,
    api,
    {
      open: async ({ body }) => ({ name: body.name, secret: 'x' }) as { name: string },
      mine: async ({ query }) => ({ limit: query.limit }),
      close: async () => ({ closed: true }) as const,
    },
    async () => caller,
  )
  return { app, clock, metrics }
}

test('nobody is asked to sign in, the wrong permission is refused, the right one passes', async () => {
  const call = { method: 'DELETE', url: '/api/v1/doors/1' } as const
  const statusFor = async (caller: Caller | undefined) =>
    (await httpFor(caller).app.inject(call)).statusCode
  expect(await statusFor(undefined)).toBe(401)
  expect(await statusFor(callerWith('alert.read'))).toBe(403)
  expect(await statusFor(callerWith('audit.read'))).toBe(200)
})

test('who may not call learns nothing about the shape of the request', async () => {
  const answer = await httpFor(undefined).app.inject({ method: 'DELETE', url: '/api/v1/doors/no' })
  expect(answer.json()).toMatchObject({ code: 'session.required' })
})

test('a refused request names each field with cause and remedy, in the language asked for', async () => {
  const { app } = httpFor(undefined)
  const request = { method: 'POST', url: '/api/v1/doors' } as const
  const payload = { name: 'x', size: 1.5, colour: 'red' }
  const vi = await app.inject({ ...request, payload })
  expect(vi.headers['content-type']).toContain('application/problem+json')
  expect(vi.json()).toMatchObject({
    code: 'request.invalid',
    status: 400,
    title: 'Yêu cầu không hợp lệ',
    errors: [{ field: 'name' }, { field: 'size' }, { field: 'colour', remedy: 'Bỏ trường này' }],
  })
  const en = await app.inject({ ...request, payload, headers: { 'accept-language': 'en-GB' } })
  expect(en.json().errors[0]).toMatchObject({ remedy: 'Send a longer or larger value' })
})

test('nothing leaves that the reply schema does not name', async () => {
  const { app } = httpFor(undefined)
  const payload = { name: 'gate', size: 1 }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/doors', payload })
  expect(answer.json()).toEqual({ name: 'gate' })
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
})

test('a page of another site cannot act with a cookie; one of ours can', async () => {
  const { app } = httpFor(callerWith('audit.read'))
  const statusFor = async (headers: Record<string, string>) =>
    (await app.inject({ method: 'DELETE', url: '/api/v1/doors/1', headers })).statusCode
  const cookie = 'haidang_session=x'
  expect(await statusFor({ cookie, origin: 'https://evil.example', host: 'soc.example' })).toBe(403)
  expect(await statusFor({ cookie, origin: 'null', host: 'soc.example' })).toBe(403)
  expect(await statusFor({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await statusFor({ cookie, origin: 'https://soc.example', host: 'soc.example' })).toBe(200)
  expect(await statusFor({ origin: 'https://evil.example' })).toBe(200)
})

test('a fault is told by its id alone, and the log holds the same id and the cause', async () => {
  const seen: object[] = []
  const { app } = httpFor(undefined, { ...silentLog, error: (fields) => void seen.push(fields) })
  app.get('/boom', () => {
    throw new Error('secret path /etc/x')
  })
  const answer = await app.inject('/boom')
  expect(answer.statusCode).toBe(500)
  expect(answer.body).not.toContain('secret')
  expect(seen).toEqual([
    expect.objectContaining({ problem: answer.json().id, error: expect.any(Error) }),
  ])
})

test('the log of a refusal says who asked, from where, for what, and why not', async () => {
  const seen: object[] = []
  const log = { ...silentLog, info: (fields: object) => void seen.push(fields) }
  const call = { method: 'DELETE', url: '/api/v1/doors/1', remoteAddress: '203.0.113.9' } as const
  await httpFor(undefined, log).app.inject(call)
  await httpFor(callerWith('alert.read'), log).app.inject(call)
  const where = { method: 'DELETE', route: '/api/v1/doors/:id', address: '203.0.113.9' }
  expect(seen).toEqual([
    expect.objectContaining({ ...where, code: 'session.required', actor: null }),
    expect.objectContaining({ ...where, code: 'permission.missing', actor: systemScope.actor.id }),
  ])
})

test('what a stranger names like the inside of an object is refused or ignored', async () => {
  const { app } = httpFor(undefined)
  const post = (payload: string) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/doors',
      payload,
      headers: { 'content-type': 'application/json' },
    })
  for (const payload of [
    '{"name":"gate","size":1,"__proto__":{"x":1}}',
    '{"name":"gate","size":1,"constructor":{"prototype":{"x":1}}}',
    '{"name":{"toString":"x"},"size":"1"}',
  ]) {
    expect((await post(payload)).json()).toMatchObject({ code: 'request.invalid' })
  }
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('a parameter that is given twice is refused, and one of another place is not taken for it', async () => {
  const { app } = httpFor(callerWith())
  const twice = await app.inject('/api/v1/doors?limit=1&limit=2')
  expect(twice.json()).toMatchObject({ code: 'request.invalid', errors: [{ field: 'limit' }] })
  const elsewhere = await app.inject({ url: '/api/v1/doors', headers: { limit: '1' } })
  expect(elsewhere.json()).toEqual({ limit: 3 })
})

test('unreadable, oversized and unknown requests are problems too', async () => {
  const { app } = httpFor(undefined)
  const post = (payload: string, type = 'application/json') =>
    app.inject({
      method: 'POST',
      url: '/api/v1/doors',
      payload,
      headers: { 'content-type': type },
    })
  expect((await post('{')).json().code).toBe('request.invalid')
  expect((await post('x', 'application/xml')).json().code).toBe('request.unsupported-media')
  expect((await post(`"${'x'.repeat(1_100_000)}"`)).json().code).toBe('request.too-large')
  expect((await app.inject('/nowhere')).json().code).toBe('request.not-found')
})

test('guessing without a session is held back, and allowed again after a while', async () => {
  const { app, clock } = httpFor(undefined)
  const payload = { name: 'gate', size: 1 }
  const knock = async () =>
    (await app.inject({ method: 'POST', url: '/api/v1/doors', payload })).statusCode
  for (let i = 0; i < 3; i++) expect(await knock()).toBe(200)
  expect(await knock()).toBe(429)
  clock.advance(1_100)
  expect(await knock()).toBe(200)
})

test('one caller is held back beyond a rate, another is not, and who is on the machine never', async () => {
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const metrics = new Metrics({ process: false })
  const callerRate = { burst: 2, perSecond: 1 }
  const app = createHttp({ log: silentLog, metrics, clock, callerRate })
  serve(app, { mine: api.mine }, { mine: async () => ({ limit: 1 }) }, async ({ headers }) => {
    const id = String(headers['x-who'])
    const scope = { ...systemScope, actor: { id, name: id } }
    return { ...callerWith(), scope, ...(id === 'here' && { unbounded: true as const }) }
  })
  const call = async (who: string) =>
    (await app.inject({ url: '/api/v1/doors', headers: { 'x-who': who } })).statusCode
  expect([await call('a'), await call('a'), await call('a')]).toEqual([200, 200, 429])
  expect(await call('b')).toBe(200)
  for (let time = 0; time < 5; time++) expect(await call('here')).toBe(200)
  clock.advance(1_100)
  expect(await call('a')).toBe(200)
})

test('OpenAPI tells every endpoint with its parameters and permission', () => {
  const { app } = httpFor(undefined)
  expect(openApi(app)).toMatchObject({
    openapi: '3.1.0',
    paths: {
      '/api/v1/doors': {
        get: { parameters: [{ name: 'limit', in: 'query', required: false }] },
        post: { security: [], requestBody: { required: true } },
      },
      '/api/v1/doors/{id}': {
        delete: { 'x-permission': 'audit.read', parameters: [{ name: 'id', in: 'path' }] },
      },
    },
  })
})

test('the portal answers for its own addresses and leaves those of machines alone', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'haidang-web-'))
  await mkdir(join(directory, 'assets'))
  await writeFile(join(directory, 'index.html'), '<!doctype html>portal')
  await writeFile(join(directory, 'assets', 'a-1234.js'), '1')
  const { app } = httpFor(undefined)
  await serveWeb(app, directory)
  expect((await app.inject('/')).body).toContain('portal')
  expect((await app.inject('/incidents/inc_1?x=1')).body).toContain('portal')
  const asset = await app.inject('/assets/a-1234.js')
  expect(asset.headers['cache-control']).toContain('immutable')
  expect((await app.inject('/assets/gone.js')).statusCode).toBe(404)
  expect((await app.inject('/api/v1/gone')).json().code).toBe('request.not-found')
  expect((await app.inject('/..%2f..%2fetc/passwd')).body).not.toContain('root:')
})

test('readiness tells causes to this machine, and only yes or no to strangers', async () => {
  const { app, clock, metrics } = httpFor(undefined)
  const health = new HealthRegistry(clock)
  health.add('well', async () => healthy('Tốt', 'Well'))
  healthRoutes(app, health, metrics)
  expect((await app.inject('/readyz')).json()).toMatchObject({
    ready: true,
    checks: [{ name: 'well', state: 'ok', since: '2026-11-22T00:00:00.000Z' }],
  })
  health.add('ill', async () => {
    throw new Error('no disk')
  })
  const stranger = await app.inject({ url: '/readyz', remoteAddress: '203.0.113.9' })
  expect(stranger.statusCode).toBe(503)
  expect(stranger.json()).toEqual({ ready: false, checks: [] })
  expect((await app.inject('/metrics')).body).toContain('haidang_http_request_seconds_bucket')
  expect((await app.inject({ url: '/metrics', remoteAddress: '203.0.113.9' })).statusCode).toBe(401)
  const throughProxy = { url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } }
  expect((await app.inject(throughProxy)).statusCode).toBe(401)
})

test('behind a proxy on this machine a caller is who the proxy says, and only the proxy is believed', async () => {
  const clock = new ManualClock('2026-11-22T00:00:00Z')
  const ipOf = async (publicUrls: string[], remoteAddress: string) => {
    const app = createHttp({
      log: silentLog,
      metrics: new Metrics({ process: false }),
      clock,
      publicUrls,
    })
    app.get('/ip', (request) => ({ ip: request.ip }))
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
    return (await app.inject({ url: '/ip', remoteAddress, headers })).json().ip
  }
  expect(await ipOf(['https://soc.example'], '127.0.0.1')).toBe('203.0.113.9')
  expect(await ipOf(['https://soc.example'], '192.0.2.1')).toBe('192.0.2.1')
  expect(await ipOf([], '127.0.0.1')).toBe('127.0.0.1')
})
