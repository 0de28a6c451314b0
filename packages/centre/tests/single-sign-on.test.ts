import { afterEach, beforeEach, expect, test } from 'vitest'
import { admin, callback, providerGround, refused, verified } from './provider-ground.ts'

let site: Awaited<ReturnType<typeof providerGround>>
beforeEach(async () => {
  site = await providerGround()
})
afterEach(() => site[Symbol.asyncDispose]())

test('a verified e-mail opens its account, goes where it wanted to, and is known by subject from then on', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  there.ways.claims = verified
  const here = browser()
  expect(await here.whole(id, '/incidents?tab=open')).toBe('/incidents?tab=open')
  expect(await here.me()).toBe(admin)
  // The e-mail there is another one now, and not verified: the subject still is who it was.
  there.ways.claims = { email: 'khac@tt.example', email_verified: false }
  const again = browser()
  expect(await again.whole(id)).toBe('/')
  expect(await again.me()).toBe(admin)
})

test('what is asked of the provider is a code for this very browser, with PKCE, and no secret', async () => {
  const { configured, browser } = site
  const { id, redirect_uri } = await configured()
  const reply = await browser().ask('POST', '/api/v1/session/provider', { provider_id: id })
  const url = new URL(reply.json().url)
  const query = Object.fromEntries(url.searchParams)
  expect(redirect_uri).toBe(`https://soc.example${callback}`)
  expect(query).toMatchObject({
    response_type: 'code',
    client_id: 'hai-dang',
    redirect_uri,
    code_challenge_method: 'S256',
    scope: 'openid email profile',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(query[name]?.length).toBeGreaterThan(40)
  }
  const [set] = reply.cookies
  expect(set).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' })
  expect(set?.name).toMatch(/^__Host-/)
  for (const known of [query['state'], query['nonce']]) expect(set?.value).not.toContain(known)
})

test('another browser, another state and a second use of the answer open nothing', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  there.ways.claims = verified
  const here = browser()
  const answer = await here.out(id)
  expect(await browser().back(answer)).toBe(refused('provider.expired'))
  const jar = new Map(
    here
      .cookie()
      .split('; ')
      .map((one) => one.split('=', 2) as [string, string]),
  )
  const other = new URLSearchParams(answer)
  other.set('state', 'x'.repeat(43))
  expect(await browser(new Map(jar)).back(other)).toBe(refused('provider.expired'))
  expect(await here.back(answer)).toBe('/')
  // The same browser with its old cookie again: the provider is not even asked.
  const before = there.asked.length
  expect(await browser(new Map(jar)).back(answer)).toBe(refused('provider.expired'))
  expect(there.asked.length).toBe(before)
})

test('an answer after ten minutes is too late', async () => {
  const { node, there, configured, browser } = site
  const { id } = await configured()
  there.ways.claims = verified
  const here = browser()
  const answer = await here.out(id)
  node.clock.advance(10 * 60_000)
  expect(await here.back(answer)).toBe(refused('provider.expired'))
})

test.each(['none', 'other-key'] as const)('a token signed by %s opens nothing', async (signing) => {
  const { there, configured, browser } = site
  const { id } = await configured()
  Object.assign(there.ways, { claims: verified, signing })
  expect(await browser().whole(id)).toBe(refused('provider.untrusted'))
})

test('an answer in the name of another provider, and metadata of another, are refused', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  Object.assign(there.ways, { claims: verified, iss: 'https://other.example' })
  expect(await browser().whole(id)).toBe(refused('provider.untrusted'))
  Object.assign(there.ways, { iss: null, issuer: 'https://other.example' })
  const reply = await browser().ask('POST', '/api/v1/session/provider', { provider_id: id })
  expect(reply.json().code).toBe('provider.untrusted')
})

test('a provider that changes its key between two sign-ins, and during one, is followed', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  there.ways.claims = verified
  expect(await browser().whole(id)).toBe('/')
  there.rotate()
  const here = browser()
  const answer = await here.out(id)
  there.rotate()
  expect(await here.back(answer)).toBe('/')
})

test('who stopped at the provider is told so, and a provider that is down is named as down', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  const here = browser()
  const { state, iss } = Object.fromEntries(await here.out(id))
  const stopped = new URLSearchParams({
    error: 'access_denied',
    state: state ?? '',
    iss: iss ?? '',
  })
  expect(await here.back(stopped)).toBe(refused('provider.declined'))
  const late = await here.out(id, '/orders')
  there.ways.down = true
  expect(await here.back(late)).toBe(`${refused('provider.unreachable')}&to=%2Forders`)
  const reply = await here.ask('POST', '/api/v1/session/provider', { provider_id: id })
  expect(reply.json().code).toBe('provider.unreachable')
})

test('an e-mail only the userinfo endpoint tells counts as well', async () => {
  const { there, configured, browser } = site
  const { id } = await configured()
  there.ways.userinfo = { sub: 'sub-1', ...verified }
  const here = browser()
  expect(await here.whole(id)).toBe('/')
  there.ways.userinfo = { sub: 'somebody-else', ...verified }
  expect(await browser().whole(id)).toBe(refused('provider.untrusted'))
})

test('no other site is gone to afterwards, and no other address is spoken for', async () => {
  const { node, configured, browser } = site
  const { id } = await configured()
  for (const to of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
  ]) {
    const reply = await browser().ask('POST', '/api/v1/session/provider', { provider_id: id, to })
    expect(reply.json().code, to).toBe('request.invalid')
  }
  const elsewhere = await node.send(
    'POST',
    '/api/v1/session/provider',
    { provider_id: id },
    { host: 'evil.example' },
  )
  expect(elsewhere.json().code).toBe('provider.other-address')
})
