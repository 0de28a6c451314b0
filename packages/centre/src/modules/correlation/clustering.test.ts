import type { Alert } from '@haidang/contracts/alert'
import { millisecondsOf } from '@haidang/contracts/instant'
import { isoOf } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { type Candidate, cluster, keyOf, openWindow } from './clustering.ts'

const now = millisecondsOf('2026-11-22T03:00:00Z')
const hour = 3_600_000

function alert(at: number, change: Partial<Alert> = {}): Alert {
  return {
    id: `alt_${at}`,
    organisation_id: 'org_a',
    tlp: 'amber',
    node_id: 'nod_a',
    source_id: 'src_a',
    event_id: 'evt_a',
    time: isoOf(at),
    detected_time: isoOf(at),
    detector: 'sigma',
    rule: {
      id: 'r',
      title: 'r',
      description: '',
      tags: [],
      false_positives: [],
      references: [],
      version: '1',
    },
    severity: 'low',
    title: 'r',
    entity: '192.0.2.7',
    matches: [],
    observables: [],
    raw_data: '',
    simulated: false,
    ...change,
  }
}

function known(change: Partial<Candidate> = {}): Candidate {
  return {
    ...keyOf(alert(now)),
    id: 'clu_known',
    state: 'new',
    close_reason: null,
    closed_at: null,
    last_time: isoOf(now - hour),
    ...change,
  }
}

function grown(alerts: Alert[], candidates: Candidate[] = []) {
  let made = 0
  const growths = cluster(alerts, candidates, now, () => `clu_${++made}`)
  return growths.map(({ cluster_id, alert_ids }) => [cluster_id, alert_ids.length])
}

test('alerts of one organisation, detector, rule and entity belong together', () => {
  const others = [
    alert(now, { entity: 'b' }),
    alert(now, { organisation_id: 'org_b' }),
    alert(now, { detector: 'sensor' }),
    alert(now, { simulated: true }),
  ]
  expect(grown([alert(now), alert(now - 1), ...others])).toHaveLength(5)
})

test('an open cluster takes alerts until a day after its last, also those that come late', () => {
  expect(grown([alert(now)], [known()])).toEqual([['clu_known', 1]])
  expect(grown([alert(now - 100 * hour)], [known()])).toEqual([['clu_known', 1]])
  const old = known({ last_time: isoOf(now - openWindow - 1) })
  expect(grown([alert(now)], [old])).toEqual([['clu_1', 1]])
})

test('a batch with a pause longer than a day makes two clusters', () => {
  expect(grown([alert(now), alert(now - 25 * hour)])).toEqual([
    ['clu_1', 1],
    ['clu_2', 1],
  ])
})

test('closed as noise it counts quietly for a day; closed otherwise a new one opens', () => {
  const closed = (close_reason: Candidate['close_reason'], hours: number) =>
    known({ state: 'closed', close_reason, closed_at: isoOf(now - hours * hour) })
  expect(grown([alert(now)], [closed('false_positive', 23)])).toEqual([['clu_known', 1]])
  expect(grown([alert(now)], [closed('benign', 25)])).toEqual([['clu_1', 1]])
  expect(grown([alert(now)], [closed('true_positive', 1)])).toEqual([['clu_1', 1]])
})

test('a time in the future counts as now', () => {
  const [growth] = cluster([alert(now + 1000 * hour)], [], now, () => 'clu_1')
  expect(growth?.last_time).toBe(isoOf(now))
})
