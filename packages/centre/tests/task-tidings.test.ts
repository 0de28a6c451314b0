import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { IncidentStore } from '../src/modules/incidents/incident-store.ts'
import { TaskStore } from '../src/modules/tasks/task-store.ts'
import { TaskTidings } from '../src/tidings/task-tidings.ts'
import { provinceOrg } from './doing.ts'
import { handler, tasking, taskOf } from './tasking.ts'

test('a task that comes back reaches who handles the incident; one nobody handles reaches the desk, else all who may', async () => {
  await using node = await tasking()
  const { database, incidents, tasks } = node
  const incident = await node.opened()
  const assignee = { organisation_id: provinceOrg }
  const task = await tasks.add(handler, incident.id, taskOf('Gửi nhật ký', { assignee }))
  const told: string[][] = []
  let desk: string[] = []
  const people = async (_: unknown, ids: readonly string[]) =>
    ids.map((person_id) => ({ person_id }))
  const tidings = new TaskTidings({
    notifications: {
      tell: async (_: unknown, __: unknown, to: readonly { person_id: string }[]) => {
        told.push(to.map(({ person_id }) => person_id))
      },
    },
    recipients: { people, ableAnywhere: () => people(undefined, ['usr_a', 'usr_b', 'usr_c']) },
    incidents: new IncidentStore(),
    tasks: new TaskStore(),
    onDuty: async () => desk,
  } as never)
  const tell = (state: string) =>
    database.transact(systemScope, (tx) =>
      tidings.tell(tx, {
        type: 'task.moved',
        subject: task.id,
        actor_id: 'usr_b',
        after: { state },
      } as never),
    )
  await tell('returned')
  expect(told.pop()).toEqual([handler.person_id])
  await incidents.update(handler, incident.id, { assignee_id: null })
  await tell('returned')
  expect(told.pop()).toEqual(['usr_a', 'usr_c'])
  desk = ['usr_c', 'usr_x']
  await tell('returned')
  expect(told.pop()).toEqual(['usr_c'])
  await tell('done')
  expect(told.pop() ?? []).toEqual([])
})
