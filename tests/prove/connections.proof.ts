import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../system/harness/until.ts'
import { type StartedStation, startStation } from '../system/start-station.ts'

const connections = 10_000
const perAddress = 250
const lines = 1_000
/** Megabytes: 256 for messages begun on all connections, as many again for what moves. */
const mostMemory = 512
const begun = `<13>${'x'.repeat(500_000)}`

/**
 * 10,000 connections to syslog TCP of a running node: idle, each with half a message of 500 kB, and when they
 * are gone a sender delivers. The node's memory stays within its bound throughout.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  await using station = await startStation({
    sources: [{ name: 'syslog', collector: 'syslog-tcp' }],
  })
  const before = memoryOf(station)
  const sockets: Socket[] = []
  let refused = 0
  let most = before
  const look = setInterval(() => {
    most = Math.max(most, memoryOf(station))
  }, 100)
  try {
    for (let n = 0; n < connections; n++) {
      const socket = dial(station.syslogPort, n, () => refused++)
      sockets.push(socket)
      // No more at once than the kernel queues.
      if (n % 100 === 99) await new Promise((go) => socket.once('connect', go).once('close', go))
    }
    await until('connections to be refused', 60_000, () => refused === connections - 1024)
    const idle = memoryOf(station)
    say(`${connections - refused} of ${connections} connections are held; ${idle} MB`)
    for (const socket of sockets) if (!socket.destroyed) socket.write(begun)
    await until('memory to be held back', 60_000, () => refused > connections - 1024)
    await pause(5_000)
    for (const socket of sockets) socket.destroy()
    await deliver(station)
    say(`before ${before} MB, idle ${idle} MB, most ${most} MB`)
    assert.ok(most - before < mostMemory, `${most} MB, before ${before} MB`)
    return { held: 1024, before_mb: before, idle_mb: idle, most_mb: most }
  } finally {
    clearInterval(look)
    for (const socket of sockets) socket.destroy()
  }
}

function dial(port: number, n: number, onClose: () => void): Socket {
  const localAddress = `127.0.1.${1 + Math.floor(n / perAddress)}`
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  return socket.once('close', onClose)
}

/** Sends lines over a connection of their own until they are in: what finds the listener full is lost, as syslog is. */
async function deliver(station: StartedStation): Promise<void> {
  const taken = async () => {
    const { parsed, rejected } = (await station.source('syslog')).counters
    return parsed + rejected
  }
  const from = await taken()
  // Besides at most the 1,023 messages that were begun.
  await until('lines of a sender', 600_000, async () => {
    const socket = connect(station.syslogPort, '127.0.0.1')
    await once(socket, 'connect')
    socket.end(Array.from({ length: lines }, (_, n) => `<13>line ${n}\n`).join(''))
    await once(socket, 'close')
    await pause(5_000)
    return (await taken()) >= from + 1_023 + lines
  })
}

function memoryOf({ node }: StartedStation): number {
  const status = readFileSync(`/proc/${node.access.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}
