import { accessPolicyApi, factorApi, sessionListApi } from '@haidang/contracts/factor-api'
import { expect, test } from 'vitest'
import { totpCode, totpStep } from '../src/modules/factors/totp.ts'
import { password, whoNode } from './who-node.ts'

const admin = 'quan-tri@tt.example'
type Node = Awaited<ReturnType<typeof whoNode>>

const codeNow = (node: Node, secret: string) => totpCode(secret, totpStep(node.clock.now()))

/** Sends a code as a browser does, and answers with the cookie to send from now on. */
async function prove(node: Node, act: string, code: string, cookie: string) {
  const reply = await node.send('POST', `/api/v1/session/factors/${act}`, { code }, { cookie })
  expect(reply.json().code).toBeUndefined()
  const set = reply.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
  return { cookie: set.join('; '), answer: reply.json() }
}

/** Signs in and sets up an authenticator. */
async function enrol(node: Node, email = admin) {
  const opened = await node.signIn(email)
  const { secret } = await node.client(factorApi, { cookie: opened.cookie }).beginTotp({ body: {} })
  const code = codeNow(node, secret)
  const { cookie, answer } = await prove(node, 'totp/confirm', code, opened.cookie)
  const { recovery_codes } = answer as { recovery_codes: string[] }
  node.clock.advance(30_000)
  const factors = node.client(factorApi, { cookie })
  return { before: opened.cookie, cookie, factors, secret, recovery_codes }
}

async function open(node: Node, code?: string, email = admin) {
  const reply = await node.send(
    'POST',
    '/api/v1/session',
    { email, password, ...(code === undefined ? {} : { code }) },
    {},
  )
  return reply.statusCode === 200 ? 'in' : reply.json().code
}

async function person(node: Node, role_id: string) {
  const { items } = await node.people(node.local).list({ query: {} })
  const organisation_id = items[0]?.organisation_id ?? ''
  const email = `${role_id}@tt.example`
  return node
    .people(node.local)
    .create({ body: { organisation_id, name: role_id, email, role_id, password } })
}

test('with an authenticator the password alone opens nothing, a code of now opens, once', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { secret } = await enrol(node)
  expect(await open(node)).toBe('session.factor-required')
  expect(await open(node, '000000')).toBe('session.factor-wrong')
  const code = codeNow(node, secret)
  expect(await open(node, `${code.slice(0, 3)} ${code.slice(3)}`)).toBe('in')
  expect(await open(node, code)).toBe('session.factor-wrong')
  node.clock.advance(30_000)
  expect(await open(node, codeNow(node, secret))).toBe('in')
})

test('of two who send the same code at once one gets in', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { secret } = await enrol(node)
  const code = codeNow(node, secret)
  const both = await Promise.all([open(node, code), open(node, code)])
  expect(both.sort()).toEqual(['in', 'session.factor-wrong'])
})

test('a recovery code opens once in any spelling, and none lies readable in the database', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { secret, recovery_codes, factors } = await enrol(node)
  expect(new Set(recovery_codes).size).toBe(10)
  const [code = ''] = recovery_codes
  expect(await open(node, code.toLowerCase().replaceAll('-', ' '))).toBe('in')
  expect(await open(node, code)).toBe('session.factor-wrong')
  expect((await factors.read({})).recovery_codes_left).toBe(9)
  const { rows } = await node.database.asOwner(
    'select row_to_json(t)::text as row from auth.totp t union all select row_to_json(r)::text from auth.recovery_code r',
  )
  expect(rows).toHaveLength(10)
  for (const kept of [secret, ...recovery_codes]) expect(JSON.stringify(rows)).not.toContain(kept)
})

