import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { silentLog } from '@haidang/runtime/silent-log'
import { expect, onTestFinished, test, vi } from 'vitest'
import { HeldBytes } from '../src/collect/held-bytes.ts'
import { socketBytes } from '../src/collect/socket-bytes.ts'
import { StreamListener, type StreamListenerParts } from '../src/collect/stream-listener.ts'
import { answer, type StreamPeer } from '../src/collect/stream-peer.ts'
import { readSyslog } from '../src/collect/syslog-stream.ts'
import { sourceRow } from './source-row.ts'
import { connected, memoryIntake } from './stream-harness.ts'

const closing = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve))

/** A listener for syslog with bounds of its own. */
async function listening(bounds: Partial<StreamListenerParts> = {}, held = new HeldBytes()) {
  const { intake, spool } = memoryIntake()
  const parts = { intake, sourceOf: () => sourceRow({}), held }
  const listener = new StreamListener({
    name: 'test',
    at: { host: '127.0.0.1', port: 0 },
    log: silentLog,
    serve: (peer, signal) => readSyslog(peer, parts, signal),
    ...bounds,
  })
  await listener.start()
  onTestFinished(() => listener.stop())
  return { listener, spool, port: listener.port ?? 0 }
}

test('a stop takes in what stands in the sockets of senders that go when they are told', async () => {
  const { listener, spool, port } = await listening()
  const socket = await connected(port)
  const lines = Array.from({ length: 50_000 }, (_, n) => `<13>line ${n} ${'.'.repeat(80)}`)
  socket.write(`${lines.join('\n')}\n`)
  await vi.waitFor(() => expect(spool.records.length).toBeGreaterThan(0), { interval: 1 })
  expect(spool.records.length).toBeLessThan(lines.length)
  await listener.stop()
  expect(spool.records).toEqual(lines)
})

test('a sender that writes on while a stop comes hears what it was answered before', async () => {
  const kept = Promise.withResolvers<void>()
  const serve = async (peer: StreamPeer) => {
    for await (const bytes of socketBytes(peer.socket)) {
      if (peer.isClosing || bytes.length === 0) return
      await answer(peer.socket, Buffer.from('kept'))
      kept.resolve()
    }
  }
  const { listener, port } = await listening({ serve })
  const socket = await connected(port)
  socket.write('first')
  await kept.promise
  const stopped = listener.stop()
  for (let n = 0; n < 50; n++) {
    socket.write('more')
    await new Promise(setImmediate)
  }
  expect(await text(socket)).toBe('kept')
  await stopped
})

test('a stop does not wait for a sender that goes on and on', async () => {
  const { listener, port, spool } = await listening({ patience: 300 })
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  const timer = setInterval(() => socket.write('<13>more\n'), 1)
  onTestFinished(() => clearInterval(timer))
  await vi.waitFor(() => expect(spool.records.length).toBeGreaterThan(0))
  const closed = closing(socket)
  await listener.stop()
  await closed
})

test('who brings single bytes of a record is sent away and what came is kept; who waits between records stays', async () => {
  const { spool, port } = await listening({ recordTime: 200 })
  const patient = await connected(port)
  patient.write('<13>whole\n')
  const dribbling = await connected(port)
  const closed = closing(dribbling)
  dribbling.write('<13>drip')
  const timer = setInterval(() => dribbling.write('.'), 20)
  await closed
  clearInterval(timer)
  await vi.waitFor(() => expect(spool.records).toHaveLength(2))
  expect(spool.records[1]).toMatch(/^<13>drip\.+$/)
  expect(patient.readyState).toBe('open')
})

test('a record that waits for us has no deadline', async () => {
  const { spool, port } = await listening({ recordTime: 60 })
  const socket = await connected(port)
  spool.isFull = true
  socket.write('<13>one\n<13>tw')
  await vi.waitFor(() => expect(spool.attempts).toBeGreaterThan(3))
  spool.isFull = false
  socket.write('o\n')
  await vi.waitFor(() => expect(spool.records).toEqual(['<13>one', '<13>two']))
})

test('who says nothing at all is sent away', async () => {
  const { port } = await listening({ silent: 50 })
  await closing(await connected(port))
})

test('beyond its bounds a listener refuses, and takes senders again when others have gone', async () => {
  const { port, spool } = await listening({ mostConnections: 3, mostOfOne: 2 })
  const first = await connected(port)
  await connected(port)
  await closing(await connected(port))
  const gone = closing(first)
  first.end()
  await gone
  const again = await connected(port)
  again.write('<13>again\n')
  await vi.waitFor(() => expect(spool.records).toEqual(['<13>again']))
})

test('messages begun on all connections together hold no more than they may', async () => {
  const { port, spool } = await listening({}, new HeldBytes(250_000))
  const begun = `<13>${'x'.repeat(100_000)}`
  const first = await connected(port)
  first.write(begun)
  const second = await connected(port)
  second.write(begun)
  await Promise.race([closing(first), closing(second)])
  const stays = first.destroyed ? second : first
  stays.write('\n')
  await vi.waitFor(() => expect(spool.records).toContain(begun))
  expect(spool.records).toHaveLength(2)
})

test('of 2,000 connections a listener holds 1,024, hears each of them, and is free again when they go', async () => {
  const { port, spool } = await listening()
  let refused = 0
  const sockets: Socket[] = []
  const dial = async (n: number) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + (n % 8)}` })
    sockets.push(socket.on('error', () => undefined).once('close', () => refused++))
    await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
  }
  // No more at once than the kernel queues.
  for (let n = 0; n < 2000; n += 100)
    await Promise.all(Array.from({ length: 100 }, (_, i) => dial(n + i)))
  await vi.waitFor(() => expect(refused).toBe(2000 - 1024), 20_000)
  const held = sockets.filter(({ destroyed }) => !destroyed)
  for (const [n, socket] of held.entries()) socket.end(`<13>sender ${n}\n`)
  await vi.waitFor(() => expect(new Set(spool.records).size).toBe(1024), 20_000)
  const again = await connected(port)
  again.write('<13>again\n')
  await vi.waitFor(() => expect(spool.records).toContain('<13>again'))
})
