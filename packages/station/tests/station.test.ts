import { createSocket } from 'node:dgram'
import { appendFile, mkdir, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  directory,
  type Node,
  sourceNamed,
  startNode,
  stopNode,
  until,
  withText,
} from './station-node.ts'

test('a syslog datagram becomes an event of the default source', async () => {
  const node = await startNode('udp')
  const socket = createSocket('udp4')
  const line =
    '<38>Nov 22 10:00:00 gate sshd[1]: Accepted publickey for udp-user from 192.0.2.1 port 22 ssh2'
  socket.send(line, node.station.ports()?.syslogUdp ?? 0, '127.0.0.1')
  const [event] = await withText(node, 'udp-user')
  socket.close()
  const source = await sourceNamed(node, 'syslog-udp-default')
  expect(event).toMatchObject({ class_uid: 3002, status: 'success', source_id: source.id })
})

test('octet-counted and line-framed syslog arrive over TCP, and a line too long becomes a reject', async () => {
  const node = await startNode('tcp')
  const socket = connect(node.station.ports()?.syslogTcp ?? 0, '127.0.0.1')
  const counted = '<13>1 2026-11-22T03:00:00Z h app - - - counted\nwith a line end'
  socket.write(`${counted.length} ${counted}`)
  socket.write(`<13>1 2026-11-22T03:00:00Z h app - - - ${'x'.repeat(1_100_000)}\n`)
  socket.end('<13>1 2026-11-22T03:00:00Z h app - - - after-the-long-one\n')
  await withText(node, 'after-the-long-one')
  const [event] = await withText(node, 'counted\\nwith')
  expect(event?.message).toContain('with a line end')
  const rejects = await until(async () => {
    const { body } = await node.ask('GET', '/api/v1/rejects?filter=reason:record.too-long')
    return body.items.length > 0 ? body.items : undefined
  })
  expect(rejects[0].size).toBeGreaterThan(1_100_000)
})

test('a batch of JSON lines is answered when durable, and its repeat is told apart', async () => {
  const node = await startNode('http')
  const made = await node.ask('POST', '/api/v1/sources', { name: 'lines', collector: 'json-lines' })
  expect(made.status).toBe(200)
  const send = (key: string, token: string, payload: string | Buffer, coding?: string) =>
    node.http.inject({
      method: 'POST',
      url: '/ingest/v1/lines',
      headers: {
        authorization: `Bearer ${token}`,
        'idempotency-key': key,
        'content-type': 'application/x-ndjson',
        ...(coding && { 'content-encoding': coding }),
      },
      payload,
    })
  const lines = '{"message":"line one"}\n{"message":"line two"}\nnot json {\n'
  const { token } = made.body
  expect((await send('a', token, zstdCompressSync(lines), 'zstd')).json()).toEqual({
    accepted: 3,
    duplicate: false,
  })
  await withText(node, 'line two')
  expect((await send('a', token, lines)).json()).toEqual({ accepted: 0, duplicate: true })
  expect((await send('b', 'wrong', lines)).statusCode).toBe(401)
  expect((await send('c', token, Buffer.from('nonsense'), 'gzip')).statusCode).toBe(400)
  expect(node.events.events.filter(({ message }) => message === 'line one')).toHaveLength(1)
})

test('while the line does not run, senders are asked to come back instead of being refused', async () => {
  const node = await startNode('down')
  const send = () => node.http.inject({ method: 'POST', url: '/ingest/v1/later', payload: '{}' })
  expect((await send()).statusCode).toBe(401)
  await stopNode(node)
  expect((await send()).statusCode).toBe(429)
})

test('a batch known before a restart is known after it, and nothing is kept twice', async () => {
  const first = await startNode('restart')
  const made = await first.ask('POST', '/api/v1/sources', {
    name: 'again',
    collector: 'json-lines',
  })
  const send = (node: Node) =>
    node.http.inject({
      method: 'POST',
      url: '/ingest/v1/again',
      headers: { authorization: `Bearer ${made.body.token}`, 'idempotency-key': 'k' },
      payload: '{"message":"once only"}\n',
    })
  first.events.failAfter = new Error('the connection broke after the insert')
  await send(first)
  await withText(first, 'once only')
  await stopNode(first)
  const second = await startNode('restart', first.events)
  expect((await send(second)).json()).toMatchObject({ duplicate: true })
  const source = await until(async () => {
    const found = await sourceNamed(second, 'again')
    return found.counters.parsed > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 1, parsed: 1, rejected: 0 })
  expect(second.events.events.filter(({ message }) => message === 'once only')).toHaveLength(1)
})

