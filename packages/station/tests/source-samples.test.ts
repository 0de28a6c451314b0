import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Entrance, SourceSamples } from '@haidang/contracts/source-samples'
import { expect, test } from 'vitest'
import { type Node, startNode, until } from './station-node.ts'

const fixtures = join(import.meta.dirname, '../src/normalise/fixtures')
const deny = readFileSync(join(fixtures, 'fortigate/traffic-deny.constructed.log'), 'utf8').trim()

async function draft(node: Node, change: object): Promise<string> {
  const body = { collector: 'syslog-udp', product: 'fortigate', draft: true, ...change }
  const made = await node.ask('POST', '/api/v1/sources', body)
  expect(made).toMatchObject({ status: 200, body: { source: { draft: true } } })
  return made.body.source.id
}

async function samplesOf(node: Node, id: string, query = ''): Promise<SourceSamples> {
  const { body } = await node.ask('GET', `/api/v1/sources/${id}/samples${query}`)
  return SourceSamples.parse(body)
}

/** The samples as soon as there are so many. */
function arrived(node: Node, id: string, records: number): Promise<SourceSamples> {
  return until(async () => {
    const samples = await samplesOf(node, id)
    return samples.survey.records >= records ? samples : undefined
  })
}

function sendUdp(node: Node, text: string): void {
  const socket = createSocket('udp4')
  socket.send(text, node.station.ports()?.syslogUdp ?? 0, '127.0.0.1', () => socket.close())
}

function sendTcp(node: Node, text: string): void {
  connect(node.station.ports()?.syslogTcp ?? 0, '127.0.0.1').end(`${text}\n`)
}

test('what came is shown as it came and as it reads, and can be read otherwise before that is set', async () => {
  const node = await startNode('shown')
  const id = await draft(node, { name: 'shown', format: 'fortigate' })
  sendUdp(node, deny)
  const { records, survey, senders, checks, source } = await arrived(node, id, 1)
  expect(records).toMatchObject([{ sender: '127.0.0.1', size: deny.length, text: deny }])
  expect(senders).toMatchObject([{ sender: '127.0.0.1', records: 1 }])
  expect(survey).toMatchObject({ events: 1, formats: [{ format: 'fortigate' }], rejects: 0 })
  expect(checks).toEqual([])
  expect(source).toMatchObject({ product: 'fortigate', draft: true })
  const otherwise = await samplesOf(node, id, '?format=zeek-json')
  expect(otherwise.survey.better_format).toBe('fortigate')
  const saved = await node.ask('PATCH', `/api/v1/sources/${id}`, { draft: false, tlp: 'red' })
  expect(saved.body).toMatchObject({ draft: false, tlp: 'red' })
})

test('a time in the wrong zone is told with the zone that fits, and setting it puts it right', async () => {
  const node = await startNode('zone')
  const id = await draft(node, { name: 'zone' })
  const now = new Date().toISOString().slice(0, 19)
  sendUdp(node, `date=${now.slice(0, 10)} time=${now.slice(11)} logid="1" type="event" devname="a"`)
  const { survey } = await arrived(node, id, 1)
  expect(survey.clock).toMatchObject({ verdict: 'zone', zone: 'UTC' })
  const fitting = await samplesOf(node, id, '?zone=UTC')
  expect(fitting.survey.clock.verdict).toBe('good')
})

test('who came by another way is named while nothing comes', async () => {
  const node = await startNode('other')
  const id = await draft(node, { name: 'other', senders: ['192.0.2.7'] })
  const before = await samplesOf(node, id)
  expect(before.checks.map(({ check }) => check)).toEqual(['loopback', 'network'])
  sendTcp(node, deny)
  const { checks } = await until(async () => {
    const samples = await samplesOf(node, id)
    return samples.checks.length > 2 ? samples : undefined
  })
  expect(checks).toContainEqual({
    check: 'other-source',
    source_name: 'syslog-tcp-default',
    collector: 'syslog-tcp',
    sender: '127.0.0.1',
    at: expect.any(String),
  })
})

test('who was turned away is named with the reason', async () => {
  const node = await startNode('refused')
  const id = await draft(node, { name: 'refused', collector: 'elastic-bulk', product: 'windows' })
  const port = node.station.ports()?.elastic
  const url = `http://127.0.0.1:${port}/_bulk`
  const headers = { authorization: 'Bearer hds_wrong', 'content-type': 'application/x-ndjson' }
  const answer = await fetch(url, { method: 'POST', headers, body: '{"create":{}}\n{"a":1}\n' })
  expect(answer.status).toBe(401)
  const { checks } = await samplesOf(node, id)
  expect(checks[0]).toMatchObject({ check: 'refused', reason: 'token', sender: '127.0.0.1' })
})

test('a paused source says so', async () => {
  const node = await startNode('paused')
  const id = await draft(node, { name: 'paused' })
  await node.ask('PATCH', `/api/v1/sources/${id}`, { paused: true })
  expect((await samplesOf(node, id)).checks[0]).toEqual({ check: 'paused' })
})

test('a file that is not there says why nothing comes', async () => {
  const node = await startNode('file')
  const path = '/no/such/eve.json'
  const id = await draft(node, { name: 'file', collector: 'tail-file', path })
  const { checks } = await until(async () => {
    const samples = await samplesOf(node, id)
    return samples.checks.length > 0 ? samples : undefined
  })
  expect(checks).toMatchObject([
    { check: 'listener', problem: expect.stringContaining('/no/such') },
  ])
})

test('records that come by two ways are suspected, and both stay', async () => {
  const node = await startNode('twice')
  const id = await draft(node, { name: 'twice' })
  sendUdp(node, deny)
  await arrived(node, id, 1)
  sendTcp(node, deny)
  const { repeats, survey } = await until(async () => {
    const samples = await samplesOf(node, id)
    return samples.repeats.length > 0 ? samples : undefined
  })
  expect(repeats).toMatchObject([{ source_name: 'syslog-tcp-default', records: 1 }])
  expect(survey.records).toBe(1)
})

test('records above the caller’s clearance are counted, never shown', async () => {
  const node = await startNode('withheld', undefined, 2)
  const id = await draft(node, { name: 'withheld', tlp: 'red' })
  sendUdp(node, deny)
  const { records, senders, survey, is_withheld } = await until(async () => {
    const samples = await samplesOf(node, id)
    return samples.source.counters.received > 0 ? samples : undefined
  })
  expect({ is_withheld, records, senders, seen: survey.records }).toEqual({
    is_withheld: true,
    records: [],
    senders: [],
    seen: 0,
  })
})

test('the entrance names addresses and the ports that are open', async () => {
  const node = await startNode('entrance')
  const { body } = await node.ask('GET', '/api/v1/sources/entrance')
  const { hosts, is_loopback, ways } = Entrance.parse(body)
  expect({ hosts, is_loopback }).toEqual({ hosts: ['127.0.0.1'], is_loopback: true })
  const port = node.station.ports()?.syslogUdp
  const udp = { collector: 'syslog-udp', port, is_open: true, is_tls: false, install: null }
  expect(ways).toContainEqual(udp)
  expect(ways.find(({ collector }) => collector === 'kafka')).toMatchObject({ install: null })
  expect(ways.find(({ collector }) => collector === 'syslog-tls')).toMatchObject({ is_tls: true })
})

test('samples of no source are not found', async () => {
  const node = await startNode('none')
  const id = 'src_01a02b03-0000-7000-8000-000000000001'
  const { status, body } = await node.ask('GET', `/api/v1/sources/${id}/samples`)
  expect([status, body.code]).toEqual([404, 'source.not-found'])
})
