import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { caller, centreOrg, ministryOrg, provinceOrg } from './doing.ts'
import { both, contentOf, under } from './playbooks-for.ts'
import { handler, tasking } from './tasking.ts'

const problem = (code: string) => expect.objectContaining({ code })
const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
const province = caller(provinceOrg, { organisations: [provinceOrg] })
const page = { limit: 50 }

type Node = Awaited<ReturnType<typeof tasking>>

/** A playbook of the ministry that is in force today. */
async function published({ playbooks }: Node, tasks: readonly string[] = ['a', 'b']) {
  const begun = await playbooks.write(ministry, {
    tlp: 'amber',
    content: contentOf('Mã độc', tasks),
  })
  return playbooks.publish(ministry, begun.id, {
    revision: begun.revision,
    valid_from: '2026-11-22',
    reason: 'ban hành lần đầu',
  })
}

test('a playbook is written, published from a day, replaced and retired; what was published stays readable', async () => {
  await using node = await tasking()
  const { playbooks, clock } = node
  const one = await published(node)
  expect(one).toMatchObject({
    state: 'in_force',
    published: 1,
    has_draft: false,
    draft: null,
    reviewed_on: '2026-11-22',
    review_by: '2027-11-22',
  })
  const two = await playbooks.save(ministry, one.id, {
    revision: one.revision,
    content: contentOf('Mã độc tống tiền', ['a', 'b', 'c']),
  })
  expect(two).toMatchObject({ has_draft: true, name: both('Mã độc') })
  const publish = (revision: number, valid_from: string) =>
    playbooks.publish(ministry, one.id, { revision, valid_from, reason: 'thêm việc' })
  await expect(publish(two.revision, '2026-11-21')).rejects.toThrow(problem('playbook.day-passed'))
  const three = await publish(two.revision, '2026-12-20')
  expect(three.versions.map(({ version, state }) => [version, state])).toEqual([
    [2, 'upcoming'],
    [1, 'in_force'],
  ])
  expect(three.current?.version).toBe(1)
  await expect(publish(three.revision, '2026-12-20')).rejects.toThrow(
    problem('playbook.nothing-to-publish'),
  )
  clock.advance(40 * 86_400_000)
  const later = await playbooks.get(ministry, one.id)
  expect(later.versions.map(({ state }) => state)).toEqual(['in_force', 'replaced'])
  expect((await playbooks.version(ministry, one.id, 1)).content).toEqual(
    contentOf('Mã độc', ['a', 'b']),
  )
  const retired = await playbooks.retire(ministry, one.id, {
    revision: later.revision,
    from: '2027-01-01',
    reason: 'gộp vào phương án khác',
  })
  expect(retired).toMatchObject({ state: 'retired', retired_reason: 'gộp vào phương án khác' })
  await expect(
    playbooks.save(ministry, one.id, {
      revision: retired.revision,
      content: contentOf('x', ['a']),
    }),
  ).rejects.toThrow(problem('playbook.retired'))
  await expect(
    node.database.transact(systemScope, (tx) =>
      tx.execute(sql`update playbook_version set reason = 'khác'`),
    ),
  ).rejects.toThrow()
  const { rows } = await node.database.transact(systemScope, (tx) =>
    tx.execute<{ type: string }>(
      sql`select type from journal where subject = ${one.id} order by seq`,
    ),
  )
  expect(rows.map(({ type }) => type)).toEqual([
    'playbook.begun',
    'playbook.published',
    'playbook.saved',
    'playbook.published',
    'playbook.retired',
  ])
})

test('two who write at once do not overwrite each other, and the refusal names who was first', async () => {
  await using node = await tasking()
  const { playbooks } = node
  const { id, revision } = await playbooks.write(ministry, {
    tlp: 'amber',
    content: contentOf('Mã độc', ['a']),
  })
  await playbooks.save(ministry, id, { revision, content: contentOf('Một', ['a']) })
  await expect(
    playbooks.save(ministry, id, { revision, content: contentOf('Hai', ['a']) }),
  ).rejects.toThrow(
    expect.objectContaining({
      code: 'playbook.changed-meanwhile',
      message: expect.stringContaining(ministry.scope.actor.name),
    }),
  )
  expect((await playbooks.get(ministry, id)).draft?.name).toEqual(both('Một'))
})

