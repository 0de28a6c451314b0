import { writtenTogether } from '@haidang/contracts/written-alert'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { alertOf, caller, centreOrg, doing, ministryOrg, officer, origin } from './doing.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })

async function seeded(count: number) {
  const node = await doing()
  const batch = Array.from({ length: count }, (_, n) => alertOf(n, { entity: `host-${n}` }))
  await node.database.transact(systemScope, (tx) =>
    node.pipeline.receive(tx, origin, writtenTogether(batch)),
  )
  const { items } = await node.clusters.list(watch, { limit: 500 })
  return { node, ids: items.map(({ id }) => id) }
}

test('a bulk close is taken back within ten seconds, once, by who made it', async () => {
  const { node, ids } = await seeded(3)
  await using _ = node
  const act = { act: 'close', reason: 'benign', note: 'lịch quét' } as const
  const { changed, undo } = await node.triage.triage(watch, ids, act)
  expect(changed.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed'])
  const other = { ...watch, scope: { ...watch.scope, actor: { id: 'usr_x', name: 'Khác' } } }
  await expect(node.triage.undo(other, undo ?? '')).rejects.toThrow(problem('undo.expired'))
  node.clock.advance(9_000)
  const undone = await node.triage.undo(watch, undo ?? '')
  expect(undone.changed.map(({ state, close_reason }) => [state, close_reason])).toEqual(
    ids.map(() => ['new', null]),
  )
  await expect(node.triage.undo(watch, undo ?? '')).rejects.toThrow(problem('undo.expired'))
})

test('undo leaves alone what somebody changed since', async () => {
  const { node, ids } = await seeded(2)
  await using _ = node
  const { undo } = await node.triage.triage(watch, ids, { act: 'acknowledge' })
  await node.triage.triage(watch, ids.slice(0, 1), { act: 'assign', person_id: officer })
  const { changed, skipped } = await node.triage.undo(watch, undo ?? '')
  expect(skipped).toBe(1)
  expect(changed.map(({ id, state }) => [id, state])).toEqual([[ids[1], 'new']])
})

test('undo after ten seconds is refused', async () => {
  const { node, ids } = await seeded(1)
  await using _ = node
  const { undo } = await node.triage.triage(watch, ids, { act: 'acknowledge' })
  node.clock.advance(10_001)
  await expect(node.triage.undo(watch, undo ?? '')).rejects.toThrow(problem('undo.expired'))
})

test('an act that no cluster allows is refused, one that some allow changes those', async () => {
  const { node, ids } = await seeded(2)
  await using _ = node
  const close = { act: 'close', reason: 'true_positive', note: '' } as const
  await node.triage.triage(watch, ids.slice(0, 1), close)
  await expect(node.triage.triage(watch, ids.slice(0, 1), { act: 'acknowledge' })).rejects.toThrow(
    problem('cluster.illegal-act'),
  )
  const { changed } = await node.triage.triage(watch, ids, { act: 'acknowledge' })
  expect(changed.map(({ id }) => id)).toEqual([ids[1]])
})

test('a snoozed cluster comes back when its time is over', async () => {
  const { node, ids } = await seeded(1)
  await using _ = node
  await node.triage.triage(watch, ids, { act: 'snooze', until: '2026-11-22T04:00:00Z' })
  expect(await node.triage.wake()).toBe(0)
  node.clock.advance(3_600_000)
  expect(await node.triage.wake()).toBe(1)
  expect(await node.clusters.get(watch, ids[0] ?? '')).toMatchObject({ state: 'new' })
})

test('noise judged benign stays closed while it goes on, and attacks closed as true open a new cluster', async () => {
  const { node, ids } = await seeded(1)
  await using _ = node
  const again = (n: number) =>
    node.database.transact(systemScope, (tx) =>
      node.pipeline.receive(tx, origin, writtenTogether([alertOf(n, { entity: 'host-0' })])),
    )
  await node.triage.triage(watch, ids, { act: 'close', reason: 'benign', note: '' })
  await again(10)
  expect(await node.clusters.get(watch, ids[0] ?? '')).toMatchObject({
    state: 'closed',
    alert_count: 2,
  })
  await node.triage.triage(watch, ids, { act: 'reopen' })
  await node.triage.triage(watch, ids, { act: 'close', reason: 'true_positive', note: '' })
  await again(11)
  const { items } = await node.clusters.list(watch, { limit: 10, filter: 'state:new' })
  expect(items).toMatchObject([{ alert_count: 1 }])
})

test('an organisation cannot triage what it cannot see', async () => {
  const { node, ids } = await seeded(1)
  await using _ = node
  const stranger = caller(ministryOrg, { organisations: ['org_other'] })
  await expect(node.triage.triage(stranger, ids, { act: 'acknowledge' })).rejects.toThrow(
    problem('cluster.not-found'),
  )
})
