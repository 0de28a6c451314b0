import { accessPolicyApi, factorApi } from '@haidang/contracts/factor-api'
import { identityApi, providerApi } from '@haidang/contracts/provider-api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { totpCode, totpStep } from '../src/modules/factors/totp.ts'
import { admin, providerGround, publicHost, refused, verified } from './provider-ground.ts'
import { password } from './who-node.ts'

let site: Awaited<ReturnType<typeof providerGround>>
beforeEach(async () => {
  site = await providerGround()
})
afterEach(() => site[Symbol.asyncDispose]())

async function authenticator(): Promise<string> {
  const { node } = site
  const { cookie } = await node.signIn(admin)
  const factors = node.client(factorApi, { cookie })
  const { secret } = await factors.beginTotp({ body: {} })
  const code = totpCode(secret, totpStep(node.clock.now()))
  await factors.confirmTotp({ body: { code } })
  node.clock.advance(30_000)
  return secret
}

test.each([
  ['a nonce of another sign-in', { nonce: 'another' }, 'provider.untrusted'],
  ['no nonce', { nonce: undefined }, 'provider.untrusted'],
  ['another issuer', { iss: 'https://other.example' }, 'provider.untrusted'],
  ['another audience', { aud: 'somebody-else' }, 'provider.untrusted'],
  ['a time past', { iat: 1_600_000_000, exp: 1_600_000_300 }, 'provider.time'],
  ['no subject', { sub: undefined }, 'provider.untrusted'],
])('a token with %s opens nothing', async (_, claims, code) => {
  const { node, there, configured, browser } = site
  const { id } = await configured()
  there.ways.claims = { ...verified, ...claims }
  const here = browser()
  expect(await here.whole(id)).toBe(refused(code))
  expect(await here.me()).toBeUndefined()
  const { rows } = await node.database.asOwner(
    `select seq from journal where type = 'session.refused' and reason = '${code}'`,
  )
  expect(rows).toHaveLength(1)
})

test('nobody is taken for somebody else: unverified e-mail, other subject, disabled, unknown, other domain', async () => {
  const { node, there, organisation_id, configured, browser } = site
  const { id } = await configured({ domains: ['tt.example'] })
  there.ways.claims = { ...verified, email_verified: false }
  expect(await browser().whole(id)).toBe(refused('provider.email-unverified'))
  there.ways.claims = { ...verified, email_verified: 'true' }
  expect(await browser().whole(id)).toBe(refused('provider.email-unverified'))
  there.ways.claims = { ...verified, email: 'la@tt.example' }
  expect(await browser().whole(id)).toBe(refused('provider.no-account'))
  there.ways.claims = { ...verified, email: 'quan-tri@tt.example.evil.example' }
  expect(await browser().whole(id)).toBe(refused('provider.domain'))
  there.ways.claims = verified
  expect(await browser().whole(id)).toBe('/')
  there.ways.claims = { ...verified, sub: 'foreign' }
  expect(await browser().whole(id)).toBe(refused('identity.taken'))
  await node.people(node.local).create({
    body: { organisation_id, name: 'B', email: 'b@tt.example', role_id: 'analyst', password },
  })
  const { items } = await node.people(node.local).list({ query: { filter: 'email:b@tt.example' } })
  const params = { id: items[0]?.id ?? '' }
  await node.people(node.local).update({ params, body: { disabled: true } })
  there.ways.claims = { ...verified, email: 'b@tt.example', sub: 'b' }
  expect(await browser().whole(id)).toBe(refused('provider.no-account'))
})

test('an account is made only where that is on, as reader of the organisation named', async () => {
  const { node, there, organisation_id, configured, browser } = site
  await expect(configured({ creates: true })).rejects.toThrow('provider.organisation-missing')
  const { id } = await configured({ creates: true, organisation_id })
  there.ways.claims = { email: 'moi@tt.example', email_verified: true, name: 'Người Mới' }
  const here = browser()
  expect(await here.whole(id)).toBe('/')
  const me = (await here.ask('GET', '/api/v1/session')).json()
  expect(me.person).toMatchObject({ name: 'Người Mới', role_id: 'reader', organisation_id })
  expect(await node.signIn('moi@tt.example').catch(({ code }) => code)).toBe('session.refused')
})