test('organisations below read and copy what a superior publishes for them, and nothing else of it', async () => {
  await using node = await tasking()
  const { playbooks, files } = node
  await under(node, provinceOrg, ministryOrg)
  const one = await published(node)
  const seen = async (who = province) => (await playbooks.list(who, page)).items.map(({ id }) => id)
  expect(await seen()).toEqual([])
  await expect(playbooks.get(province, one.id)).rejects.toThrow(problem('playbook.not-found'))
  const share = (revision: number, tlp: 'amber' | 'amber+strict') =>
    playbooks.share(ministry, one.id, { revision, tlp, for_subordinates: true })
  await expect(share(one.revision, 'amber+strict')).rejects.toThrow(
    problem('playbook.too-confidential'),
  )
  const shared = await share(one.revision, 'amber')
  const { revision } = await playbooks.save(ministry, one.id, {
    revision: shared.revision,
    content: contentOf('Đang viết', ['z']),
  })
  expect(await seen()).toEqual([one.id])
  expect(await seen(caller(provinceOrg, { organisations: [provinceOrg], clearance: 1 }))).toEqual(
    [],
  )
  expect(await seen(caller(centreOrg, { organisations: [centreOrg] }))).toEqual([])
  const read = await playbooks.get(province, one.id)
  expect(read).toMatchObject({ own: false, draft: null, has_draft: false, published: 1 })
  await expect(
    playbooks.save(province, one.id, { revision, content: contentOf('x', ['a']) }),
  ).rejects.toThrow(problem('playbook.not-yours'))
  await expect(files.file(province, one.id, 0)).rejects.toThrow(problem('playbook.not-found'))
  const copy = await files.copy(province, { tlp: 'clear', from: { playbook: one.id } })
  expect(copy).toMatchObject({
    organisation_id: provinceOrg,
    own: true,
    state: 'draft',
    tlp: 'amber',
    draft: contentOf('Mã độc', ['a', 'b']),
  })
  // One that never was published is not lent, whatever its row says.
  const draft = await playbooks.write(ministry, { tlp: 'amber', content: contentOf('Nháp', ['a']) })
  const { id } = draft
  await playbooks.share(ministry, id, { revision: 1, tlp: 'amber', for_subordinates: true })
  await expect(playbooks.get(province, id)).rejects.toThrow(problem('playbook.not-found'))
})

test('nobody writes a playbook above what they may read: the refusal names the TLP', async () => {
  await using node = await tasking()
  const { playbooks, files } = node
  const low = caller(ministryOrg, { organisations: [ministryOrg], clearance: 1 })
  const refused = expect.objectContaining({
    code: 'request.invalid',
    errors: [expect.objectContaining({ field: 'tlp' })],
  })
  const content = contentOf('Mã độc', ['a'])
  await expect(playbooks.write(low, { tlp: 'amber', content })).rejects.toThrow(refused)
  const from = { template: 'response' }
  await expect(files.copy(low, { tlp: 'amber', from })).rejects.toThrow(refused)
  const { id, revision } = await playbooks.write(low, { tlp: 'green', content })
  const sharing = { revision, tlp: 'amber' as const, for_subordinates: false }
  await expect(playbooks.share(low, id, sharing)).rejects.toThrow(refused)
  expect((await playbooks.get(ministry, id)).tlp).toBe('green')
})

