import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { newSource, post, restarted } from './http-ways-in.ts'
import { sourceNamed, startNode, stopNode, until, withText } from './station-node.ts'

const action = (act: string, more: object = {}) => JSON.stringify({ [act]: more })
const document = (message: string) =>
  JSON.stringify({ message, '@timestamp': '2026-11-22T03:00:00Z' })
const bulk = (...lines: string[]) => `${lines.join('\n')}\n`

test('records sent in bulk are stored, each answered in its order', async () => {
  const node = await startNode('bulk')
  const { url, token } = await newSource(node, 'elastic-bulk', 'bulk')
  const body = bulk(
    action('create', { _index: 'logs' }),
    document('bulk one'),
    action('delete', { _index: 'logs', _id: '7' }),
    action('index', { _id: 'a' }),
    document('bulk two'),
    action('update', { _id: 'a' }),
    '{"doc":{}}',
  )
  const reply = await post(`${url}/winlog-2026/_bulk`, {
    token: `Basic ${Buffer.from(`anyone:${token}`).toString('base64')}`,
    body: gzipSync(body),
    headers: { 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' },
  })
  expect(reply.status).toBe(200)
  expect(reply.headers.get('x-elastic-product')).toBe('Elasticsearch')
  const { items, errors } = reply.json
  expect(errors).toBe(true)
  expect(items.map((item: object) => Object.keys(item)[0])).toEqual([
    'create',
    'delete',
    'index',
    'update',
  ])
  expect(items.map((item: object) => Object.values(item)[0].status)).toEqual([201, 400, 201, 400])
  expect(items[0].create).toMatchObject({ _index: 'logs', result: 'created' })
  expect(items[2].index).toMatchObject({ _index: 'winlog-2026', _id: 'a' })
  await withText(node, 'bulk one')
  const [event] = await withText(node, 'bulk two')
  expect(event).toMatchObject({ time: '2026-11-22T03:00:00.000Z' })
})

test('an _id known is not taken in again, in the same request, at the same time, or after a restart', async () => {
  const first = await startNode('bulk-ids')
  const { url, token } = await newSource(first, 'elastic-bulk', 'bulk-ids')
  const bearer = `Bearer ${token}`
  const one = (act: string, id: string) => [
    action(act, { _index: 'i', _id: id }),
    document(`known ${id}`),
  ]
  const send = (to: string, ...lines: string[]) =>
    post(`${to}/_bulk`, { token: bearer, body: bulk(...lines) })
  const [a, b] = await Promise.all([
    send(url, ...one('create', 'x'), ...one('create', 'x'), ...one('create', 'y')),
    send(url, ...one('create', 'y')),
  ])
  const statuses = [...a.json.items, ...b.json.items].map(({ create }) => create.status)
  expect(statuses.toSorted()).toEqual([201, 201, 409, 409])
  await withText(first, 'known y')
  await stopNode(first)
  const again = await restarted('bulk-ids', first, 'elastic')
  const late = await send(
    again.url,
    ...one('index', 'x'),
    ...one('create', 'y'),
    ...one('index', 'z'),
  )
  expect(late.json.items.map((item: object) => Object.values(item)[0].status)).toEqual([
    200, 409, 201,
  ])
  await withText(again.node, 'known z')
  const known = first.events.events.filter(({ message }) => message.startsWith('known'))
  expect(known.map(({ message }) => message).toSorted()).toEqual(['known x', 'known y', 'known z'])
})

test('a document too long is a reject once, however often it comes', async () => {
  const node = await startNode('bulk-long')
  const { url, token } = await newSource(node, 'elastic-bulk', 'bulk-long')
  const long = [action('create', { _index: 'i', _id: 'long' }), document('x'.repeat(1_100_000))]
  const send = () =>
    post(`${url}/_bulk`, { token: `Bearer ${token}`, body: bulk(...long, ...long) })
  const replies = await Promise.all([send(), send()])
  const statuses = replies.flatMap(({ json }) =>
    json.items.map(({ create }: { create: { status: number } }) => create.status),
  )
  expect(statuses.toSorted()).toEqual([201, 409, 409, 409])
  const source = await until(async () => {
    const found = await sourceNamed(node, 'bulk-long')
    return found.counters.rejected > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 1, rejected: 1 })
})

test('senders of Elastic find what they ask for before they send', async () => {
  const node = await startNode('probes')
  const { url, token } = await newSource(node, 'elastic-bulk', 'probes')
  const key = `ApiKey ${Buffer.from(`id:${token}`).toString('base64')}`
  const ask = (method: string, path: string, accept = '*/*') =>
    fetch(url + path, { method, headers: { authorization: key, accept } })
  const root = await ask('GET', '/', 'application/vnd.elasticsearch+json; compatible-with=8')
  expect(root.headers.get('content-type')).toContain('compatible-with=8')
  expect(await root.json()).toMatchObject({
    version: { number: '9.99.0', build_flavor: 'default' },
  })
  const harmless = [
    ['HEAD', '/'],
    ['GET', '/_license'],
    ['GET', '/_xpack'],
    ['GET', '/_cluster/health?timeout=5s'],
    ['GET', '/_nodes/http'],
    ['HEAD', '/_index_template/filebeat'],
    ['PUT', '/_index_template/filebeat'],
    ['GET', '/_ilm/policy/filebeat'],
    ['PUT', '/_ingest/pipeline/geoip'],
    ['HEAD', '/filebeat-2026.11.22'],
    ['HEAD', '/_alias/filebeat'],
  ] as const
  for (const [method, path] of harmless) {
    const reply = await ask(method, path)
    expect({ path, status: reply.status }).toEqual({ path, status: 200 })
    expect(reply.headers.get('x-elastic-product')).toBe('Elasticsearch')
  }
  expect((await ask('GET', '/_search')).status).toBe(404)
  expect((await ask('DELETE', '/filebeat')).status).toBe(404)
})

test('who is nobody, is paused, or comes from elsewhere sends nothing', async () => {
  const node = await startNode('refused')
  const { url, token, id } = await newSource(node, 'elastic-bulk', 'refused')
  const body = bulk(action('create'), document('refused'))
  const send = (given?: string) => post(`${url}/_bulk`, { ...(given && { token: given }), body })
  expect((await send()).status).toBe(401)
  expect((await send('Bearer wrong')).json.error.type).toBe('security_exception')
  const other = await node.ask('POST', '/api/v1/sources', {
    name: 'other',
    collector: 'json-lines',
  })
  expect((await send(`Bearer ${other.body.token}`)).status).toBe(401)
  await node.ask('PATCH', `/api/v1/sources/${id}`, { paused: true })
  const paused = await send(`Bearer ${token}`)
  expect([paused.status, paused.headers.get('retry-after')]).toEqual([429, '5'])
  // rsyslog names no user agent, drops what is refused, and keeps what is not answered.
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  const head = `POST /_bulk HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`
  const answer: unknown[] = []
  socket.on('data', (bytes) => answer.push(bytes)).on('error', () => undefined)
  socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
  await once(socket, 'close')
  expect(answer).toEqual([])
  await node.ask('PATCH', `/api/v1/sources/${id}`, { paused: false, senders: ['192.0.2.0/24'] })
  expect((await send(`Bearer ${token}`)).status).toBe(401)
  await node.ask('PATCH', `/api/v1/sources/${id}`, { senders: ['127.0.0.0/8'] })
  expect((await send(`Bearer ${token}`)).status).toBe(200)
})

test('of a body that cannot be read nothing is taken, and the next one is', async () => {
  const node = await startNode('bad-bulk')
  const { url, token } = await newSource(node, 'elastic-bulk', 'bad-bulk')
  const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
    post(`${url}/_bulk`, { token: `Bearer ${token}`, body, headers })
  const good = [action('create'), document('must not be kept')]
  const bodies = [
    bulk(...good, 'no action', document('x')),
    bulk(...good, '{"create":{},"index":{}}', document('x')),
    bulk(...good, '{"__proto__":{}}', document('x')),
    bulk(...good, action('create')),
    bulk(...good, '['.repeat(60_000)),
    '\n\n',
  ]
  for (const body of bodies) expect((await send(body)).status).toBe(400)
  const packed = gzipSync(bulk(...good))
  const gzip = { 'content-encoding': 'gzip' }
  expect((await send(packed.subarray(0, -12), gzip)).status).toBe(400)
  expect((await send(bulk(...good), gzip)).status).toBe(400)
  expect((await send(packed, { 'content-encoding': 'rot13' })).status).toBe(415)
  const bomb = gzipSync(Buffer.alloc(40 * 1_048_576, ' '))
  expect((await send(bomb, gzip)).status).toBe(413)
  const odd = bulk(
    action('create'),
    `{"message":"deep","a":${'['.repeat(5_000)}`,
    action('create'),
    document('after all'),
  )
  expect((await send(odd)).json.errors).toBe(false)
  await withText(node, 'after all')
  const source = await until(async () => {
    const found = await sourceNamed(node, 'bad-bulk')
    return found.counters.parsed + found.counters.rejected === 2 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 2, parsed: 1, rejected: 1, dropped: 0 })
})

test('a sender that stops in the middle of a body leaves nothing, and may start again', async () => {
  const node = await startNode('half')
  const { url, token } = await newSource(node, 'elastic-bulk', 'half')
  const body = bulk(action('create', { _id: 'h' }), document('half a body'))
  const head = `POST /_bulk HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\n`
  const raw = async (text: string) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('error', () => undefined)
    await once(socket, 'connect')
    return { socket, written: new Promise((resolve) => socket.write(text, resolve)) }
  }
  const cut = await raw(`${head}content-length: ${body.length + 100}\r\n\r\n${body}`)
  await cut.written
  cut.socket.destroy()
  const chunked = await raw(`${head}transfer-encoding: chunked\r\n\r\nffffff\r\n${body}`)
  await chunked.written
  chunked.socket.destroy()
  const short = await raw(`${head}content-length: 20\r\n\r\n${body}`)
  const [answer] = (await once(short.socket, 'data')) as [Buffer]
  expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 400 /)
  short.socket.destroy()
  const whole = await post(`${url}/_bulk`, { token: `Bearer ${token}`, body })
  expect(whole.json.items[0].create.status).toBe(201)
  expect(await withText(node, 'half a body')).toHaveLength(1)
})
