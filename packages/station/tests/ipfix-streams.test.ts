import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { IpfixFraming } from '../src/collect/flow/ipfix-framing.ts'
import { IpfixStreams } from '../src/collect/flow/ipfix-streams.ts'
import { HeldBytes } from '../src/collect/held-bytes.ts'
import type { SourceRow } from '../src/keep/station-tables.ts'
import {
  ipfixMessage,
  optionsOf,
  plainFields,
  plainRecord,
  setOf,
  templateOf,
  version9Message,
  word16,
} from './flow-messages.ts'
import { sourceRow } from './source-row.ts'
import { clock, connected, listening, memoryIntake } from './stream-harness.ts'

const plain = setOf(2, templateOf(256, plainFields))
const data = (...sizes: number[]) => setOf(256, ...sizes.map(plainRecord))
const closing = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

/** `change`: of its source; none: it takes flows of nobody. */
async function station(change: Partial<SourceRow> | 'none' = {}) {
  const { intake, spool } = memoryIntake()
  const source =
    change === 'none' ? undefined : sourceRow({ id: 'src_flow', collector: 'ipfix', ...change })
  const streams = new IpfixStreams({
    intake,
    sourceOf: () => source,
    held: new HeldBytes(),
    clock,
  })
  const port = await listening((peer, signal) => streams.read(peer, signal))
  const flows = () => spool.records.map((text) => JSON.parse(text) as Record<string, unknown>)
  const sizes = () => flows().map((flow) => flow['octetDeltaCount'])
  const dropped = async () => {
    let lost = 0
    await intake.handOverDrops(async (drops) => {
      lost = drops.get('src_flow') ?? 0
    })
    return lost
  }
  return { intake, spool, port, flows, sizes, dropped }
}

test('messages cut anywhere are read whole, with the templates before them', async () => {
  const bytes = Buffer.concat([
    ipfixMessage([plain]),
    ipfixMessage([data(1, 2)], { sequence: 0 }),
    ipfixMessage([data(3)], { sequence: 2 }),
  ])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (cuts) => {
      const framing = new IpfixFraming()
      const found: Buffer[] = []
      let at = 0
      for (let turn = 0; at < bytes.length; turn++) {
        const to = at + (cuts[turn % cuts.length] ?? 1)
        found.push(...framing.push(bytes.subarray(at, to)))
        at = to
      }
      expect(Buffer.concat(found)).toEqual(bytes)
      expect(found).toHaveLength(3)
      expect(framing.pending).toBe(0)
    }),
  )
  const { port, sizes, dropped } = await station()
  const socket = await connected(port)
  socket.write(bytes.subarray(0, 77))
  socket.write(bytes.subarray(77))
  await vi.waitFor(() => expect(sizes()).toEqual([1, 2, 3]))
  socket.end()
  await closing(socket)
  expect(await dropped()).toBe(0)
})

test('templates are of their connection: another, and the next of the same exporter, must announce its own', async () => {
  const { port, flows, sizes } = await station()
  const first = await connected(port)
  first.write(ipfixMessage([plain, data(1)]))
  await vi.waitFor(() => expect(sizes()).toEqual([1]))
  const second = await connected(port)
  second.write(ipfixMessage([data(2)]))
  await vi.waitFor(() => expect(flows()).toHaveLength(2))
  expect(flows()[1]).toMatchObject({ problem: 'flow.template-unknown' })
  first.write(ipfixMessage([data(3)], { sequence: 1 }))
  await vi.waitFor(() => expect(sizes()).toEqual([1, undefined, 3]))
})

test('a template that was withdrawn counts no more; all of a kind can be withdrawn at once', async () => {
  const { port, flows } = await station()
  const socket = await connected(port)
  const withdrawn = (id: number) => setOf(2, word16(id, 0))
  const options = setOf(
    3,
    optionsOf(300, [
      [149, 4],
      [34, 4],
    ]),
  )
  socket.write(ipfixMessage([plain, options, data(1), withdrawn(256), data(2), plain, data(3)]))
  socket.write(ipfixMessage([withdrawn(2), data(4), setOf(300, Buffer.alloc(8))]))
  await vi.waitFor(() => expect(flows()).toHaveLength(4))
  expect(flows().map((flow) => flow['octetDeltaCount'] ?? flow['problem'])).toEqual([
    1,
    'flow.template-unknown',
    3,
    'flow.template-unknown',
  ])
})

