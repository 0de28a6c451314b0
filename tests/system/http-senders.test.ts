import { expect, test } from 'vitest'
import { deliverOverHttp } from './http-delivery.ts'
import { hasOmelasticsearch } from './rsyslog-sender.ts'

const records = 3_000
const mustRun = process.env['CI'] === 'true'

test('where CI runs, there is omelasticsearch', () => {
  expect(hasOmelasticsearch || !mustRun).toBe(true)
})

test('3,000 records each of the clients of Elastic, Splunk and OpenTelemetry are in the event store once, the node stopped and started in between', {
  timeout: 300_000,
}, async () => {
  const senders = [
    'elastic-helper',
    'splunk-sdk',
    'otlp-json',
    'otlp-protobuf',
    ...(hasOmelasticsearch ? (['omelasticsearch'] as const) : []),
  ] as const
  const delivered = await deliverOverHttp({ senders, records, interruption: 'stop' })
  console.log(JSON.stringify(delivered))
  for (const name of senders) {
    expect({ name, ...delivered[name] }).toMatchObject({
      name,
      events: records,
      numbers: records,
      parsed: records,
      rejected: 0,
    })
  }
})
