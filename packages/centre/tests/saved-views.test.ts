import { organisationApi } from '@haidang/contracts/organisation-api'
import { mostViews, savedViewApi } from '@haidang/contracts/saved-view'
import { idsFrom } from '@haidang/runtime/ids'
import { expect, test } from 'vitest'
import { serveSavedViews } from '../src/saved-views.ts'
import { password, whoNode } from './who-node.ts'

const search = { q: 'severity>=high and state:new', view: 'mine' }
const draft = { page: '/alerts', name: 'Nặng và mới', search }
const page = { query: { page: '/alerts' } }

/** Two of one organisation and one of another, signed in. */
async function reading() {
  const node = await whoNode()
  serveSavedViews({ ...node, newId: idsFrom(node.clock) })
  const { organisation_id } = await node.setUp()
  const body = { code: 'BTN', name: 'Bộ Thử nghiệm', kind: 'ministry' as const }
  const other = await node.client(organisationApi, node.local).create({ body })
  const viewsOf = async (email: string, organisation: string) => {
    const person = { organisation_id: organisation, name: email, email, password }
    await node.people(node.local).create({ body: { ...person, role_id: 'focal-point' } })
    const { cookie } = await node.signIn(email)
    return node.client(savedViewApi, { cookie })
  }
  return {
    node,
    an: await viewsOf('an@tt.example', organisation_id),
    binh: await viewsOf('binh@tt.example', organisation_id),
    chi: await viewsOf('chi@btn.example', other.id),
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

test('a view is its maker’s until it is shared, and then of their organisation only', async () => {
  await using site = await reading()
  const { an, binh, chi } = site
  const made = await an.create({ body: draft })
  expect(made).toMatchObject({ ...draft, shared: false, own: true, start: false })
  const params = { id: made.id }
  expect((await an.list(page)).items).toEqual([made])
  expect((await an.list({ query: { page: '/incidents' } })).items).toEqual([])
  expect((await binh.list(page)).items).toEqual([])
  await expect(binh.start({ params, body: { start: true } })).rejects.toMatchObject({
    code: 'saved-view.not-found',
  })
  await an.change({ params, body: { shared: true } })
  expect((await binh.list(page)).items).toMatchObject([
    { id: made.id, own: false, person_name: 'an@tt.example' },
  ])
  expect((await chi.list(page)).items).toEqual([])
  for (const act of [binh.change({ params, body: { name: 'x' } }), binh.remove({ params })]) {
    await expect(act).rejects.toMatchObject({ code: 'saved-view.not-yours' })
  }
})

test('each begins a list with a view of their own choice, until it is no longer theirs to read', async () => {
  await using site = await reading()
  const { an, binh } = site
  const { id } = await an.create({ body: { ...draft, shared: true } })
  const mine = await binh.create({ body: { ...draft, name: 'Của tôi' } })
  const starts = async (who: typeof an) =>
    (await who.list(page)).items.filter(({ start }) => start).map((view) => view.id)
  const begin = { body: { start: true } }
  await binh.start({ params: { id: mine.id }, ...begin })
  await binh.start({ params: { id }, ...begin })
  await an.start({ params: { id }, ...begin })
  expect([await starts(an), await starts(binh)]).toEqual([[id], [id]])
  await an.change({ params: { id }, body: { shared: false } })
  expect([await starts(an), await starts(binh)]).toEqual([[id], []])
  await an.change({ params: { id }, body: { shared: true } })
  expect(await starts(binh), 'shared again is not chosen again').toEqual([])
  await an.start({ params: { id }, body: { start: false } })
  expect(await starts(an)).toEqual([])
  await an.remove({ params: { id } })
  expect((await binh.list(page)).items.map((view) => view.id)).toEqual([mine.id])
})

test('names are told apart whatever their case, and nobody keeps views without end', async () => {
  await using site = await reading()
  const { an, binh } = site
  await an.create({ body: draft })
  await expect(an.create({ body: { ...draft, name: 'NẶNG và mới' } })).rejects.toMatchObject({
    code: 'saved-view.exists',
  })
  await binh.create({ body: draft })
  await an.create({ body: { ...draft, page: '/incidents' } })
  for (let n = 1; n < mostViews; n++) await an.create({ body: { ...draft, name: `khung ${n}` } })
  await expect(an.create({ body: { ...draft, name: 'nữa' } })).rejects.toMatchObject({
    code: 'saved-view.too-many',
  })
})

test('a key has no views, and an address elsewhere is none', async () => {
  await using site = await reading()
  const { node, an } = site
  const local = node.client(savedViewApi, node.local)
  await expect(local.list(page)).rejects.toMatchObject({ code: 'session.required' })
  for (const wrong of ['https://x.example', '/alerts/alt_1', '//x', 'alerts']) {
    await expect(an.create({ body: { ...draft, page: wrong } })).rejects.toMatchObject({
      code: 'request.invalid',
    })
  }
})
