import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { noLimits, type SourceLimits } from '@haidang/contracts/source-limits'
import { expect, test } from 'vitest'
import { type Node, sourceNamed, startNode, stopNode, until, withText } from './station-node.ts'

const line = (text: string) => `<13>1 2026-11-22T03:00:00Z h app - - - ${text}\n`

async function sourceOf(node: Node, name: string, body: object, limits: Partial<SourceLimits>) {
  const made = await node.ask('POST', '/api/v1/sources', {
    name,
    ...body,
    limits: { ...noLimits, ...limits },
  })
  expect(made.body).toMatchObject({ source: { name } })
  return made.body as { source: { id: string }; token: string }
}

async function counted(node: Node, name: string, records: number) {
  return until(async () => {
    const { counters } = await sourceNamed(node, name)
    return counters.received + counters.dropped >= records && counters.parsed === counters.received
      ? counters
      : undefined
  })
}

test('a datagram flood is limited and every record of it counted; a quiet source loses nothing', async () => {
  const node = await startNode('flood')
  const udp = { collector: 'syslog-udp' }
  const limits = { records_per_second: 100, burst_seconds: 2 }
  await sourceOf(node, 'flooding', { ...udp, senders: ['127.0.0.2'] }, limits)
  await sourceOf(node, 'quiet', { ...udp, senders: ['127.0.0.3'] }, {})
  const port = node.station.ports()?.syslogUdp ?? 0
  const noisy = createSocket('udp4').bind(0, '127.0.0.2')
  const quiet = createSocket('udp4').bind(0, '127.0.0.3')
  await Promise.all([once(noisy, 'listening'), once(quiet, 'listening')])
  const sent = 2000
  for (let n = 0; n < sent; n++) {
    noisy.send(line(`flood ${n}`), port, '127.0.0.1')
    if (n % 40 === 0) {
      quiet.send(line(`quiet word ${n}`), port, '127.0.0.1')
      await new Promise(setImmediate)
    }
  }
  await counted(node, 'quiet', 50)
  const flooding = await counted(node, 'flooding', sent)
  noisy.close()
  quiet.close()
  expect(flooding.received + flooding.dropped).toBe(sent)
  expect(flooding.received).toBeGreaterThanOrEqual(200)
  expect(flooding.dropped).toBeGreaterThan(500)
  const calm = (await sourceNamed(node, 'quiet')).counters
  expect(calm).toMatchObject({ received: 50, parsed: 50, rejected: 0, dropped: 0 })
})

test('of datagrams held back the oldest give way where their source says so; a stop lets the rest in', async () => {
  const node = await startNode('oldest')
  await sourceOf(
    node,
    'latest',
    { collector: 'syslog-udp', senders: ['127.0.0.4'] },
    { records_per_second: 1, burst_seconds: 1, when_full: 'drop-oldest' },
  )
  const port = node.station.ports()?.syslogUdp ?? 0
  const socket = createSocket('udp4').bind(0, '127.0.0.4')
  await once(socket, 'listening')
  const sent = 10_400
  for (let n = 0; n < sent; n++) {
    socket.send(line(`record ${n} of all`), port, '127.0.0.1')
    if (n % 40 === 0) await new Promise(setImmediate)
  }
  await until(async () =>
    (await sourceNamed(node, 'latest')).counters.dropped > 350 ? true : undefined,
  )
  socket.close()
  await stopNode(node)
  const again = await startNode('oldest', node.events)
  await withText(again, `record ${sent - 1} of all`)
  const { received, dropped } = await counted(again, 'latest', sent)
  expect(received + dropped).toBe(sent)
  expect(received).toBeGreaterThanOrEqual(10_000)
})

test('a sender over TCP is held back and loses nothing, one that would rather lose is counted', async () => {
  const node = await startNode('streams')
  const tcp = { collector: 'syslog-tcp' }
  const rate = { records_per_second: 2000, burst_seconds: 1 }
  await sourceOf(node, 'patient', { ...tcp, senders: ['127.0.0.5'] }, rate)
  const hasty = { ...rate, records_per_second: 100, when_full: 'drop-newest' as const }
  await sourceOf(node, 'hasty', { ...tcp, senders: ['127.0.0.6'] }, hasty)
  const port = node.station.ports()?.syslogTcp ?? 0
  const send = async (localAddress: string, records: number) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    for (let n = 0; n < records; n++) {
      if (!socket.write(line(`${localAddress} ${n}`))) await once(socket, 'drain')
    }
    socket.end()
  }
  await Promise.all([send('127.0.0.5', 3000), send('127.0.0.6', 3000)])
  expect(await counted(node, 'patient', 3000)).toMatchObject({ parsed: 3000, dropped: 0 })
  const lost = await counted(node, 'hasty', 3000)
  expect(lost.received + lost.dropped).toBe(3000)
  expect(lost.dropped).toBeGreaterThan(1000)
})

