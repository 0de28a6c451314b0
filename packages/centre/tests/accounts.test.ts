import { setupApi } from '@haidang/contracts/person-api'
import { expect, test } from 'vitest'
import { password, whoNode } from './who-node.ts'

const admin = 'quan-tri@tt.example'

test('set-up works once, with the token alone', async () => {
  await using node = await whoNode()
  const setup = node.client(setupApi)
  expect(await setup.state({})).toEqual({ needed: true, demo: false })
  const lost = await node.setup.token()
  const body = {
    token: lost ?? '',
    language: 'vi' as const,
    node_name: 'Nút',
    organisation: { code: 'A1', name: 'Tổ chức', kind: 'ministry' as const },
    administrator: { name: 'A', email: admin, password },
  }
  await expect(setup.complete({ body: { ...body, token: 'x'.repeat(40) } })).rejects.toThrow(
    'setup.token-wrong',
  )
  const token = (await node.setup.token()) ?? ''
  await expect(setup.complete({ body })).rejects.toThrow('setup.token-wrong')
  const both = await Promise.allSettled([
    setup.complete({ body: { ...body, token } }),
    setup.complete({ body: { ...body, token } }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await setup.state({})).toEqual({ needed: false, demo: false })
  expect(await node.setup.token()).toBeNull()
  await expect(setup.complete({ body: { ...body, token } })).rejects.toThrow('setup.done')
})

test('signing in gives a cookie scripts cannot read, and who one is', async () => {
  await using node = await whoNode()
  const { organisation_id, person_id } = await node.setUp()
  const { cookie, cookies, me } = await node.signIn(admin.toUpperCase())
  expect(cookies).toEqual([
    expect.objectContaining({
      name: expect.stringMatching(/^haidang_session_\w{12}$/),
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    }),
  ])
  expect(me.person).toMatchObject({
    id: person_id,
    organisation_id,
    organisation_name: 'Trung tâm',
  })
  expect(me.node).toMatchObject({ name: 'Trung tâm thử', organisation_name: 'Trung tâm' })
  expect(await node.session({ cookie }).read({})).toEqual(me)
})

test('behind https the cookie is Secure and bound to this host', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie, cookies } = await node.signIn(admin, password, { host: 'soc.example' })
  expect(cookies[0]).toMatchObject({
    name: expect.stringMatching(/^__Host-haidang_session_/),
    secure: true,
    path: '/',
  })
  expect(cookies[0]).not.toHaveProperty('domain')
  const read = (headers: object) => node.send('GET', '/api/v1/session', undefined, headers)
  expect((await read({ cookie, host: 'soc.example' })).statusCode).toBe(200)
  expect((await read({ cookie })).statusCode).toBe(401)
})

test('an unknown e-mail, a wrong password and a disabled person are refused in the same words', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const person = await node.people(node.local).create({
    body: { organisation_id, name: 'B', email: 'b@tt.example', role_id: 'analyst', password },
  })
  await node.people(node.local).update({ params: { id: person.id }, body: { disabled: true } })
  const refusals = await Promise.all(
    [
      ['nobody@tt.example', password],
      [admin, 'wrong wrong wrong'],
      ['b@tt.example', password],
    ].map(([email, secret]) =>
      node.send('POST', '/api/v1/session', { email, password: secret }, {}),
    ),
  )
  const [first, ...others] = refusals.map((reply) => {
    const { id: _, ...body } = reply.json()
    return { status: reply.statusCode, body, cookies: reply.cookies }
  })
  expect(first).toMatchObject({ status: 401, body: { code: 'session.refused' }, cookies: [] })
  expect(others).toEqual([first, first])
})

test('after five wrong passwords even the right one must wait, and then opens', async () => {
  await using node = await whoNode()
  await node.setUp()
  for (let guess = 0; guess < 5; guess++) {
    await expect(node.signIn(admin, `wrong password ${guess}`)).rejects.toThrow('session.refused')
  }
  await expect(node.signIn(admin)).rejects.toThrow('session.locked')
  const locked = await node.send('POST', '/api/v1/session', { email: admin, password }, {})
  expect(locked.json()).toMatchObject({ code: 'session.locked', retry_after: expect.any(Number) })
  node.clock.advance(31_000)
  await expect(node.signIn(admin)).resolves.toMatchObject({ me: { person: { email: admin } } })
})