test('an incident takes the version in force over; a newer one adds only what is missing, the version stays with each task', async () => {
  await using node = await tasking()
  const { playbooks, templates, tasks, offers } = node
  const one = await published(node)
  const incident = await node.opened()
  const take = () => templates.take(handler, incident.id, { template: one.id, assignee: null })
  expect(await take()).toEqual({ added: 2 })
  expect(await take()).toEqual({ added: 0 })
  const saved = await playbooks.save(ministry, one.id, {
    revision: one.revision,
    content: contentOf('Mã độc mới', ['a', 'b', 'c']),
  })
  await playbooks.publish(ministry, one.id, {
    revision: saved.revision,
    valid_from: '2026-11-22',
    reason: 'thêm bước c',
  })
  expect((await offers.forIncident(handler, incident.id)).map((each) => each.version)).toEqual([2])
  expect(await take()).toEqual({ added: 1 })
  const { items } = await tasks.list(handler, { ...page, sort: 'position' })
  expect(items.map((task) => [task.template_name, task.template_version, task.title])).toEqual([
    ['Mã độc', 1, 'Việc a'],
    ['Mã độc', 1, 'Việc b'],
    ['Mã độc mới', 2, 'Việc c'],
  ])
  expect(items[2]?.depends_on).toEqual([items[1]?.id])
  expect(items[0]).toMatchObject({ clause: 'Quy chế nội bộ, Điều 3', due_at: expect.any(String) })
})

test('what is told less widely than an incident, of others, or not in force is neither offered nor taken', async () => {
  await using node = await tasking()
  const { playbooks, templates, offers } = node
  const one = await published(node)
  const [green, amber] = [await node.opened('green'), await node.opened('amber')]
  const offered = async (id: string) => (await offers.forIncident(handler, id)).length
  expect([await offered(green.id), await offered(amber.id)]).toEqual([0, 1])
  const take = (template: string) => templates.take(handler, green.id, { template, assignee: null })
  await expect(take(one.id)).rejects.toThrow(problem('task.template-unknown'))
  const foreign = await playbooks.write(province, {
    tlp: 'clear',
    content: contentOf('Tỉnh', ['a']),
  })
  await playbooks.publish(province, foreign.id, {
    revision: 1,
    valid_from: '2026-11-22',
    reason: 'ban hành',
  })
  await expect(take(foreign.id)).rejects.toThrow(problem('task.template-unknown'))
  // What a superior of the organisation struck publishes for those below is.
  await under(node, ministryOrg, provinceOrg)
  await playbooks.share(province, foreign.id, { revision: 2, tlp: 'clear', for_subordinates: true })
  expect(await take(foreign.id)).toEqual({ added: 1 })
})

test('a review is due a year after; overdue ones are found in the list until somebody reviewed them', async () => {
  await using node = await tasking()
  const { playbooks, clock } = node
  const one = await published(node)
  clock.advance(366 * 86_400_000)
  const overdue = () =>
    playbooks.list(ministry, { ...page, filter: 'state:in_force and review_overdue:true' })
  expect((await overdue()).items).toMatchObject([{ id: one.id, review_overdue: true }])
  const { revision } = one
  const reviewed = await playbooks.review(ministry, one.id, {
    revision,
    note: 'đã diễn tập, giữ nguyên',
  })
  expect(reviewed).toMatchObject({ reviewed_on: '2027-11-23', review_by: '2028-11-23' })
  expect((await overdue()).items).toEqual([])
  const { items } = await playbooks.list(ministry, { ...page, filter: 'type:MALWARE ma doc' })
  expect(items.map(({ id }) => id)).toEqual([one.id])
})

test('a playbook goes out as a file of templates and comes back the same; a national template is copied', async () => {
  await using node = await tasking()
  const { files, playbooks } = node
  const one = await published(node)
  const file = await files.file(ministry, one.id, 1)
  expect(file.name).toBe('ma-doc-1.yaml')
  const [back] = await files.read(province, { tlp: 'green', text: file.text })
  expect((await playbooks.get(province, back?.id ?? '')).draft).toEqual(
    contentOf('Mã độc', ['a', 'b']),
  )
  const copy = await files.copy(province, { tlp: 'green', from: { template: 'response' } })
  expect(copy.draft?.tasks.map(({ id }) => id)).toContain('preserve')
  await playbooks.discard(province, copy.id, copy.revision)
  await expect(playbooks.get(province, copy.id)).rejects.toThrow(problem('playbook.not-found'))
})
