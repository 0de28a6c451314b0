import assert from 'node:assert/strict'
import { deliver } from '../system/rsyslog-delivery.ts'
import { hasRsyslog } from '../system/rsyslog-sender.ts'

const lines = 100_000

/** Debian's rsyslog delivers 100,000 lines by TCP, and 100,000 by UDP at 5,000/s, to a station. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  assert.ok(hasRsyslog, 'needs rsyslogd: apt-get install rsyslog')
  const tcp = await deliver({ protocol: 'tcp', lines })
  say(`tcp: ${JSON.stringify(tcp)}`)
  assert.deepEqual([tcp.events, tcp.numbers, tcp.dropped], [lines, lines, 0])
  const udp = await deliver({ protocol: 'udp', lines, linesPerSecond: 5_000 })
  say(`udp: ${JSON.stringify(udp)}`)
  assert.equal(udp.numbers, udp.events, 'no line stands twice')
  assert.equal(udp.dropped, udp.kernelDropped, 'the source shows what the kernel dropped')
  assert.equal(udp.events + udp.dropped, udp.sent)
  return {
    tcp_events: tcp.events,
    tcp_seconds: Math.round(tcp.seconds),
    udp_events: udp.events,
    udp_dropped_by_kernel: udp.dropped,
    udp_seconds: Math.round(udp.seconds),
  }
}