test('our own second factor is asked for after the provider, and the link is made only then', async () => {
  const { node, there, configured, browser, links } = site
  const { id } = await configured()
  const secret = await authenticator()
  there.ways.claims = verified
  const here = browser()
  expect(await here.whole(id, '/orders')).toBe('/sign-in?second=yes&to=%2Forders')
  expect(await here.me()).toBeUndefined()
  const finish = (code: string) => here.ask('POST', '/api/v1/session/provider/code', { code })
  expect((await finish('000000')).json().code).toBe('session.factor-wrong')
  expect(await links()).toBe(0)
  const done = await finish(totpCode(secret, totpStep(node.clock.now())))
  expect(done.json()).toMatchObject({ to: '/orders', me: { person: { email: admin } } })
  expect(await here.me()).toBe(admin)
  expect(await links()).toBe(1)
})

test('guessing codes after the provider locks the account like after a password', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  await authenticator()
  there.ways.claims = verified
  const here = browser()
  await here.whole(id)
  const answers: string[] = []
  for (let guess = 0; guess < 7; guess++) {
    const reply = await here.ask('POST', '/api/v1/session/provider/code', { code: '111111' })
    answers.push(reply.json().code)
  }
  expect(answers.at(-1)).toBe('session.locked')
})

test('the provider counts as second factor only where the administrator says so, by what it states', async () => {
  const { node, there, configured, browser } = site
  await node
    .client(accessPolicyApi, node.local)
    .change({ body: { factor_roles: ['administrator'] } })
  await expect(configured({ second_factor: 'stated' })).rejects.toThrow('provider.values-missing')
  const own = await configured()
  const missing = async (amr: string[]) => {
    there.ways.claims = { ...verified, amr }
    const here = browser()
    await here.whole(own.id)
    return (await here.ask('GET', '/api/v1/session')).json().factor_missing
  }
  expect(await missing(['mfa'])).toBe(true)
  await node.client(providerApi, node.local).change({
    params: { id: own.id },
    body: { second_factor: 'stated', factor_values: ['mfa', 'hwk'] },
  })
  expect(await missing(['pwd'])).toBe(true)
  expect(await missing(['pwd', 'mfa'])).toBe(false)
})

test('an account is linked and unlinked by its holder, from this session alone', async () => {
  const { node, there, configured, browser } = site
  const { id } = await configured({ matching: 'linked' })
  there.ways.claims = { sub: 'sub-9' }
  expect(await browser().whole(id)).toBe(refused('provider.no-account'))
  const here = browser()
  await here.ask('POST', '/api/v1/session', { email: admin, password })
  const elsewhere = await node.signIn(admin)
  const begun = await here.ask('POST', '/api/v1/session/identities', { provider_id: id })
  expect(await here.back(there.approve(begun.json().url))).toBe('/me?linked=yes')
  await expect(node.session({ cookie: elsewhere.cookie }).read({})).rejects.toThrow(
    'session.required',
  )
  const direct = browser()
  expect(await direct.whole(id)).toBe('/')
  expect(await direct.me()).toBe(admin)
  const identities = node.client(identityApi, { cookie: here.cookie(), host: publicHost })
  const { items } = await identities.list({})
  expect(items).toMatchObject([{ provider_id: id, provider_name: 'Bộ Thử' }])
  await identities.unlink({ params: { id: items[0]?.id ?? '' }, body: {} })
  expect(await browser().whole(id)).toBe(refused('provider.no-account'))
  await expect(identities.unlink({ params: { id: items[0]?.id ?? '' }, body: {} })).rejects.toThrow(
    'identity.not-found',
  )
})