test('a followed file is read once through rotation, truncation and restart', async () => {
  const path = join(directory, 'app.log')
  const node = await startNode('tail')
  await writeFile(path, '{"message":"tail 1"}\n{"message":"tail 2"}\n{"message":"ta')
  await node.ask('POST', '/api/v1/sources', { name: 'file', collector: 'tail-file', path })
  await withText(node, 'tail 2')
  await appendFile(path, 'il 3"}\n')
  await withText(node, 'tail 3')
  await rename(path, `${path}.1`)
  await appendFile(`${path}.1`, '{"message":"tail 4"}\n')
  await writeFile(path, '{"message":"tail 5"}\n')
  await withText(node, 'tail 5')
  await stopNode(node)
  await appendFile(path, '{"message":"tail 6"}\n')
  const again = await startNode('tail', node.events)
  await withText(again, 'tail 6')
  await truncate(path, 0)
  await until(async () =>
    (await sourceNamed(again, 'file')).counters.parsed === 6 ? true : undefined,
  )
  await appendFile(path, '{"message":"tail 7 after truncation"}\n')
  await withText(again, 'tail 7')
  const messages = again.events.events
    .map(({ message }) => message)
    .filter((m) => m.startsWith('tail'))
  expect(messages.map((m) => m.slice(0, 6)).sort()).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((n) => `tail ${n}`),
  )
})

test('a file source reads nothing of the node itself, and one bad file does not keep others waiting', async () => {
  const node = await startNode('forbidden')
  const draft = { name: 'thief', collector: 'tail-file' }
  const path = join(directory, 'data', 'keys', 'organisation-key.pem')
  const refused = await node.ask('POST', '/api/v1/sources', { ...draft, path })
  expect(refused).toMatchObject({ status: 400, body: { code: 'source.path-refused' } })
  const logs = join(directory, 'mixed')
  await mkdir(join(logs, 'a-directory.log'), { recursive: true })
  await writeFile(join(directory, 'data', 'secret'), 'the secret of the node\n')
  await symlink(join(directory, 'data', 'secret'), join(logs, 'b-link.log'))
  await writeFile(join(logs, 'c.log'), '{"message":"beside bad files"}\n')
  await node.ask('POST', '/api/v1/sources', { ...draft, path: join(logs, '*.log') })
  await withText(node, 'beside bad files')
  const { problem } = await until(async () => {
    const source = await sourceNamed(node, 'thief')
    return source.problem === null ? undefined : source
  })
  expect(problem).toContain('no source may read')
  expect([...node.events.inserts.values()].join()).not.toContain('the secret')
})

test('a reject is parsed again once its source says how, under the id of its first place', async () => {
  const node = await startNode('rejects')
  const made = await node.ask('POST', '/api/v1/sources', {
    name: 'odd',
    collector: 'json-lines',
    format: 'json',
  })
  const { source, token } = made.body
  await node.http.inject({
    method: 'POST',
    url: '/ingest/v1/odd',
    headers: { authorization: `Bearer ${token}` },
    payload: 'plain words\n',
  })
  const [reject] = await until(async () => {
    const { body } = await node.ask('GET', `/api/v1/rejects?filter=source_id:${source.id}`)
    return body.items.length > 0 ? body.items : undefined
  })
  expect(reject).toMatchObject({
    reason: 'json.invalid',
    excerpt: 'plain words',
    replayed_at: null,
  })
  const replay = async () => {
    const begun = await node.ask('POST', '/api/v1/rejects/replay', { source_id: source.id })
    return until(async () => {
      const { body } = await node.ask('GET', `/api/v1/rejects/replays/${begun.body.id}`)
      return body.state === 'running' ? undefined : body
    })
  }
  expect(await replay()).toMatchObject({ total: 1, done: 1, events: 0, still_rejected: 1 })
  await node.ask('PATCH', `/api/v1/sources/${source.id}`, { format: 'syslog' })
  expect(await replay()).toMatchObject({ total: 1, done: 1, events: 1, still_rejected: 0 })
  expect(await replay()).toMatchObject({ total: 0, done: 0, events: 0, still_rejected: 0 })
  expect(await withText(node, 'plain words')).toHaveLength(1)
  const { counters } = await sourceNamed(node, 'odd')
  expect(counters).toMatchObject({ received: 1, parsed: 1, rejected: 0 })
})

test('the heartbeat says what the station has and how it is', async () => {
  const node = await startNode('heart')
  const beat = await node.station.heartbeat()
  expect(beat.sources.map(({ name }) => name)).toContain('syslog-tcp-default')
  expect(beat.disk.total_bytes).toBeGreaterThan(beat.disk.free_bytes)
  expect(beat.queue.spool_records).toBe(0)
})
