import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { load } from './load.ts'
import { replay } from './replay.ts'
import { portalIntrusion } from './scenarios/portal-intrusion.ts'

const clock = { now: () => Date.now(), monotonic: () => performance.now() }
const never = new AbortController().signal
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A syslog receiver that takes octet-counted messages; answers what it got. */
async function syslogReceiver() {
  let bytes = Buffer.alloc(0)
  const server = createServer(async (socket) => {
    for await (const data of socket as AsyncIterable<Buffer>) bytes = Buffer.concat([bytes, data])
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => server.close())
  const messages = () => {
    const found: string[] = []
    for (let at = 0; at < bytes.length; ) {
      const space = bytes.indexOf(' ', at)
      const end = space + 1 + Number(bytes.toString('latin1', at, space))
      found.push(bytes.toString('utf8', space + 1, end))
      at = end
    }
    return found
  }
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port, messages }
}

/** A JSON-lines source that keeps each key once; `refuse` decides which requests fail, and how. */
async function jsonReceiver(refuse: (request: number) => 'drop' | number | undefined) {
  const batches = new Map<string, string[]>()
  let requests = 0
  const server = createHttpServer((request: IncomingMessage, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const trouble = refuse(requests++)
      if (typeof trouble === 'number') {
        response.writeHead(trouble).end()
        return
      }
      const lines = Buffer.concat(parts).toString().trimEnd().split('\n')
      batches.set(String(request.headers['idempotency-key']), lines)
      // Stored, but the answer is lost: the sender must send the same batch again.
      if (trouble === 'drop') request.socket.destroy()
      else response.end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, lines: () => [...batches.values()].flat(), requests: () => requests }
}

test('a replay delivers the whole story to the ordinary listeners of three stations', async () => {
  const syslog = await syslogReceiver()
  const json = await jsonReceiver(() => undefined)
  const tokens = { suricata: 's', zeek: 'z', windows: 'w' }
  const target = { syslogTcp: syslog, jsonLines: { url: json.url, tokens } }
  const progress = await replay({
    targets: { ministry: target, province: target, isp: target },
    scenario: portalIntrusion,
    speed: 100,
    clock,
    signal: never,
  })
  await expect.poll(() => syslog.messages().length + json.lines().length).toBe(progress.sent)
  expect(progress.skipped).toBe(0)
  const story = portalIntrusion.story(1)
  const syslogs = story.filter(({ channel }) => channel === 'syslog').length
  expect(syslog.messages().length).toBeGreaterThanOrEqual(syslogs)
  expect(syslog.messages().every((line) => line.includes('simulated="true"'))).toBe(true)
  expect(json.lines().every((line) => JSON.parse(line).simulated === true)).toBe(true)
})

test('a replay that goes on stops when told to', async () => {
  const stop = new AbortController()
  const progress = await replay({
    targets: {},
    scenario: portalIntrusion,
    speed: 1_000,
    clock,
    signal: stop.signal,
    goOn: true,
    onProgress: ({ storyTold }) => storyTold && stop.abort(),
  })
  expect(progress.sent).toBe(0)
  expect(progress.skipped).toBeGreaterThan(0)
})

test('a load over JSON lines is acknowledged whole although answers are lost and refused', async () => {
  const json = await jsonReceiver((request) => [undefined, 'drop', 503, 429][request % 8] as 'drop')
  const result = await load({
    targets: [{ kind: 'json-lines', url: json.url, token: 't' }],
    linesPerSecond: 50_000,
    lines: 1_000,
    keyPrefix: 'k',
    line: (n) => `{"n":${n}}`,
    clock,
    signal: never,
    batchLines: 100,
  })
  expect(result).toMatchObject({ sent: 1_000, acknowledged: 1_000 })
  expect(result.resent).toBeGreaterThan(0)
  expect(new Set(json.lines()).size).toBe(1_000)
  expect(json.lines()).toHaveLength(1_000)
})

test('a load whose token is wrong says so', async () => {
  const json = await jsonReceiver(() => 401)
  const wrong = load({
    targets: [{ kind: 'json-lines', url: json.url, token: 'wrong' }],
    linesPerSecond: 10_000,
    lines: 1_000,
    keyPrefix: 'k',
    line: String,
    clock,
    signal: never,
  })
  await expect(wrong).rejects.toThrow(/401/)
})

test('a load over syslog TCP keeps its pace and its order', async () => {
  const syslog = await syslogReceiver()
  const result = await load({
    targets: [{ kind: 'syslog-tcp', host: syslog.host, port: syslog.port }],
    linesPerSecond: 2_000,
    lines: 600,
    keyPrefix: 'k',
    line: (n) => `<38>đ ${n}`,
    clock,
    signal: never,
  })
  expect(result.seconds).toBeGreaterThan(0.25)
  await expect.poll(() => syslog.messages().length).toBe(600)
  expect(syslog.messages()).toEqual(Array.from({ length: 600 }, (_, n) => `<38>đ ${n}`))
})

test('a load over syslog UDP sends one datagram a line', async () => {
  const socket = createSocket('udp4')
  let received = 0
  socket.on('message', () => {
    received += 1
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  stops.push(() => socket.close())
  const result = await load({
    targets: [{ kind: 'syslog-udp', host: '127.0.0.1', port: socket.address().port }],
    linesPerSecond: 2_000,
    lines: 200,
    keyPrefix: 'k',
    line: (n) => `<38>line ${n}`,
    clock,
    signal: never,
  })
  expect(result.sent).toBe(200)
  await expect.poll(() => received).toBe(200)
})

test('a load over several connections gives each its share and loses nothing', async () => {
  const receivers = [await syslogReceiver(), await syslogReceiver()] as const
  const [first, second] = receivers
  const told: number[] = []
  const result = await load({
    targets: [
      { kind: 'syslog-tcp', host: first.host, port: first.port, from: '127.0.0.7' },
      { kind: 'syslog-tcp', host: second.host, port: second.port },
    ],
    linesPerSecond: 0,
    lines: 5_001,
    keyPrefix: 'k',
    line: (n) => `<38>${n}`,
    clock,
    signal: never,
    onProgress: ({ sent }) => told.push(sent),
  })
  expect(result).toMatchObject({ sent: 5_001, resent: 0 })
  await expect.poll(() => first.messages().length).toBe(2_501)
  await expect.poll(() => second.messages().length).toBe(2_500)
  expect(new Set(receivers.flatMap((each) => each.messages())).size).toBe(5_001)
  expect(told.every((sent) => sent <= 5_001)).toBe(true)
})