test('who signed in here meanwhile is not linked with somebody else’s answer', async () => {
  const { node, there, organisation_id, configured, browser, links } = site
  const { id } = await configured({ matching: 'linked' })
  const here = browser()
  await here.ask('POST', '/api/v1/session', { email: admin, password })
  const begun = await here.ask('POST', '/api/v1/session/identities', { provider_id: id })
  const body = { organisation_id, name: 'B', email: 'b@tt.example', role_id: 'analyst', password }
  await node.people(node.local).create({ body })
  await here.ask('POST', '/api/v1/session', { email: 'b@tt.example', password })
  expect(await here.back(there.approve(begun.json().url))).toBe('/me?refused=provider.expired')
  expect(await links()).toBe(0)
})

test('the only way in cannot be unlinked', async () => {
  const { node, there, organisation_id, configured, browser } = site
  const { id } = await configured({ creates: true, organisation_id })
  there.ways.claims = { email: 'moi@tt.example', email_verified: true }
  const here = browser()
  await here.whole(id)
  const identities = node.client(identityApi, { cookie: here.cookie(), host: publicHost })
  const { items } = await identities.list({})
  await expect(identities.unlink({ params: { id: items[0]?.id ?? '' }, body: {} })).rejects.toThrow(
    'identity.last',
  )
})

test('a provider in a private network is asked only where that was allowed', async () => {
  const { node, there, configured } = site
  const providers = node.client(providerApi, node.local)
  const { id } = await configured({ inside: false })
  await expect(providers.check({ params: { id } })).rejects.toThrow('provider.barred')
  await providers.change({ params: { id }, body: { inside: true } })
  expect(await providers.check({ params: { id } })).toMatchObject({
    pkce: true,
    names_itself: true,
    seconds_apart: expect.any(Number),
    authorization_endpoint: `${there.issuer}/authorize`,
  })
  for (const issuer of ['http://provider.example', 'https://u:p@x.example', 'ftp://x.example']) {
    await expect(configured({ issuer })).rejects.toThrow('request.invalid')
  }
})

test('the secret is shown nowhere, kept sealed, and stays when nobody gives another', async () => {
  const { node, configured } = site
  const providers = node.client(providerApi, node.local)
  const made = await configured()
  expect(made).toMatchObject({ secret_set: true, enabled: true })
  await providers.change({ params: { id: made.id }, body: { name: 'Tên khác' } })
  const { items } = await providers.list({ query: {} })
  expect(items).toMatchObject([{ name: 'Tên khác', secret_set: true }])
  const { rows } = await node.database.asOwner('select p.*, j.* from auth.provider p, journal j')
  for (const text of [JSON.stringify(rows), JSON.stringify(items)]) {
    expect(text).not.toContain('rất kín')
  }
  await expect(configured()).rejects.toThrow('provider.exists')
})

test('a provider that is turned off or removed opens nothing, also for who was under way', async () => {
  const { node, there, configured, browser, links } = site
  const providers = node.client(providerApi, node.local)
  const { id } = await configured()
  there.ways.claims = verified
  await browser().whole(id)
  const here = browser()
  const answer = await here.out(id)
  await providers.change({ params: { id }, body: { enabled: false } })
  expect(await here.back(answer)).toBe(refused('provider.not-found'))
  expect((await here.ask('GET', '/api/v1/session/providers')).json()).toEqual({ items: [] })
  await providers.remove({ params: { id } })
  expect(await links()).toBe(0)
})

test('providers are kept only by who sees the whole node', async () => {
  const { node, organisation_id } = site
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions) values
     ('local-manager', 'x', 'x', 'amber', 'organisation', '["person.read", "person.manage"]')`,
  )
  const body = { organisation_id, name: 'x', email: 'm@tt.example', password }
  await node.people(node.local).create({ body: { ...body, role_id: 'local-manager' } })
  const { cookie } = await node.signIn('m@tt.example')
  await expect(node.client(providerApi, { cookie }).list({ query: {} })).rejects.toThrow(
    'permission.missing',
  )
})
