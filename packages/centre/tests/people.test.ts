import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { password, untilWaiting, whoNode } from './who-node.ts'

type Node = Awaited<ReturnType<typeof whoNode>>

async function withPerson(node: Node, organisation_id: string, role_id: string, email: string) {
  const body = { organisation_id, name: email, email, role_id, password }
  const person = await node.people(node.local).create({ body })
  return { person, cookie: (await node.signIn(email)).cookie }
}

/** A role that manages people and keys of its own organisation only. */
function addLocalManager(node: Node) {
  return node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values
     ('local-manager', 'x', 'x', 'amber', 'organisation',
      '["person.read", "person.manage", "key.manage", "organisation.read", "organisation.manage"]')`,
  )
}

test('an organisation is made, found by folded text, changed, and keeps what nobody named', async () => {
  await using node = await whoNode()
  await node.setUp()
  const organisations = node.client(organisationApi, node.local)
  const made = await organisations.create({
    body: { code: 'BTN', name: 'Bộ Thử nghiệm', kind: 'ministry', sectors: ['energy'] },
  })
  const found = await organisations.list({ query: { filter: 'bo thu nghiem' } })
  expect(found.items.map(({ id }) => id)).toEqual([made.id])
  const changed = await organisations.update({ params: { id: made.id }, body: { name: 'Bộ Mới' } })
  expect(changed).toMatchObject({ name: 'Bộ Mới', sectors: ['energy'], simulated: true })
  expect(await organisations.get({ params: { id: made.id } })).toEqual(changed)
})

test('two organisations never have one code, in any case of its letters', async () => {
  await using node = await whoNode()
  await node.setUp()
  const organisations = node.client(organisationApi, node.local)
  const body = { code: 'BTN', name: 'Bộ', kind: 'ministry' as const }
  await organisations.create({ body })
  const other = await organisations.create({ body: { ...body, code: 'KHAC' } })
  await expect(organisations.create({ body: { ...body, code: 'btn' } })).rejects.toThrow(
    'organisation.code-taken',
  )
  await expect(
    organisations.update({ params: { id: other.id }, body: { code: 'BTN' } }),
  ).rejects.toThrow('organisation.code-taken')
})

test('pages of organisations hold each once, in order', async () => {
  await using node = await whoNode()
  await node.setUp()
  const organisations = node.client(organisationApi, node.local)
  for (let index = 0; index < 7; index++) {
    const body = { code: `C${index}`, name: index % 2 ? 'Hai' : 'Một', kind: 'other' as const }
    await organisations.create({ body })
  }
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await organisations.list({ query: { limit: 3, sort: '-name', cursor } })
    seen.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor)
  const whole = await organisations.list({ query: { limit: 500, sort: '-name' } })
  expect(seen).toEqual(whole.items.map(({ id }) => id))
  expect(new Set(seen).size).toBe(8)
})

test('the last administrator can be neither disabled nor demoted', async () => {
  await using node = await whoNode()
  const { person_id, organisation_id } = await node.setUp()
  const people = node.people(node.local)
  const params = { id: person_id }
  for (const body of [{ disabled: true }, { role_id: 'analyst' }]) {
    await expect(people.update({ params, body })).rejects.toThrow('person.last-administrator')
  }
  await withPerson(node, organisation_id, 'administrator', 'b@tt.example')
  expect(await people.update({ params, body: { disabled: true } })).toMatchObject({
    disabled: true,
  })
})

test('two administrators who disable each other at the same moment do not leave none', async () => {
  await using node = await whoNode()
  const { person_id, organisation_id } = await node.setUp()
  const { person } = await withPerson(node, organisation_id, 'administrator', 'b@tt.example')
  const people = node.people(node.local)
  const both = await Promise.allSettled(
    [person_id, person.id].map((id) => people.update({ params: { id }, body: { disabled: true } })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('who changes their own language while they are demoted does not get the old role back', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const { person, cookie } = await withPerson(
    node,
    organisation_id,
    'administrator',
    'b@tt.example',
  )
  const { own } = await node.database.transact(systemScope, async (tx) => {
    await tx.execute(sql`select from person where id = ${person.id} for update`)
    // Their own change has begun and waits here, whatever it has read so far.
    const own = node.session({ cookie }).update({ body: { language: 'en' } })
    await untilWaiting(node)
    await tx.execute(sql`update person set role_id = 'analyst' where id = ${person.id}`)
    return { own }
  })
  await own
  const { items } = await node.people(node.local).list({ query: { filter: 'email:b@tt.example' } })
  expect(items).toMatchObject([{ role_id: 'analyst', language: 'en' }])
})

test('two people never have one e-mail', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const again = withPerson(node, organisation_id, 'analyst', 'QUAN-TRI@tt.example')
  await expect(again).rejects.toThrow('person.email-taken')
})

test('nobody hands out a role that may do more than they may', async () => {
  await using node = await whoNode()
  const { organisation_id, person_id } = await node.setUp()
  await addLocalManager(node)
  const { cookie } = await withPerson(node, organisation_id, 'local-manager', 'm@tt.example')
  const people = node.people({ cookie })
  const body = { organisation_id, name: 'x', email: 'x@tt.example', password }
  for (const role_id of ['administrator', 'analyst', 'focal-point']) {
    await expect(people.create({ body: { ...body, role_id } })).rejects.toThrow(
      'permission.missing',
    )
    await expect(
      node.keysOf({ cookie }).create({ body: { organisation_id, role_id, name: 'x' } }),
    ).rejects.toThrow('permission.missing')
  }
  await people.create({ body: { ...body, role_id: 'local-manager' } })
  // Whoever may do more cannot be changed either: a new password would be a way in.
  await expect(
    people.update({ params: { id: person_id }, body: { password: 'một mật khẩu mới' } }),
  ).rejects.toThrow('permission.missing')
})

test('a manager of one organisation sees and changes nobody of another', async () => {
  await using node = await whoNode()
  const { organisation_id, person_id } = await node.setUp()
  await addLocalManager(node)
  const organisations = node.client(organisationApi, node.local)
  const other = await organisations.create({ body: { code: 'XA', name: 'Xa', kind: 'other' } })
  const { person, cookie } = await withPerson(node, other.id, 'local-manager', 'm@xa.example')
  const people = node.people({ cookie })
  const { items } = await people.list({ query: {} })
  expect(items.map(({ id }) => id)).toEqual([person.id])
  await expect(people.update({ params: { id: person_id }, body: { name: 'x' } })).rejects.toThrow(
    'person.not-found',
  )
  const body = {
    organisation_id,
    name: 'x',
    email: 'x@x.example',
    role_id: 'local-manager',
    password,
  }
  await expect(people.create({ body })).rejects.toThrow('organisation.not-found')
  const own = node.client(organisationApi, { cookie })
  await expect(own.create({ body: { code: 'YY', name: 'Yy', kind: 'other' } })).rejects.toThrow(
    'permission.missing',
  )
})

test('a wrong bearer secret is nobody, even beside a good cookie', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie } = await node.signIn('quan-tri@tt.example')
  const both = { cookie, authorization: 'Bearer hd_wrong-wrong-wrong-wrong' }
  await expect(node.session(both).read({})).rejects.toThrow('session.required')
})

test('nobody sets their own password without the old one', async () => {
  await using node = await whoNode()
  const { person_id } = await node.setUp()
  const { cookie } = await node.signIn('quan-tri@tt.example')
  const body = { password: 'một mật khẩu mới' }
  await expect(node.people({ cookie }).update({ params: { id: person_id }, body })).rejects.toThrow(
    'password.own',
  )
  await node.signIn('quan-tri@tt.example')
})