test('what an exporter left out, and a message cut at the end, count as lost', async () => {
  const { port, sizes, dropped } = await station()
  const socket = await connected(port)
  socket.write(ipfixMessage([plain, data(1)], { sequence: 0 }))
  socket.write(ipfixMessage([data(2)], { sequence: 41 }))
  socket.write(ipfixMessage([data(3)], { sequence: 42 }).subarray(0, 30))
  await vi.waitFor(() => expect(sizes()).toEqual([1, 2]))
  socket.end()
  await closing(socket)
  expect(await dropped()).toBe(41)
})

test.each([
  ['another version', version9Message([])],
  ['a length below the header', word16(10, 15)],
  ['a request of HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
])('%s ends the connection; what came before is kept', async (_, garbage) => {
  const { port, sizes } = await station()
  const socket = await connected(port)
  const closed = closing(socket)
  socket.write(Buffer.concat([ipfixMessage([plain, data(7)]), garbage]))
  await closed
  expect(sizes()).toEqual([7])
})

test('a full spool holds the exporter back, and nothing is lost', async () => {
  const { port, spool, sizes } = await station()
  spool.isFull = true
  const socket = await connected(port)
  socket.write(ipfixMessage([plain, data(1, 2)]))
  await vi.waitFor(() => expect(spool.attempts).toBeGreaterThan(1))
  spool.isFull = false
  await vi.waitFor(() => expect(sizes()).toEqual([1, 2]))
})

test('flows of nobody end the connection; those of a paused source count as lost', async () => {
  const nobody = await station('none')
  const refused = await connected(nobody.port)
  const closed = closing(refused)
  refused.write(ipfixMessage([plain, data(1)]))
  await closed
  const paused = await station({ paused: true })
  const socket = await connected(paused.port)
  socket.end(ipfixMessage([plain, data(1, 2)]))
  await closing(socket)
  expect(paused.spool.records).toEqual([])
  expect(await paused.dropped()).toBe(2)
})

const shared = process.env['HAIDANG_SHARED']
const exchange = join(
  shared === undefined || shared === 'required'
    ? join(import.meta.dirname, '../../../../shared/data')
    : shared,
  'exchange/netflow',
)
const softflowd = '/usr/sbin/softflowd'
const mustRun = shared === 'required' && process.env['CI'] === 'true'
const canRun = mustRun || (existsSync(softflowd) && existsSync(exchange))

test.skipIf(!canRun)(
  'softflowd by TCP: the same flows as nfdump finds in its datagrams (skipped without softflowd or shared data)',
  async () => {
    const { port, flows, dropped } = await station()
    const directory = await mkdtemp(join(tmpdir(), 'ipfix-'))
    onTestFinished(() => rm(directory, { recursive: true }))
    const text = await readFile(join(exchange, 'softflowd-v10.nfdump.json'), 'utf8')
    const expected = JSON.parse(text) as Record<string, unknown>[]
    await promisify(execFile)(softflowd, [
      ...['-d', '-r', join(exchange, 'source-traffic.pcap'), '-p', join(directory, 'pid')],
      ...['-c', 'none', '-v', '10', '-P', 'tcp', '-n', `127.0.0.1:${port}`],
    ])
    await vi.waitFor(() => expect(flows()).toHaveLength(expected.length))
    const ours = flows().map((flow) =>
      [
        flow['sourceIPv4Address'] ?? flow['sourceIPv6Address'],
        flow['destinationIPv4Address'] ?? flow['destinationIPv6Address'],
        flow['octetDeltaCount'],
        flow['packetDeltaCount'],
      ].join(' '),
    )
    const nfdumps = expected.map((row) =>
      [
        row['src4_addr'] ?? row['src6_addr'],
        row['dst4_addr'] ?? row['dst6_addr'],
        row['in_bytes'],
        row['in_packets'],
      ].join(' '),
    )
    expect(ours.toSorted()).toEqual(nfdumps.toSorted())
    expect(await dropped()).toBe(0)
  },
)
