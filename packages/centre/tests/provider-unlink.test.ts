import { sessionListApi } from '@haidang/contracts/factor-api'
import { identityApi } from '@haidang/contracts/provider-api'
import { idsFrom } from '@haidang/runtime/ids'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { admin, providerGround, refused, verified } from './provider-ground.ts'
import { password } from './who-node.ts'

let site: Awaited<ReturnType<typeof providerGround>>
beforeEach(async () => {
  site = await providerGround()
})
afterEach(() => site[Symbol.asyncDispose]())

test('an administrator unlinks somebody whose account at the provider was taken over; they are told', async () => {
  const { node, there, organisation_id, configured, browser, links } = site
  const email = 'b@tt.example'
  const { id: personId } = await node.people(node.local).create({
    body: { organisation_id, name: 'Bình', email, role_id: 'analyst', password },
  })
  const { id } = await configured()
  there.ways.claims = { ...verified, email, sub: 'b' }
  const theirs = browser()
  expect(await theirs.whole(id)).toBe('/')
  const { cookie } = await node.signIn(admin)
  const identities = node.client(identityApi, { cookie })
  const { items } = await identities.ofPerson({ params: { id: personId } })
  expect(items).toMatchObject([{ provider_id: id, email }])
  const params = { id: personId, identity: items[0]?.id ?? '' }
  const reason = 'tài khoản ở Bộ Thử bị chiếm'
  // An open browser is not enough.
  await node.database.asOwner(
    `update auth.session set created_at = created_at - interval '11 minutes'`,
  )
  const unlink = (given?: string) =>
    identities.unlinkOf({ params, body: { password: given, reason } })
  await expect(unlink()).rejects.toThrow('session.stale')
  await expect(unlink('sai rồi sai rồi')).rejects.toThrow('password.wrong')
  expect(await links()).toBe(1)
  expect(await unlink(password)).toEqual({ items: [] })
  expect(await links()).toBe(0)
  expect(await theirs.me()).toBeUndefined()
  there.ways.claims = { sub: 'b' }
  expect(await browser().whole(id)).toBe(refused('provider.no-account'))
  const again = await node.signIn(email)
  const told = await node.client(sessionListApi, { cookie: again.cookie }).history({ query: {} })
  expect(told.items).toMatchObject([
    { act: 'identity.unlinked', own: false, reason },
    { act: 'identity.linked', own: false, by: 'Bộ Thử' },
  ])
})

test('nobody unlinks who may do more than they, nor themselves past their own settings', async () => {
  const { node, organisation_id } = site
  const { items } = await node.people(node.local).list({ query: { filter: `email:${admin}` } })
  const administrator = items[0]?.id ?? ''
  const params = { id: administrator, identity: idsFrom(node.clock)('identity') }
  const body = { reason: 'thử' }
  const { cookie } = await node.signIn(admin)
  await expect(node.client(identityApi, { cookie }).unlinkOf({ params, body })).rejects.toThrow(
    'identity.own',
  )
  await node.people(node.local).create({
    body: { organisation_id, name: 'C', email: 'c@tt.example', role_id: 'analyst', password },
  })
  const other = await node.signIn('c@tt.example')
  await expect(
    node.client(identityApi, { cookie: other.cookie }).unlinkOf({ params, body }),
  ).rejects.toThrow('permission.missing')
})
