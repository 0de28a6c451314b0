import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import {
  ipfixMessage,
  plainFields,
  plainRecord,
  setOf,
  sflowDatagram,
  templateOf,
  version5Message,
} from './flow-messages.ts'
import { type Node, sourceNamed, startNode, stopNode, until } from './station-node.ts'

/** An exporter with a port of its own. */
async function exporter() {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    send: (node: Node, kind: 'netflow' | 'ipfix' | 'sflow', bytes: Buffer) =>
      new Promise<void>((resolve) => {
        socket.send(bytes, node.station.ports()?.[kind] ?? 0, '127.0.0.1', () => resolve())
      }),
    [Symbol.dispose]: () => socket.close(),
  }
}

async function addSource(node: Node, collector: string, change: object = {}) {
  const body = { name: `${collector}-test`, collector, ...change }
  const { status } = await node.ask('POST', '/api/v1/sources', body)
  expect(status).toBe(200)
}

const eventsOf = (node: Node, count: number) =>
  until(() => {
    const found = node.events.events.filter(({ metadata }) => /flow$/.test(metadata.parser))
    return found.length >= count ? found : undefined
  })
const plain = setOf(2, templateOf(256, plainFields))
const data = (...sizes: number[]) => setOf(256, ...sizes.map(plainRecord))

test('ports open with the first source of their kind; flows become events with what they say', async () => {
  const node = await startNode('flows')
  expect(node.station.ports()?.netflow).toBeUndefined()
  await addSource(node, 'netflow')
  await addSource(node, 'sflow')
  using sender = await exporter()
  await sender.send(node, 'netflow', version5Message(2, { sequence: 7 }))
  await sender.send(node, 'sflow', sflowDatagram(1))
  const events = await eventsOf(node, 3)
  expect(events.map(({ metadata }) => metadata.product).toSorted()).toEqual([
    'NetFlow',
    'NetFlow',
    'sFlow',
  ])
  expect(events.find(({ traffic }) => traffic?.bytes_out === 8)).toMatchObject({
    class_uid: 4001,
    src_endpoint: { ip: '192.0.2.1', port: 50_000 },
    dst_endpoint: { ip: '198.51.100.2', port: 443 },
    device: { ip: '127.0.0.1' },
    unmapped: { bgpSourceAsNumber: 64_496 },
  })
})

test('over a restart templates stay known, and what was sent meanwhile is counted as lost', async () => {
  const first = await startNode('flow-restart')
  await addSource(first, 'ipfix')
  using sender = await exporter()
  await sender.send(first, 'ipfix', ipfixMessage([plain, data(1, 2)], { sequence: 0 }))
  await eventsOf(first, 2)
  await stopNode(first)
  const second = await startNode('flow-restart', first.events)
  await sender.send(second, 'ipfix', ipfixMessage([data(3)], { sequence: 42 }))
  const events = await eventsOf(second, 3)
  expect(events.map(({ traffic }) => traffic?.bytes_out).toSorted()).toEqual([1, 2, 3])
  const source = await until(async () => {
    const found = await sourceNamed(second, 'ipfix-test')
    return found.counters.dropped > 0 ? found : undefined
  })
  expect(source.counters).toMatchObject({ parsed: 3, rejected: 0, dropped: 40 })
})

test('flows that still wait for their template when the node stops become rejects', async () => {
  const first = await startNode('flow-waiting')
  using sender = await exporter()
  const nobodyKnows = setOf(999, plainRecord(1))
  await sender.send(first, 'ipfix', ipfixMessage([nobodyKnows], { domain: 5 }))
  // What was sent after it has arrived: so has it.
  await sender.send(first, 'ipfix', version5Message(1))
  await eventsOf(first, 1)
  await stopNode(first)
  const second = await startNode('flow-waiting', first.events)
  const reasons = await until(async () => {
    const { body } = await second.ask('GET', '/api/v1/rejects?limit=100')
    const found = (body as { items: { reason: string }[] }).items.map(({ reason }) => reason)
    return found.length > 0 ? found : undefined
  })
  expect(reasons).toEqual(['flow.template-unknown'])
})

test('a source of IPFIX takes it by TCP as well, beside what comes by UDP', async () => {
  const node = await startNode('ipfix-tcp')
  await addSource(node, 'ipfix', { name: 'ipfix-streams' })
  using sender = await exporter()
  await sender.send(node, 'ipfix', ipfixMessage([plain, data(1)]))
  const socket = connect(node.station.ports()?.ipfixTcp ?? 0, '127.0.0.1')
  socket.end(ipfixMessage([plain, data(2, 3)]))
  const events = await eventsOf(node, 3)
  expect(events.map(({ traffic }) => traffic?.bytes_out).toSorted()).toEqual([1, 2, 3])
  expect((await sourceNamed(node, 'ipfix-streams')).counters).toMatchObject({ dropped: 0 })
})
