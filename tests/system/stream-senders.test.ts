import { expect, test } from 'vitest'
import { hasCommands } from './senders/commands.ts'
import { hasRsyslogTls } from './senders/rsyslog-tls.ts'
import { type StreamSenderName, senderKinds } from './senders/sender-kinds.ts'
import { hasSyslogNg } from './senders/syslog-ng.ts'
import { deliverStreams } from './stream-delivery.ts'

const records = 1_500
/** rsyslog writes so many at once, also into a connection that has ended: syslog over TLS has no answer. */
const batch = 512
const mustRun = process.env['CI'] === 'true'
const names = Object.keys(senderKinds) as StreamSenderName[]
const isHere = (name: StreamSenderName) => {
  if (name.startsWith('rsyslog')) return hasRsyslogTls
  return name.startsWith('syslog-ng') ? hasSyslogNg : hasCommands
}

test('where CI runs, there are rsyslog with both TLS libraries, syslog-ng, logger and curl', () => {
  expect((hasRsyslogTls && hasSyslogNg && hasCommands) || !mustRun).toBe(true)
})

test('1,500 records each of real clients over streams are in the event store once, node and clients stopped and started in between (needs rsyslog-gnutls, rsyslog-openssl, syslog-ng, logger, curl)', {
  timeout: 400_000,
}, async () => {
  const { senders, sources } = await deliverStreams({
    senders: names.filter(isHere),
    records,
    interruption: 'stop',
    isMutual: true,
  })
  console.log(JSON.stringify({ senders, sources }))
  const lostDatagrams = names
    .filter((name) => senderKinds[name].collector === 'syslog-udp')
    .reduce((sum, name) => sum + (senders[name]?.lost ?? 0), 0)
  for (const [name, { events, lost, repeated }] of Object.entries(senders)) {
    const { collector } = senderKinds[name as StreamSenderName]
    const most = { 'syslog-udp': lostDatagrams, 'syslog-tls': 2 * batch }[String(collector)] ?? 0
    expect({ name, repeated, sum: events + lost }).toEqual({ name, repeated: 0, sum: records })
    expect(lost, name).toBeLessThanOrEqual(most)
  }
  expect(sources['syslog-udp']?.dropped ?? 0).toBe(lostDatagrams)
})
