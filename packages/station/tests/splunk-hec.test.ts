import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { newSource, post } from './http-ways-in.ts'
import { sourceNamed, startNode, stopNode, until, withText } from './station-node.ts'

const channel = '3f2a1c7e-0b1d-4c55-9a38-5d6f7a8b9c0d'

test('events one after another become events, with the time and host beside them', async () => {
  const node = await startNode('hec')
  const { url, token } = await newSource(node, 'splunk-hec', 'hec')
  const line =
    '<38>Nov 22 10:00:00 gate sshd[1]: Accepted publickey for hec-user from 192.0.2.1 port 22 ssh2'
  const body = [
    '{"time":1793329200.123,"host":"web-1","source":"app","sourcetype":"_json","index":"main","fields":{"site":"hn"},"event":{"message":"hec one","nested":{"a":"}{\\"]"}}}',
    JSON.stringify({ event: line }),
    '\n {"event":"hec three","time":"1793329201"}\r\n',
  ].join('')
  const reply = await post(`${url}/services/collector`, { token: `Splunk ${token}`, body })
  expect([reply.status, reply.json]).toEqual([200, { text: 'Success', code: 0 }])
  const [one] = await withText(node, 'hec one')
  expect(one).toMatchObject({
    time: '2026-10-30T03:00:00.123Z',
    message: 'hec one',
    device: { hostname: 'web-1' },
    unmapped: {
      hec: { source: 'app', sourcetype: '_json', index: 'main', fields: { site: 'hn' } },
    },
  })
  const [ssh] = await withText(node, 'hec-user')
  expect(ssh).toMatchObject({ class_uid: 3002, status: 'success', device: { hostname: 'gate' } })
  const [three] = await withText(node, 'hec three')
  expect(three).toMatchObject({ time: '2026-10-30T03:00:01.000Z', message: 'hec three' })
})

test('raw lines are events of their own, and what is acknowledged stays so over a restart', async () => {
  const node = await startNode('hec-raw')
  const { url, token } = await newSource(node, 'splunk-hec', 'hec-raw')
  const basic = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`
  const raw = await post(
    `${url}/services/collector/raw?host=fw-1&sourcetype=syslog&channel=${channel}`,
    {
      token: basic,
      body: gzipSync('raw line one\r\n\nraw line "two"\n'),
      headers: { 'content-encoding': 'gzip' },
    },
  )
  expect(raw.json).toEqual({ text: 'Success', code: 0, ackId: 0 })
  const [two] = await withText(node, 'raw line \\"two')
  expect(two).toMatchObject({ message: 'raw line "two"', device: { hostname: 'fw-1' } })
  const ask = (to: string) =>
    post(`${to}/services/collector/ack?channel=${channel}`, { token: basic, body: '{"acks":[0]}' })
  expect((await ask(url)).json).toEqual({ acks: { 0: true } })
  await stopNode(node)
  const again = await startNode('hec-raw', node.events)
  const late = await ask(`http://127.0.0.1:${again.station.ports()?.hec}`)
  expect(late.json).toEqual({ acks: { 0: true } })
  expect((await sourceNamed(again, 'hec-raw')).counters).toMatchObject({ parsed: 2, rejected: 0 })
})

test('refusals carry the codes of the protocol, and of a bad batch nothing is taken', async () => {
  const node = await startNode('hec-bad')
  const { url, token } = await newSource(node, 'splunk-hec', 'hec-bad')
  const auth = `Splunk ${token}`
  const send = (body: string | Buffer, given: string | undefined = auth, headers = {}) =>
    post(`${url}/services/collector/event`, { ...(given && { token: given }), body, headers })
  const good = '{"event":"must not be kept"}'
  const answers = [
    [await send(good, ''), 401, 2],
    [await send(good, 'Negotiate x'), 401, 3],
    [await send(good, 'Splunk wrong'), 403, 4],
    [await send(''), 400, 5],
    [await send(`${good}{"event":`), 400, 6],
    [await send(`${good},${good}`), 400, 6],
    [await send(`${good}${'{"a":'.repeat(100_000)}`), 400, 6],
    [await send(`${good}{"host":"h"}`), 400, 12],
    [await send(`${good}{"event":""}`), 400, 13],
    [await send('{"event":1,"fields":"x"}'), 400, 15],
    [await send(good, auth, { 'x-splunk-request-channel': 'no guid' }), 400, 11],
    [await post(`${url}/services/collector/ack`, { token: auth, body: '{"acks":[1]}' }), 400, 10],
    [
      await send(gzipSync(Buffer.alloc(40 * 1_048_576, 32)), auth, { 'content-encoding': 'gzip' }),
      413,
      6,
    ],
  ] as const
  for (const [reply, status, code] of answers)
    expect([reply.status, reply.json.code]).toEqual([status, code])
  expect((await send(`${good}{"event":`)).json).toMatchObject({ 'invalid-event-number': 1 })
  const health = await fetch(`${url}/services/collector/health`)
  expect([health.status, await health.json()]).toEqual([200, { text: 'HEC is healthy', code: 17 }])
  expect((await fetch(`${url}/services/collector/nothing`)).status).toBe(404)
  expect((await send('{"event":"after all of them"}')).status).toBe(200)
  const source = await until(async () => {
    const found = await sourceNamed(node, 'hec-bad')
    return found.counters.parsed > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 1, parsed: 1, rejected: 0, dropped: 0 })
})
