import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemScope } from '@haidang/runtime/database/database'
import { expect, test } from 'vitest'
import { deadlineRecipients } from '../src/deadline-recipients.ts'
import { ShiftStore } from '../src/modules/shifts/shift-store.ts'
import { password, whoNode } from './who-node.ts'

test('whoever stands the shift of the organisation is told, then its watch officers, then the shift of the node', async () => {
  await using node = await whoNode()
  const { organisation_id: home } = await node.setUp()
  const ministry = await node
    .client(organisationApi, node.local)
    .create({ body: { code: 'BO', name: 'Bộ Ví dụ', kind: 'ministry' } })
  const officer = async (organisation_id: string, email: string) =>
    (
      await node.people(node.local).create({
        body: { organisation_id, role_id: 'watch-officer', email, name: 'Trực', password },
      })
    ).id
  const told = () =>
    node.database.transact(systemScope, (tx) =>
      deadlineRecipients(node)(tx, { organisation_id: ministry.id, assignee_id: null }, [
        'duty_officer',
      ]),
    )
  const stand = (organisation_id: string, officer_id: string) =>
    node.database.transact(systemScope, (tx) =>
      new ShiftStore().add(tx, [
        {
          id: `shf_${organisation_id}`,
          organisation_id,
          officer_id,
          name: 'Ca',
          starts_at: node.clock.iso(),
          ends_at: '2026-12-31T00:00:00.000Z',
          member_ids: [],
          overlap_allowed: false,
          note: '',
          version: 1,
        },
      ]),
    )
  const coordinator = await officer(home, 'truc@tt.example')
  await stand(home, coordinator)
  expect(await told()).toMatchObject([{ organisation_id: home, people: [coordinator] }])
  const own = await officer(ministry.id, 'truc@bo.example')
  const other = await officer(ministry.id, 'truc-khac@bo.example')
  const [said] = await told()
  expect(said?.organisation_id).toBe(ministry.id)
  expect(said?.people.toSorted()).toEqual([own, other].toSorted())
  await stand(ministry.id, other)
  expect(await told()).toMatchObject([{ organisation_id: ministry.id, people: [other] }])
})