test('over HTTP a source beyond its limit is asked to come back, before its body is read', async () => {
  const node = await startNode('asked')
  const made = await sourceOf(
    node,
    'bounded',
    { collector: 'json-lines' },
    { records_per_second: 1, burst_seconds: 1 },
  )
  const send = (payload: string) =>
    node.http.inject({
      method: 'POST',
      url: '/ingest/v1/bounded',
      headers: { authorization: `Bearer ${made.token}` },
      payload,
    })
  expect((await send('{"message":"one of bounded"}\n{"message":"two"}\n')).statusCode).toBe(200)
  const refused = await send('{"message":"three"}\n')
  expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '5'])
  expect(refused.json()).toMatchObject({ code: 'ingest.source-limited' })
  const { backlog, counters } = await sourceNamed(node, 'bounded')
  expect(backlog.held_back).toMatchObject({ reason: 'rate' })
  expect(counters.dropped).toBe(0)
})

test.each([
  ['syslog-udp', 'wait', 'drop-newest or drop-oldest; left out it is drop-newest'],
  ['netflow', 'drop-oldest', 'drop-newest; left out it is drop-newest'],
  ['syslog-tcp', 'drop-oldest', 'wait or drop-newest; left out it is wait'],
  ['json-lines', 'drop-newest', 'wait; left out it is wait'],
  ['lumberjack', 'drop-newest', 'wait; left out it is wait'],
])('%s refuses %s, says why, and what to choose', async (collector, when_full, choice) => {
  const node = await startNode(`policy-${collector}`)
  const refused = await node.ask('POST', '/api/v1/sources', {
    name: `policy-${collector}`,
    collector,
    limits: { when_full },
  })
  expect(refused).toMatchObject({ status: 400, body: { code: 'request.invalid' } })
  expect(refused.body.errors[0]).toMatchObject({
    field: 'limits.when_full',
    remedy: `choose ${choice}`,
  })
})

test('what waits, how much and how old, is known after a restart too', async () => {
  const node = await startNode('waiting')
  const { token } = await sourceOf(node, 'queued', { collector: 'json-lines' }, {})
  node.events.isStuck = true
  const before = Date.now()
  await node.http.inject({
    method: 'POST',
    url: '/ingest/v1/queued',
    headers: { authorization: `Bearer ${token}` },
    payload: '{"message":"waits 1"}\n{"message":"waits 2"}\n',
  })
  const waiting = (await sourceNamed(node, 'queued')).backlog
  expect(waiting).toMatchObject({ records: 2, bytes: 42, held_back: null })
  const beat = await node.station.heartbeat()
  expect(beat.sources.find(({ name }) => name === 'queued')?.backlog).toEqual(waiting)
  await stopNode(node)
  const again = await startNode('waiting', node.events)
  const found = (await sourceNamed(again, 'queued')).backlog
  expect(found).toMatchObject({ records: 2, bytes: 42 })
  expect(Date.parse(found.oldest_at ?? '')).toBeGreaterThanOrEqual(before)
  node.events.isStuck = false
  await withText(again, 'waits 2')
  await until(async () =>
    (await sourceNamed(again, 'queued')).backlog.records === 0 ? true : undefined,
  )
  const done = await sourceNamed(again, 'queued')
  expect(done.backlog).toMatchObject({ bytes: 0, oldest_at: null, oldest_seconds: 0 })
  expect(done.counters).toMatchObject({ received: 2, parsed: 2 })
})

test('one source that fills the spool is held back while others still get in', async () => {
  const limits = { limits: { bytes: 400_000, segmentBytes: 20_000 } }
  const node = await startNode('crowded', undefined, undefined, limits)
  const noisy = await sourceOf(node, 'crowding', { collector: 'json-lines' }, {})
  const quiet = await sourceOf(node, 'modest', { collector: 'json-lines' }, {})
  node.events.isStuck = true
  const send = (name: string, token: string, payload: string) =>
    node.http.inject({
      method: 'POST',
      url: `/ingest/v1/${name}`,
      headers: { authorization: `Bearer ${token}` },
      payload,
    })
  const big = `${JSON.stringify({ message: 'x'.repeat(9000) })}\n`
  const small = `${JSON.stringify({ message: 'modest word' })}\n`
  let accepted = 0
  while ((await send('crowding', noisy.token, big)).statusCode === 200) accepted++
  expect(accepted * big.length).toBeGreaterThan(280_000)
  expect(accepted * big.length).toBeLessThan(320_000)
  for (let n = 0; n < 20; n++) {
    expect((await send('modest', quiet.token, small)).statusCode).toBe(200)
  }
  expect((await sourceNamed(node, 'crowding')).backlog.held_back?.reason).toBe('crowding')
  node.events.isStuck = false
  await withText(node, 'modest word', 20)
  expect((await counted(node, 'crowding', accepted)).parsed).toBe(accepted)
})