test('guesses sent all at once do not pass the lock', async () => {
  await using node = await whoNode()
  await node.setUp()
  const guesses = await Promise.allSettled(
    Array.from({ length: 12 }, (_, guess) => node.signIn(admin, `wrong password ${guess}`)),
  )
  const codes = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.code : 'in'))
  expect(codes.filter((code) => code === 'session.refused')).toHaveLength(5)
  expect(codes.filter((code) => code === 'session.locked')).toHaveLength(7)
})

test('disabling a person ends their sessions at once', async () => {
  await using node = await whoNode()
  const { organisation_id } = await node.setUp()
  const people = node.people(node.local)
  const { id } = await people.create({
    body: { organisation_id, name: 'B', email: 'b@tt.example', role_id: 'analyst', password },
  })
  const { cookie } = await node.signIn('b@tt.example')
  await node.session({ cookie }).read({})
  await people.update({ params: { id }, body: { disabled: true } })
  await people.update({ params: { id }, body: { disabled: false } })
  await expect(node.session({ cookie }).read({})).rejects.toThrow('session.required')
})

test('a new password ends every other session and replaces one’s own', async () => {
  await using node = await whoNode()
  await node.setUp()
  const [here, there] = [await node.signIn(admin), await node.signIn(admin)]
  const next = 'một mật khẩu khác hẳn'
  const change = (current: string) =>
    node.send('PATCH', '/api/v1/session', { password: { current, next } }, { cookie: here.cookie })
  expect((await change('wrong wrong wrong')).json()).toMatchObject({ code: 'password.wrong' })
  const changed = await change(password)
  expect(changed.statusCode).toBe(200)
  for (const { cookie } of [here, there]) {
    await expect(node.session({ cookie }).read({})).rejects.toThrow('session.required')
  }
  const renewed = changed.cookies
    .map(({ name, value }) => `${name}=${encodeURIComponent(value)}`)
    .join('; ')
  await node.session({ cookie: renewed }).read({})
  await expect(node.signIn(admin)).rejects.toThrow('session.refused')
  await node.signIn(admin, next)
})

test('signing out ends the session, not only the cookie', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie } = await node.signIn(admin)
  await node.session({ cookie }).close({})
  await expect(node.session({ cookie }).read({})).rejects.toThrow('session.required')
})

test('signing in again in the same browser leaves one session', async () => {
  await using node = await whoNode()
  await node.setUp()
  const first = await node.signIn(admin)
  const second = await node.signIn(admin, password, { cookie: first.cookie })
  await expect(node.session({ cookie: first.cookie }).read({})).rejects.toThrow('session.required')
  await node.session({ cookie: second.cookie }).read({})
})

test('a cookie somebody changed is nobody', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie } = await node.signIn(admin)
  const [name, value = ''] = cookie.split('=')
  const forged = `${name}=${value.slice(0, 10)}x${value.slice(11)}`
  await expect(node.session({ cookie: forged }).read({})).rejects.toThrow('session.required')
})

test('every opening, refusal and end of a session stands in the journal', async () => {
  await using node = await whoNode()
  await node.setUp()
  const { cookie } = await node.signIn(admin)
  await expect(node.signIn(admin, 'wrong wrong wrong')).rejects.toThrow()
  await node.session({ cookie }).close({})
  const { rows } = await node.database.asOwner('select type, "after" from journal order by seq')
  expect(rows.map(({ type }) => type).filter((type) => type.startsWith('session.'))).toEqual([
    'session.opened',
    'session.refused',
    'session.closed',
  ])
  expect(JSON.stringify(rows)).not.toContain('wrong wrong wrong')
  expect(await node.journal.verify()).toMatchObject({ intact: true })
})

test('an easily guessed new password is refused wherever one is set, and counts no failure', async () => {
  await using node = await whoNode()
  const { organisation_id, person_id } = await node.setUp()
  const { cookie } = await node.signIn(admin)
  const people = node.people({ cookie })
  const body = { organisation_id, name: 'Lê Văn Tám', email: 'tam@x.example', role_id: 'analyst' }
  await expect(people.create({ body: { ...body, password: 'Football123!' } })).rejects.toThrow(
    'password.common',
  )
  await expect(people.create({ body: { ...body, password: 'Lê Văn Tám 26' } })).rejects.toThrow(
    'password.personal',
  )
  await expect(
    node
      .people(node.local)
      .update({ params: { id: person_id }, body: { password: 'abcabcabcabc' } }),
  ).rejects.toThrow('password.repeated')
  for (let guess = 0; guess < 6; guess++) {
    const change = { current: password, next: 'Trung tâm 2026' }
    await expect(node.session({ cookie }).update({ body: { password: change } })).rejects.toThrow(
      'password.personal',
    )
  }
  await node.signIn(admin)
})
