import { ClusterState, type TriageAct } from '@haidang/contracts/cluster'
import { expect, test } from 'vitest'
import { escalated, following, type Triaged, triaged } from './cluster.ts'

const now = 1_790_000_000_000
const fresh: Triaged = {
  state: 'new',
  assignee_id: null,
  severity_rank: 3,
  severity_fixed: false,
  close_reason: null,
  close_note: null,
  closed_at: null,
  snoozed_until: null,
  incident_id: null,
}
const acts: TriageAct[] = [
  { act: 'acknowledge' },
  { act: 'snooze', until: '2026-10-01T00:00:00Z' },
  { act: 'close', reason: 'benign', note: '' },
  { act: 'reopen' },
]

/** Which acts a state allows. */
function allowed(state: ClusterState): string[] {
  return acts.flatMap((act) => {
    try {
      triaged({ ...fresh, state }, act, now)
      return [act.act]
    } catch {
      return []
    }
  })
}

test('each state allows its acts and no others', () => {
  expect(Object.fromEntries(ClusterState.options.map((state) => [state, allowed(state)]))).toEqual({
    new: ['acknowledge', 'snooze', 'close'],
    acknowledged: ['acknowledge', 'snooze', 'close'],
    snoozed: ['acknowledge', 'snooze', 'close', 'reopen'],
    escalated: ['close'],
    closed: ['reopen'],
  })
})

test('a severity set by hand is fixed', () => {
  const act = { act: 'severity', severity: 'low' } as const
  expect(triaged(fresh, act, now)).toMatchObject({ severity_rank: 2, severity_fixed: true })
})

test('an act that changes nothing gives back the same cluster', () => {
  const mine = { ...fresh, assignee_id: 'usr_a' }
  expect(triaged(mine, { act: 'assign', person_id: 'usr_a' }, now)).toBe(mine)
})

test('a snooze ends in the future, within 30 days', () => {
  for (const until of ['2026-09-01T00:00:00Z', '2027-01-01T00:00:00Z']) {
    expect(() => triaged(fresh, { act: 'snooze', until }, now)).toThrow(
      expect.objectContaining({ code: 'request.invalid' }),
    )
  }
})

test('a cluster belongs to one incident, and follows it', () => {
  const taken = escalated(fresh, 'inc_a')
  expect(() => escalated(taken, 'inc_b')).toThrow(
    expect.objectContaining({ code: 'cluster.illegal-act' }),
  )
  const closed = following(taken, 'closed', now)
  expect(closed).toMatchObject({ state: 'closed', close_reason: 'true_positive' })
  expect(following(closed, 'reopened', now)).toMatchObject({ state: 'escalated', closed_at: null })
  expect(following(taken, 'rejected', now)).toMatchObject({ state: 'acknowledged' })
})
