import { Permission } from '@haidang/contracts/permission'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, officer } from './doing.ts'
import { clustersOf, incidentDraft as draft } from './incidents-for.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const reject = { act: 'reject', reason: 'diễn biến bình thường' } as const

test('many are assigned and rejected at once, and taken back within ten seconds as they were', async () => {
  await using node = await doing()
  const [cluster = ''] = await clustersOf(node, [1])
  const ids: string[] = []
  for (const cluster_ids of [[cluster], [], []]) {
    ids.push((await node.incidents.open(watch, draft('Vụ việc', { cluster_ids }))).id)
  }
  const [verified = '', ...others] = ids
  await node.incidents.move(watch, verified, { state: 'verified', note: '' })
  const given = await node.incidentBulk.act(watch, ids, { act: 'assign', person_id: null })
  expect(given.changed.map(({ assignee_id }) => assignee_id)).toEqual([null, null, null])
  const again = await node.incidentBulk.act(watch, ids, { act: 'assign', person_id: null })
  expect(again).toEqual({ changed: [], undo: null })
  await node.incidentBulk.undo(watch, given.undo ?? '')
  const rejected = await node.incidentBulk.act(watch, ids, reject)
  expect(rejected.changed.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await node.clusters.get(watch, cluster)).toMatchObject({ state: 'acknowledged' })
  await node.incidents.move(watch, others[0] ?? '', { state: 'open', note: 'có thật' })
  expect(await node.incidentBulk.undo(watch, rejected.undo ?? '')).toMatchObject({ skipped: 1 })
  expect(await node.incidents.get(watch, verified)).toMatchObject({
    state: 'verified',
    assignee_id: officer,
    closed_at: null,
  })
  expect(await node.clusters.get(watch, cluster)).toMatchObject({ state: 'escalated' })
  await expect(node.incidentBulk.undo(watch, rejected.undo ?? '')).rejects.toThrow(
    problem('undo.expired'),
  )
})

test('what an act is not possible on is left out; on none it is refused, and to reject asks for its permission', async () => {
  await using node = await doing()
  const open = await node.incidents.open(watch, draft('Đang mở'))
  const contained = await node.incidents.open(watch, draft('Đã ngăn chặn'))
  await node.incidents.move(watch, contained.id, { state: 'contained', note: '' })
  const handler = caller(centreOrg, {
    permissions: Permission.options.filter((one) => one !== 'incident.close'),
  })
  await expect(
    Promise.resolve().then(() => node.incidentBulk.act(handler, [open.id], reject)),
  ).rejects.toThrow(problem('permission.missing'))
  const { changed, undo } = await node.incidentBulk.act(watch, [open.id, contained.id], reject)
  expect(changed.map(({ id }) => id)).toEqual([open.id])
  await expect(node.incidentBulk.act(watch, [contained.id], reject)).rejects.toThrow(
    problem('incident.illegal-transition'),
  )
  node.clock.advance(11_000)
  await expect(node.incidentBulk.undo(watch, undo ?? '')).rejects.toThrow(problem('undo.expired'))
})

test('undoing a rejection leaves closed what was closed for another reason, before it or since', async () => {
  await using node = await doing()
  const [before = '', meant = '', since = ''] = await clustersOf(node, [1, 2, 3])
  const { id } = await node.incidents.open(
    watch,
    draft('Vụ việc', { cluster_ids: [before, meant, since] }),
  )
  const close = { act: 'close', reason: 'false_positive', note: '' } as const
  await node.triage.triage(watch, [before], close)
  node.clock.advance(1_000)
  const { undo } = await node.incidentBulk.act(watch, [id], reject)
  node.clock.advance(1_000)
  await node.triage.triage(watch, [since], close)
  await node.incidentBulk.undo(watch, undo ?? '')
  const states = [before, meant, since].map(
    async (one) => (await node.clusters.get(watch, one)).state,
  )
  expect(await Promise.all(states)).toEqual(['closed', 'escalated', 'closed'])
  node.clock.advance(1_000)
  await node.incidents.move(watch, id, { state: 'closed', note: '' })
  await node.incidents.move(watch, id, { state: 'open', note: 'có thật' })
  expect((await node.clusters.get(watch, before)).state).toBe('closed')
  expect((await node.clusters.get(watch, meant)).state).toBe('escalated')
})
