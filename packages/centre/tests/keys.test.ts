import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { untilWaiting, whoNode } from './who-node.ts'

test('a key opens what its role may, until it is revoked, and its secret is kept nowhere', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const keys = node.keysOf(node.local)
  const { key, secret } = await keys.create({
    body: { organisation_id, role_id: 'leader', name: 'báo cáo' },
  })
  expect(secret).toMatch(/^hd_[\w-]{43}$/)
  const holder = { authorization: `Bearer ${secret}` }
  await node.people(holder).list({ query: {} })
  await expect(
    node.keysOf(holder).create({ body: { organisation_id, role_id: 'leader', name: 'x' } }),
  ).rejects.toThrow('permission.missing')
  await expect(node.session(holder).read({})).rejects.toThrow('session.required')
  const { rows } = await node.database.asOwner('select * from api_key, journal')
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect((await keys.list({ query: {} })).items[0]?.last_used_at).toBe(node.clock.iso())
  await keys.revoke({ params: { id: key.id } })
  await expect(node.people(holder).list({ query: {} })).rejects.toThrow('session.required')
})

test('a key that is used at the moment it is revoked stays revoked', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const { key, secret } = await node.keysOf(node.local).create({
    body: { organisation_id, role_id: 'leader', name: 'báo cáo' },
  })
  const holder = { authorization: `Bearer ${secret}` }
  const { use } = await node.database.transact(systemScope, async (tx) => {
    await tx.execute(sql`update api_key set revoked_at = now() where id = ${key.id}`)
    const began = node.people(holder).list({ query: {} })
    await untilWaiting(node)
    return { use: began }
  })
  await use
  await expect(node.people(holder).list({ query: {} })).rejects.toThrow('session.required')
})

test('a key may what its scope names of its role, and a refusal names what is wanting', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const keys = node.keysOf(node.local)
  const draft = { organisation_id, role_id: 'leader', name: 'báo cáo' }
  const { secret } = await keys.create({ body: { ...draft, scopes: ['organisation.read'] } })
  const holder = { authorization: `Bearer ${secret}` }
  await node.client(organisationApi, holder).list({ query: {} })
  await expect(node.people(holder).list({ query: {} })).rejects.toThrow(
    'key.scope-missing: the scope of this key leaves person.read out',
  )
  // What the role lacks is the role's matter, whatever the scope.
  await expect(node.keysOf(holder).list({ query: {} })).rejects.toThrow('permission.missing')
  await expect(keys.create({ body: { ...draft, scopes: ['key.manage'] } })).rejects.toThrow(
    'key.scope-beyond-role: key.manage',
  )
})

test('a key made before there were scopes may all its role may', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const { secret } = await node.keysOf(node.local).create({
    body: { organisation_id, role_id: 'leader', name: 'cũ' },
  })
  await node.people({ authorization: `Bearer ${secret}` }).list({ query: {} })
})

test('a key ends at its hour, and opens only from where it may be used', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const keys = node.keysOf(node.local)
  const draft = { organisation_id, role_id: 'leader', name: 'báo cáo' }
  const expires_at = '2026-11-22T03:00:00.000Z'
  const { key, secret } = await keys.create({ body: { ...draft, expires_at } })
  const holder = { authorization: `Bearer ${secret}` }
  await node.people(holder).list({ query: {} })
  const { items } = await keys.list({ query: { filter: `id:${key.id}` } })
  expect(items).toMatchObject([{ last_used_address: '127.0.0.1', expires_at }])
  node.clock.advance(3_600_000)
  await expect(node.people(holder).list({ query: {} })).rejects.toThrow('key.expired')
  await expect(keys.create({ body: { ...draft, expires_at } })).rejects.toThrow('key.expires-early')
  const elsewhere = await keys.create({ body: { ...draft, addresses: ['192.0.2.0/24'] } })
  await expect(
    node.people({ authorization: `Bearer ${elsewhere.secret}` }).list({ query: {} }),
  ).rejects.toThrow('key.address-refused')
  await expect(keys.create({ body: { ...draft, addresses: ['192.0.2.0/40'] } })).rejects.toThrow(
    'request.invalid',
  )
})
