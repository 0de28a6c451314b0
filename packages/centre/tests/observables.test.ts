import { IncidentDraft } from '@haidang/contracts/incident'
import { ObservableDraft } from '@haidang/contracts/incident-observable'
import { idsFrom } from '@haidang/runtime/ids'
import { expect, test } from 'vitest'
import { IncidentStore } from '../src/modules/incidents/incident-store.ts'
import { ObservableService } from '../src/modules/observables/observable-service.ts'
import { ObservableStore } from '../src/modules/observables/observable-store.ts'
import { caller, centreOrg, doing, ministryOrg, provinceOrg } from './doing.ts'

const watch = caller(centreOrg)
const problem = (code: string) => expect.objectContaining({ code })
const seen = (...values: string[]) => values.map((value) => ObservableDraft.parse({ value }))
const page = { limit: 50 }

async function observing() {
  const node = await doing()
  const { clock, incidents } = node
  const newId = idsFrom(clock)
  const observables = new ObservableService({
    ...node,
    newId,
    store: new ObservableStore(),
    named: (tx, ids) => new IncidentStore().named(tx, ids),
  })
  const open = async (organisation_id: string) =>
    (
      await incidents.open(
        watch,
        IncidentDraft.parse({ title: 'Kết nối tới máy chủ lạ', tlp: 'amber', organisation_id }),
      )
    ).id
  return { node, observables, open }
}

test('a value stands once in an incident, is seen again, and is known to stand in others one may see', async () => {
  const { node, observables, open } = await observing()
  await using _ = node
  const [first, second] = [await open(ministryOrg), await open(provinceOrg)]
  expect(await observables.add(watch, first, seen('hxxp://xau[.]example/a', '192.0.2.7'))).toEqual({
    added: 2,
    seen_again: 0,
  })
  node.clock.advance(60_000)
  expect(await observables.add(watch, first, seen('192[.]0[.]2[.]7', '192.0.2.7'))).toEqual({
    added: 0,
    seen_again: 1,
  })
  await observables.add(watch, second, seen('192.0.2.7'))
  const { items } = await observables.list(watch, first, page)
  expect(items.map(({ value, sightings, elsewhere }) => [value, sightings, elsewhere])).toEqual([
    ['192.0.2.7', 2, 1],
    ['http://xau.example/a', 1, 0],
  ])
  const ministry = caller(ministryOrg, { organisations: [ministryOrg] })
  const own = await observables.list(ministry, first, page)
  expect(own.items.map(({ elsewhere }) => elsewhere)).toEqual([0, 0])
  const id = own.items[0]?.id ?? ''
  expect((await observables.elsewhere(ministry, id, page)).items).toEqual([])
  expect((await observables.elsewhere(watch, id, page)).items).toMatchObject([{ id: second }])
  await expect(observables.list(ministry, second, page)).rejects.toThrow(
    problem('incident.not-found'),
  )
  const sheet = Buffer.from(await observables.sheet(ministry, first, { format: 'csv' })).toString()
  expect(sheet).toContain('192[.]0[.]2[.]7')
})

test('who is told of an incident reads what was seen in it and changes nothing; a bad line is named, none is kept', async () => {
  const { node, observables, open } = await observing()
  await using _ = node
  const incident = await open(ministryOrg)
  await node.incidents.update(watch, incident, {
    told_to: { organisations: [provinceOrg], groups: [], people: [] },
  })
  await expect(
    observables.add(watch, incident, seen('192.0.2.9', 'không phải')),
  ).rejects.toMatchObject({
    code: 'request.invalid',
    errors: [{ field: 'items.1.value' }],
  })
  expect((await observables.list(watch, incident, page)).items).toEqual([])
  await observables.add(watch, incident, seen('192.0.2.9'))
  const told = caller(provinceOrg, { organisations: [provinceOrg] })
  const { items } = await observables.list(told, incident, page)
  const id = items[0]?.id ?? ''
  expect(items).toMatchObject([{ value: '192.0.2.9', added_by_name: '' }])
  await expect(observables.change(told, id, { note: 'x' })).rejects.toThrow(
    problem('incident.not-found'),
  )
  await expect(observables.remove(told, id)).rejects.toThrow(problem('incident.not-found'))
  const changed = await observables.change(watch, id, { tags: ['c2'], version: 1 })
  expect(changed).toMatchObject({ tags: ['c2'], version: 2 })
  await expect(observables.change(watch, id, { note: 'x', version: 1 })).rejects.toThrow(
    problem('incident.changed-meanwhile'),
  )
  await observables.remove(watch, id)
  await expect(observables.elsewhere(watch, id, page)).rejects.toThrow(
    problem('observable.not-found'),
  )
})

test('what was seen in an incident merged under another is listed with the other, and no more when it is taken back', async () => {
  const { node, observables, open } = await observing()
  await using _ = node
  const [head, member] = [await open(ministryOrg), await open(ministryOrg)]
  await observables.add(watch, head, seen('192.0.2.7'))
  node.clock.advance(60_000)
  await observables.add(watch, member, seen('192.0.2.8'))
  const values = async () =>
    (await observables.list(watch, head, page)).items.map(({ value }) => value)
  const { merge } = await node.incidentMerges.merge(watch, {
    into: head,
    ids: [member],
    reason: 'một vụ',
  })
  expect(await values()).toEqual(['192.0.2.8', '192.0.2.7'])
  await node.incidentMerges.unmerge(watch, merge.id, { incidents: 'as-before', give: [] })
  expect(await values()).toEqual(['192.0.2.7'])
})

test('what was seen twice in one family is not seen elsewhere, and is worked on through its head alone', async () => {
  const { node, observables, open } = await observing()
  await using _ = node
  const [head, member, apart] = [
    await open(ministryOrg),
    await open(ministryOrg),
    await open(provinceOrg),
  ]
  for (const one of [head, member, apart]) await observables.add(watch, one, seen('192.0.2.7'))
  await node.incidentMerges.merge(watch, { into: head, ids: [member], reason: '' })
  const { items } = await observables.list(watch, head, page)
  expect(items.map(({ elsewhere }) => elsewhere)).toEqual([1, 1])
  for (const { id } of items) {
    const others = await observables.elsewhere(watch, id, page)
    expect(others.items.map((one) => one.id)).toEqual([apart])
  }
  await expect(observables.add(watch, member, seen('192.0.2.8'))).rejects.toThrow(
    problem('incident.merged'),
  )
  const under = items.find(({ incident_id }) => incident_id === member)?.id ?? ''
  await observables.change(watch, under, { tags: ['c2'] })
  await observables.remove(watch, under)
  expect((await observables.list(watch, head, page)).items).toHaveLength(1)
})
