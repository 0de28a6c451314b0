import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import type { Event } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import { timingScore } from '@haidang/detection/behaviour/beacon-score'
import { BehaviourDetector } from '@haidang/detection/behaviour/behaviour-detector'
import { describe, expect, test } from 'vitest'
import { hasRecordings, recordedEvents } from './recorded-events.ts'

function findingsIn(events: readonly Event[]): string[] {
  const detector = new BehaviourDetector(BehaviourParameters.parse({}))
  return events.flatMap((event) =>
    detector.observe(event).map(({ rule, matches }) => `${rule.id} ${matches[1]?.value}`),
  )
}

// Which of them is what: docs/reference/behaviour.md, made by `npm run prove -- behaviour`.
describe.skipIf(!hasRecordings)('recorded traffic (skipped without shared data)', () => {
  const day = hasRecordings ? recordedEvents('modules/zeek-beacon/http.log.gz') : []

  test('53,615 DNS lines of a competition network raise nothing', () => {
    expect(findingsIn(recordedEvents('detection/zeek/dns_full.ndjson.gz'))).toEqual([])
  }, 30_000)

  test('a day of web requests raises what polls at even intervals for few hosts, and nothing else', () => {
    expect(new Set(findingsIn(day))).toEqual(
      new Set([
        'behaviour:beacon cdn.content.prod.cms.msn.com',
        'behaviour:beacon pespn.chartbeat.net',
      ]),
    )
  }, 30_000)

  test('the published score of a pair of that day is ours, too', () => {
    const times = day
      .filter(
        ({ src_endpoint, http_request }) =>
          src_endpoint?.ip === '10.55.100.111' &&
          http_request?.url?.startsWith('http://tile-service.weather.microsoft.com/'),
      )
      .map(({ time }) => Math.floor(millisecondsOf(time) / 1000))
    expect(times).toHaveLength(48)
    expect(timingScore(times.toSorted((a, b) => a - b))).toBeCloseTo(1, 2)
  }, 30_000)
})
