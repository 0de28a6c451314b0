import assert from 'node:assert/strict'
import { deliverOverHttp } from '../system/http-delivery.ts'
import { hasOmelasticsearch } from '../system/rsyslog-sender.ts'

const records = 50_000

/**
 * 50,000 records each of real clients over HTTP, all at once: with the node stopped and started in the
 * middle, and, of those whose records carry an identity, with its program killed.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  assert.ok(hasOmelasticsearch, 'needs omelasticsearch: apt-get install rsyslog-elasticsearch')
  const named = ['elastic-helper', 'omelasticsearch', 'otlp-json', 'otlp-protobuf'] as const
  const all = [...named, 'splunk-sdk'] as const
  const figures: Record<string, number> = {}
  for (const [interruption, senders] of [
    ['stop', all],
    ['kill', named],
  ] as const) {
    const delivered = await deliverOverHttp({ senders, records, interruption })
    say(`${interruption}: ${JSON.stringify(delivered)}`)
    for (const name of senders) {
      const { events, numbers, seconds } = delivered[name] ?? {}
      assert.deepEqual([name, events, numbers], [name, records, records])
      figures[`${name}_${interruption}_events`] = events ?? 0
      figures[`${name}_${interruption}_seconds`] = seconds ?? 0
    }
  }
  return figures
}
