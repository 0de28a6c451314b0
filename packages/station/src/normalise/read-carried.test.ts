import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCarried } from './read-carried.ts'

const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: Date.parse('2026-11-22T03:00:00Z') }
const source = (collector: 'splunk-hec' | 'otlp-http') => ({ collector, format: 'auto' as const })
const anything = fc.jsonValue({ maxDepth: 3 })

function known(names: readonly string[]) {
  return fc.dictionary(fc.constantFrom(...names, '__proto__', 'constructor'), anything)
}

test('whatever stands in an event of HEC, it is read or a reason is given', () => {
  const names = ['event', 'time', 'host', 'source', 'sourcetype', 'index', 'fields']
  fc.assert(
    fc.property(known(names), (wrapper) => {
      const read = readCarried(JSON.stringify(wrapper), source('splunk-hec'), around)
      expect(read.ok || read.reason).toBeTruthy()
    }),
  )
})

test('whatever stands in a log record, it is read', () => {
  const names = [
    'body',
    'attributes',
    'resource',
    'time_unix_nano',
    'severity_number',
    'event_name',
  ]
  fc.assert(
    fc.property(known(names), (record) => {
      expect(readCarried(JSON.stringify(record), source('otlp-http'), around).ok).toBe(true)
    }),
  )
})

test('times of the year 1, of no time at all, and beyond 9999 are no times', () => {
  const timeOf = (time_unix_nano: unknown) => {
    const read = readCarried(
      JSON.stringify({ body: 'x', time_unix_nano }),
      source('otlp-http'),
      around,
    )
    return read.ok ? read.draft.time : 'refused'
  }
  const given = ['1793329200123456789', '0', '18446744073709551615', -5, 'now', '9'.repeat(30)]
  expect(given.map(timeOf)).toEqual([
    1_793_329_200_123,
    undefined,
    18_446_744_073_709,
    undefined,
    undefined,
    undefined,
  ])
})

test('what the event says of time and host counts before what stands beside it', () => {
  const event = { message: 'm', '@timestamp': '2026-11-22T02:00:00Z', hostname: 'inner' }
  const text = JSON.stringify({ event, time: 1_793_329_200, host: 'outer' })
  const read = readCarried(text, source('splunk-hec'), around)
  expect(read).toMatchObject({
    draft: { time: Date.parse('2026-11-22T02:00:00Z'), device: { hostname: 'inner' } },
  })
})