test('guessing codes with the right password locks the account, whatever comes between', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { secret } = await enrol(node)
  const answers: string[] = []
  for (let guess = 0; guess < 4; guess++) {
    answers.push(await open(node), await open(node, '111111'))
  }
  expect(answers).toContain('session.locked')
  expect(answers.filter((answer) => answer === 'session.factor-wrong').length).toBeLessThan(4)
  expect(await open(node, codeNow(node, secret))).toBe('session.locked')
  node.clock.advance(61_000)
  expect(await open(node, codeNow(node, secret))).toBe('in')
})

test('a secret counts only once a code confirmed it, and setting one up ends other sessions', async () => {
  await using node = await whoNode()
  await node.setUp()
  const elsewhere = await node.signIn(admin)
  const { cookie } = await node.signIn(admin)
  const factors = node.client(factorApi, { cookie })
  const first = await factors.beginTotp({ body: {} })
  const { secret } = await factors.beginTotp({ body: {} })
  expect(await open(node)).toBe('in')
  await expect(
    factors.confirmTotp({ body: { code: codeNow(node, first.secret) } }),
  ).rejects.toThrow('session.factor-wrong')
  const proved = await prove(node, 'totp/confirm', codeNow(node, secret), cookie)
  await expect(node.session({ cookie: elsewhere.cookie }).read({})).rejects.toThrow(
    'session.required',
  )
  await node.session({ cookie: proved.cookie }).read({})
  await expect(node.client(factorApi, proved).beginTotp({ body: {} })).rejects.toThrow(
    'factor.exists',
  )
})

test('a session goes on under a new token when a factor is set up, reset or removed', async () => {
  await using node = await whoNode()
  await node.setUp()
  const read = (cookie: string) => node.session({ cookie }).read({})
  const list = (cookie: string) => node.client(sessionListApi, { cookie }).list({})
  const { before, cookie, secret } = await enrol(node)
  await expect(read(before)).rejects.toThrow('session.required')
  const { items } = await list(cookie)
  expect(items).toMatchObject([{ current: true, factor: 'totp' }])
  const reset = await prove(node, 'recovery-codes', codeNow(node, secret), cookie)
  await expect(read(cookie)).rejects.toThrow('session.required')
  expect((await list(reset.cookie)).items).toMatchObject([{ id: items[0]?.id, current: true }])
  node.clock.advance(30_000)
  const removed = await prove(node, 'totp/remove', codeNow(node, secret), reset.cookie)
  await expect(read(reset.cookie)).rejects.toThrow('session.required')
  expect((await list(removed.cookie)).items).toMatchObject([{ current: true, factor: 'password' }])
})

test('removing the authenticator needs a code', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { factors, secret } = await enrol(node)
  await expect(factors.removeTotp({ body: { code: '222222' } })).rejects.toThrow(
    'session.factor-wrong',
  )
  expect(await factors.removeTotp({ body: { code: codeNow(node, secret) } })).toEqual({
    totp_since: null,
    recovery_codes_left: 0,
    passkeys: [],
  })
  expect(await open(node)).toBe('in')
})

test('a coordinator without a second factor can set one up and nothing else', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { email } = await person(node, 'coordinator')
  const { cookie, me } = await node.signIn(email)
  expect(me).toMatchObject({ factor_missing: true, permissions: [] })
  await expect(node.people({ cookie }).list({ query: {} })).rejects.toThrow('permission.missing')
  const factors = node.client(factorApi, { cookie })
  const { secret } = await factors.beginTotp({ body: {} })
  const proved = await prove(node, 'totp/confirm', codeNow(node, secret), cookie)
  expect(await node.session(proved).read({})).toMatchObject({ factor_missing: false })
  await node.people(proved).list({ query: {} })
})

test('a session opened before the rule does not outlast it', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { email } = await person(node, 'analyst')
  const { cookie } = await node.signIn(email)
  const { cookie: administrator } = await node.signIn(admin)
  const policy = node.client(accessPolicyApi, { cookie: administrator })
  await node.people({ cookie }).list({ query: {} })
  await policy.change({ body: { factor_roles: ['analyst', 'coordinator'] } })
  await expect(node.people({ cookie }).list({ query: {} })).rejects.toThrow('permission.missing')
  await policy.change({ body: { factor_roles: [] } })
  await node.people({ cookie }).list({ query: {} })
  await expect(policy.change({ body: { factor_roles: ['no-such'] } })).rejects.toThrow(
    'role.not-found',
  )
})

