import assert from 'node:assert/strict'
import { hasCommands } from '../system/senders/commands.ts'
import { hasRsyslogTls } from '../system/senders/rsyslog-tls.ts'
import { type StreamSenderName, senderKinds } from '../system/senders/sender-kinds.ts'
import { hasSyslogNg } from '../system/senders/syslog-ng.ts'
import { deliverStreams, type StreamDelivery } from '../system/stream-delivery.ts'

const records = 51_000
/** What a client sends again at most when the node was killed: its window, chunk or batch. */
const largestBatch = 512
const names = Object.keys(senderKinds) as StreamSenderName[]
/** Told apart by record or batch. */
const named: ReadonlySet<string> = new Set(['curl', 'syslog-ng-elastic'])

/**
 * 51,000 records each of real clients over streams, all at once, every client stopped and started: with the node
 * stopped and started in the middle and certificates on both sides, and with its program killed.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  assert.ok(hasRsyslogTls, 'needs rsyslog-gnutls and rsyslog-openssl')
  assert.ok(hasSyslogNg, 'needs syslog-ng, as .ci/run unpacks it')
  assert.ok(hasCommands, 'needs logger and curl')
  const figures: Record<string, number> = {}
  for (const interruption of ['stop', 'kill'] as const) {
    const isMutual = interruption === 'stop'
    const delivered = await deliverStreams({ senders: names, records, interruption, isMutual })
    say(`${interruption}: ${JSON.stringify(delivered)}`)
    const { senders, sources } = delivered
    for (const name of names) {
      const delivery = senders[name]
      assert.ok(delivery)
      check(name, delivery, interruption)
      figures[`${name}_${interruption}_lost`] = delivery.lost
      figures[`${name}_${interruption}_repeated`] = delivery.repeated
    }
    const counted = (kind: string) => sources[kind]?.duplicatedPossible ?? 0
    const repeated = (name: StreamSenderName) => senders[name]?.repeated ?? 0
    assert.ok(counted('lumberjack') >= repeated('lumberjack-frames'), 'repeats are counted')
    assert.ok(counted('json-lines') >= repeated('syslog-ng-http'), 'repeats are counted')
  }
  return figures
}

/** Acknowledged: nothing lost. Syslog over a stream: what was in flight where the node and the client went. */
function check(name: StreamSenderName, delivery: StreamDelivery, how: 'stop' | 'kill'): void {
  const { collector } = senderKinds[name]
  const told = `${name}, ${how}: ${JSON.stringify(delivery)}`
  if (!collector.startsWith('syslog')) assert.equal(delivery.lost, 0, told)
  else if (collector !== 'syslog-udp') assert.ok(delivery.gaps.length <= 3, told)
  const most = how === 'stop' || named.has(name) || collector === 'syslog-udp' ? 0 : largestBatch
  assert.ok(delivery.repeated <= most, told)
}
