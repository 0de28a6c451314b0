import { createClient } from '@haidang/contracts/client'
import { incidentApi } from '@haidang/contracts/incident-api'
import { incidentParticipantApi } from '@haidang/contracts/incident-participant-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { playbookApi } from '@haidang/contracts/playbook-api'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { taskApi } from '@haidang/contracts/task-api'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { vietnamDate } from '../src/vietnam-date.ts'
import { standingNode } from './access-ground.ts'
import { everything, keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, localToken } from './centre-node.ts'
import { contentOf } from './playbooks-for.ts'

let node: CentreNode
/** The organisation struck, one that takes part, one that has nothing to do with it. */
let [owner, helper, other] = ['', '', '']
const sends: Record<string, ReturnType<typeof senderOf>> = {}
const as = (who: string) => sends[who] ?? senderOf(node)

beforeAll(async () => {
  node = await standingNode()
  sends['local'] = senderOf(node, localToken)
  const groups = createClient(sharingGroupApi, as('local'))
  const { id } = await groups.create({ body: { name: 'Mạng lưới' } })
  const made: string[] = []
  for (const name of ['Bộ bị tấn công', 'Đội hỗ trợ', 'Đơn vị ngoài']) {
    const body = { code: `PA.${made.length}`, name, kind: 'ministry' } as const
    const { id: organisation_id } = await createClient(organisationApi, as('local')).create({
      body,
    })
    sends[organisation_id] = senderOf(node, await keyFor(node, organisation_id, everything))
    made.push(organisation_id)
  }
  ;[owner, helper, other] = made as [string, string, string]
  await node.database.asOwner(`update organisation set membership = 'active' where id = any ($1)`, [
    made,
  ])
  for (const organisation_id of made)
    await groups.join({ params: { id }, body: { organisation_id } })
}, 120_000)
afterAll(() => node?.[Symbol.asyncDispose]())

async function opened() {
  const body = { title: 'Mã độc tống tiền', organisation_id: owner, tlp: 'amber' } as const
  return (await createClient(incidentApi, as('local')).open({ body })).id
}

/** A playbook in force of an organisation, taken over onto an incident it handles. */
async function takenOver(incident: string) {
  const playbooks = createClient(playbookApi, as(owner))
  const content = contentOf('Kịch bản nội bộ', ['a', 'b'])
  const begun = await playbooks.write({ body: { tlp: 'amber', content } })
  const params = { id: begun.id }
  const body = { revision: begun.revision, reason: 'ban hành lần đầu' }
  const valid_from = vietnamDate(Date.now())
  const { revision } = await playbooks.publish({ params, body: { ...body, valid_from } })
  const tasks = createClient(taskApi, as(owner))
  await tasks.take({ params: { id: incident }, body: { template: begun.id } })
  const { items } = await tasks.list({
    query: { filter: `incident_id:${incident}`, sort: 'position' },
  })
  return { id: begun.id, revision, items }
}

test('a participant knows neither the playbook nor its tasks, but those it is given, and takes nothing over', async () => {
  const id = await opened()
  await createClient(incidentParticipantApi, as(owner)).add({
    params: { id },
    body: { organisation_id: helper, role: 'supporting', sees: 'story' },
  })
  const { id: playbook, items } = await takenOver(id)
  const [given, kept] = items.map((task) => task.id) as [string, string]
  await createClient(taskApi, as('local')).change({
    params: { id: given },
    body: { assignee: { organisation_id: helper } },
  })
  const [tasks, playbooks] = [
    createClient(taskApi, as(helper)),
    createClient(playbookApi, as(helper)),
  ]
  const seenTasks = await tasks.list({ query: { filter: `incident_id:${id}` } })
  expect(seenTasks.items.map((task) => task.id)).toEqual([given])
  await expect(tasks.get({ params: { id: kept } })).rejects.toThrow('task.not-found')
  const params = { id }
  expect((await playbooks.forIncident({ params })).items).toEqual([])
  await expect(playbooks.get({ params: { id: playbook } })).rejects.toThrow('playbook.not-found')
  const take = (template: string) => tasks.take({ params, body: { template } })
  await expect(take(playbook)).rejects.toThrow('incident.not-found')
  await expect(createClient(playbookApi, as(other)).forIncident({ params })).rejects.toThrow(
    'incident.not-found',
  )
})

test('a version taken over stays as it was, whoever tries to change it, by API and by SQL', async () => {
  const { id, revision, items } = await takenOver(await opened())
  const playbooks = createClient(playbookApi, as(owner))
  const params = { id }
  const version = () => playbooks.version({ params: { id, version: 1 } })
  const before = await version()
  await playbooks.save({ params, body: { revision, content: contentOf('Khác', ['z']) } })
  for (const method of ['PUT', 'PATCH', 'POST', 'DELETE'] as const) {
    const path = `/api/v1/playbooks/${id}/versions/1`
    await expect(as(owner)(method, path, { reason: 'khác' }, undefined)).rejects.toThrow('404')
  }
  const [task] = items
  const forged = { title: 'Viết lại', template_version: 9, template_name: 'Khác' }
  const tasks = createClient(taskApi, as(owner))
  const written = await tasks.change({ params: { id: task?.id ?? '' }, body: forged })
  expect(written).toMatchObject({ title: 'Viết lại', template_version: 1 })
  expect(written.template_name).toBe(task?.template_name)
  for (const statement of [
    sql`update playbook_version set content = '{}' where playbook_id = ${id}`,
    sql`delete from playbook_version where playbook_id = ${id}`,
    sql`truncate playbook_version`,
    sql`delete from playbook where id = ${id}`,
    sql`update task set template_version = 9 where template_id = ${id}`,
    sql`update task set template_name = 'Khác' where template_id = ${id}`,
  ]) {
    const act = node.database.transact(systemScope, (tx) => tx.execute(statement))
    await expect(act).rejects.toThrow()
  }
  // The owner of the database neither.
  for (const statement of [
    `update playbook_version set reason = 'khác'`,
    `delete from playbook_version`,
    `update task set template_version = 9 where template_version is not null`,
  ]) {
    await expect(node.database.asOwner(statement)).rejects.toThrow()
  }
  expect(await version()).toEqual(before)
})
