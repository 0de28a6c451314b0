import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { newSource, post } from './http-ways-in.ts'
import { sourceNamed, startNode, until, withText } from './station-node.ts'

const json = { 'content-type': 'application/json' }
const protobuf = { 'content-type': 'application/x-protobuf' }
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } })

function request(...logRecords: object[]) {
  const resource = { attributes: [text('service.name', 'shop'), text('host.name', 'web-1')] }
  const scope = { name: 'logger', version: '1' }
  return JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords }] }] })
}

/** A field of protobuf: number and bytes. */
function field(number: number, bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as string)
  const length =
    body.length < 128 ? [body.length] : [(body.length % 128) | 128, Math.floor(body.length / 128)]
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length]), body])
}

test('log records in JSON become events with severity, trace and attributes', async () => {
  const node = await startNode('otlp')
  const { url, token } = await newSource(node, 'otlp-http', 'otlp')
  const body = request({
    timeUnixNano: '1793329200123456789',
    severityNumber: 17,
    severityText: 'ERROR',
    body: { stringValue: 'payment refused' },
    attributes: [
      text('client.ip', '192.0.2.7'),
      text('__proto__', 'x'),
      { key: 'n', value: { intValue: '9007199254740993' } },
    ],
    traceId: '5b8efff798038103d269b633813fc60c',
    spanId: 'eee19b7ec3c1b174',
  })
  const reply = await post(`${url}/v1/logs`, {
    token: `Bearer ${token}`,
    body: gzipSync(body),
    headers: { ...json, 'content-encoding': 'gzip' },
  })
  expect([reply.status, reply.json]).toEqual([200, {}])
  const [event] = await withText(node, 'payment refused')
  expect(event).toMatchObject({
    time: '2026-10-30T03:00:00.123Z',
    severity_id: 4,
    message: 'payment refused',
    device: { hostname: 'web-1' },
    src_endpoint: { ip: '192.0.2.7' },
    metadata: { product: 'shop', parser: 'otlp' },
    unmapped: {
      otel: { trace_id: '5b8efff798038103d269b633813fc60c', attributes: { n: '9007199254740993' } },
    },
  })
})

test('log records in protobuf become the same events', async () => {
  const node = await startNode('otlp-proto')
  const { url, token } = await newSource(node, 'otlp-http', 'otlp-proto')
  const time = Buffer.alloc(9, 0x09)
  time.writeBigUInt64LE(1_793_329_200_123_456_789n, 1)
  const attribute = field(
    6,
    Buffer.concat([field(1, 'client.ip'), field(2, field(1, '192.0.2.8'))]),
  )
  const record = Buffer.concat([
    time,
    Buffer.from([0x10, 13]),
    field(5, field(1, 'from protobuf')),
    attribute,
    field(99, 'unknown'),
  ])
  const resource = field(
    1,
    field(1, Buffer.concat([field(1, 'host.name'), field(2, field(1, 'db-1'))])),
  )
  const body = field(1, Buffer.concat([field(2, field(2, record)), resource]))
  const reply = await post(`${url}/v1/logs`, { token: `Bearer ${token}`, body, headers: protobuf })
  expect([reply.status, reply.bytes.length]).toEqual([200, 0])
  const [event] = await withText(node, 'from protobuf')
  expect(event).toMatchObject({
    time: '2026-10-30T03:00:00.123Z',
    severity_id: 3,
    device: { hostname: 'db-1' },
    src_endpoint: { ip: '192.0.2.8' },
  })
  const send = (bytes: Buffer) =>
    post(`${url}/v1/logs`, { token: `Bearer ${token}`, body: bytes, headers: protobuf })
  for (const bad of [
    body.subarray(0, -3),
    Buffer.alloc(40, 0xff),
    Buffer.from('{"resourceLogs":[]}'),
  ]) {
    expect((await send(bad)).status).toBe(400)
  }
})

test('an event of Windows and a line of a file are read as what they are', async () => {
  const node = await startNode('otlp-kinds')
  const { url, token } = await newSource(node, 'otlp-http', 'otlp-kinds')
  const map = (members: Record<string, object>) => ({
    kvlistValue: { values: Object.entries(members).map(([key, value]) => ({ key, value })) },
  })
  const said = (stringValue: string) => ({ stringValue })
  const windows = map({
    event_id: map({ id: { intValue: '4624' }, qualifiers: { intValue: 0 } }),
    channel: said('Security'),
    computer: said('DC01.example.vn'),
    system_time: said('2026-11-22T03:00:00.000Z'),
    provider: map({ name: said('Microsoft-Windows-Security-Auditing') }),
    event_data: map({
      data: {
        arrayValue: {
          values: [map({ TargetUserName: said('otel-user') }), map({ LogonType: said('3') })],
        },
      },
    }),
  })
  const line = said(
    '<38>Nov 22 10:00:00 gate sshd[1]: Accepted publickey for line-user from 192.0.2.1 port 22 ssh2',
  )
  await post(`${url}/v1/logs`, {
    token: `Bearer ${token}`,
    body: request({ body: windows }, { body: line }),
    headers: json,
  })
  const [logon] = await withText(node, 'otel-user')
  expect(logon).toMatchObject({
    class_uid: 3002,
    time: '2026-11-22T03:00:00.000Z',
    device: { hostname: 'DC01.example.vn' },
    user: { name: 'otel-user' },
  })
  const [ssh] = await withText(node, 'line-user')
  expect(ssh).toMatchObject({ class_uid: 3002, status: 'success', device: { hostname: 'gate' } })
})

test('a record nested too deep is refused alone, and a record with a uid is taken once', async () => {
  const node = await startNode('otlp-parts')
  const { url, token } = await newSource(node, 'otlp-http', 'otlp-parts')
  const send = (body: string, headers: Record<string, string> = json) =>
    post(`${url}/v1/logs`, { token: `Bearer ${token}`, body, headers })
  let deep: object = { stringValue: 'bottom' }
  for (let level = 0; level < 40; level++) deep = { arrayValue: { values: [deep] } }
  const named = { body: { stringValue: 'only once' }, attributes: [text('log.record.uid', 'u1')] }
  const reply = await send(request({ body: deep }, named))
  expect(reply.json).toMatchObject({ partialSuccess: { rejectedLogRecords: '1' } })
  expect((await send(request(named))).status).toBe(200)
  const inResource = {
    resourceLogs: [{ resource: { attributes: [{ key: 'k', value: deep }] }, scopeLogs: [] }],
  }
  expect((await send(JSON.stringify(inResource))).json).toMatchObject({ code: 3 })
  for (const bad of ['', '[]', '{"resourceLogs":', 'null'])
    expect((await send(bad)).status).toBe(400)
  expect((await send(request(named), { 'content-type': 'text/plain' })).status).toBe(415)
  expect((await post(`${url}/v1/logs`, { body: '{}', headers: json })).status).toBe(401)
  expect(
    (await fetch(`${url}/v1/traces`, { method: 'POST', body: '{}', headers: json })).status,
  ).toBe(404)
  await withText(node, 'only once')
  const source = await until(async () => {
    const found = await sourceNamed(node, 'otlp-parts')
    return found.counters.parsed > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ received: 1, parsed: 1, rejected: 0 })
})