test('an unused session and an old one end, used or not', async () => {
  await using node = await whoNode()
  await node.setUp()
  const shift = (id: string, column: string, by: string) =>
    node.database.asOwner(
      `update auth.session set ${column} = now() - $2::interval where id = $1`,
      [id, by],
    )
  const idOf = async (cookie: string) => {
    const { items } = await node.client(sessionListApi, { cookie }).list({})
    return items.find(({ current }) => current)?.id ?? ''
  }
  const { cookie: idle } = await node.signIn(admin)
  const idleId = await idOf(idle)
  await shift(idleId, 'last_used_at', '59 minutes')
  await node.session({ cookie: idle }).read({})
  await shift(idleId, 'last_used_at', '62 minutes')
  await expect(node.session({ cookie: idle }).read({})).rejects.toThrow('session.required')
  const { cookie: old } = await node.signIn(admin)
  await shift(await idOf(old), 'created_at', '24 hours 1 minute')
  await expect(node.session({ cookie: old }).read({})).rejects.toThrow('session.required')
})

test('sessions are listed and ended one by one, all others, and by who manages people', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { email, id } = await person(node, 'analyst')
  const [here, phone, old] = [
    await node.signIn(email, password, { 'user-agent': 'Firefox' }),
    await node.signIn(email, password, { 'user-agent': 'Phone' }),
    await node.signIn(email, password, { 'user-agent': 'Old' }),
  ]
  const list = node.client(sessionListApi, { cookie: here.cookie })
  const { items } = await list.list({})
  expect(items.map(({ user_agent, current, factor }) => [user_agent, current, factor])).toEqual(
    expect.arrayContaining([
      ['Firefox', true, 'password'],
      ['Phone', false, 'password'],
      ['Old', false, 'password'],
    ]),
  )
  const phoneId = items.find(({ user_agent }) => user_agent === 'Phone')?.id ?? ''
  const { cookie: other } = await node.signIn(admin)
  await expect(
    node.client(sessionListApi, { cookie: other }).end({ params: { id: phoneId } }),
  ).rejects.toThrow('session.not-found')
  await list.end({ params: { id: phoneId } })
  await expect(node.session({ cookie: phone.cookie }).read({})).rejects.toThrow('session.required')
  expect(await list.endOthers({})).toEqual({ ended: 1 })
  await expect(node.session({ cookie: old.cookie }).read({})).rejects.toThrow('session.required')
  const managed = node.client(sessionListApi, node.local)
  expect((await managed.ofPerson({ params: { id } })).items).toHaveLength(1)
  expect(await managed.endOfPerson({ params: { id } })).toEqual({ ended: 1 })
  await expect(node.session({ cookie: here.cookie }).read({})).rejects.toThrow('session.required')
})

test('long after signing in, changing how one signs in asks for the password', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie } = await node.signIn(admin)
  const factors = node.client(factorApi, { cookie })
  await node.database.asOwner(`update auth.session set created_at = now() - interval '11 minutes'`)
  await expect(factors.beginTotp({ body: {} })).rejects.toThrow('session.stale')
  await expect(factors.beginTotp({ body: { password: 'wrong' } })).rejects.toThrow('password.wrong')
  await factors.beginTotp({ body: { password } })
})

test('a new password keeps the second factor of the session', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { email } = await person(node, 'coordinator')
  const { cookie } = await enrol(node, email)
  const changed = await node.send(
    'PATCH',
    '/api/v1/session',
    { password: { current: password, next: 'một mật khẩu khác hẳn' } },
    { cookie },
  )
  expect(changed.json()).toMatchObject({ factor_missing: false })
})
