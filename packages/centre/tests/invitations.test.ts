import { factorApi } from '@haidang/contracts/factor-api'
import { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { totpCode, totpStep } from '../src/modules/factors/totp.ts'
import { password, whoNode } from './who-node.ts'

let node: Awaited<ReturnType<typeof whoNode>>
let organisation_id: string
let count = 0
const admin = 'quan-tri@tt.example'
const day = 86_400_000

beforeAll(async () => {
  node = await whoNode()
  organisation_id = (await node.setUp()).organisation_id
})
afterAll(() => node[Symbol.asyncDispose]())

const invitations = () => node.client(invitationApi, node.local)
const recovery = () => node.client(recoveryApi, node.local)
const strangers = () => node.client(invitationApi)
const lost = () => node.client(recoveryApi)

function invite(change: { role_id?: string; days?: number; email?: string } = {}) {
  const email = `moi-${++count}@tt.example`
  const body = { organisation_id, role_id: 'analyst', email, name: 'Người mới', ...change }
  return invitations().create({ body })
}

async function member() {
  const { token } = await invite()
  const { email } = await strangers().accept({ body: { token, name: 'Thành viên', password } })
  const { items } = await node.people(node.local).list({ query: { limit: 100 } })
  const person = items.find((each) => each.email === email)
  if (!person) throw new Error('nobody was made')
  return person
}

test('an invitation makes one account, in the role it was given for', async () => {
  const { token, invitation } = await invite({ role_id: 'watch-officer' })
  expect(await strangers().show({ body: { token } })).toMatchObject({
    email: invitation.email,
    organisation_name: 'Trung tâm',
    role_en: 'Watch officer',
  })
  const accept = () => strangers().accept({ body: { token, name: 'Lê Thị Mai', password } })
  const both = await Promise.allSettled([accept(), accept()])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const { me } = await node.signIn(invitation.email)
  expect(me.person).toMatchObject({ name: 'Lê Thị Mai', role_id: 'watch-officer', organisation_id })
  await expect(accept()).rejects.toThrow('access-link.wrong')
})

test('wrong, used, taken back and old links are refused in the same words', async () => {
  const revoked = await invite()
  await invitations().revoke({ params: { id: revoked.invitation.id } })
  const old = await invite({ days: 1 })
  node.clock.advance(day + 1)
  const answers = await Promise.all(
    ['x'.repeat(47), revoked.token, old.token].map((token) =>
      node.send('POST', '/api/v1/invitations/show', { token }, {}),
    ),
  )
  const bodies = answers.map((reply) => ({ ...reply.json(), id: '' }))
  expect(bodies[0]).toMatchObject({ code: 'access-link.wrong', status: 403 })
  expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]])
})

test('nobody invites into a role that may do more than themselves, nor an address in use', async () => {
  await expect(invite({ email: admin.toUpperCase() })).rejects.toThrow('person.email-taken')
  await node.database.asOwner(
    `insert into role (id, name_vi, name_en, clearance, scope, permissions)
     values ('clerk', 'x', 'x', 'green', 'node', '["person.read", "person.manage"]')`,
  )
  const { token, invitation } = await invite({ role_id: 'clerk' })
  await strangers().accept({ body: { token, name: 'x', password } })
  const { cookie } = await node.signIn(invitation.email)
  const body = { organisation_id, role_id: 'administrator', email: 'x@tt.example', name: 'x' }
  await expect(node.client(invitationApi, { cookie }).create({ body })).rejects.toThrow(
    'permission.missing',
  )
})

test('neither link lies readable in the database or the journal', async () => {
  const { token } = await invite()
  const { id } = await member()
  const link = await recovery().issue({ params: { id }, body: {} })
  const { rows } = await node.database.asOwner(
    `select row_to_json(i)::text as row from invitation i union all
     select row_to_json(r)::text from auth.recovery_link r union all
     select row_to_json(j)::text from journal j`,
  )
  expect(rows.length).toBeGreaterThan(10)
  for (const secret of [token, link.token]) expect(JSON.stringify(rows)).not.toContain(secret)
})

test('a recovery link sets a new password once, ends every session, and leaves the second factor', async () => {
  const { id, email } = await member()
  const { cookie } = await node.signIn(email)
  const factors = node.client(factorApi, { cookie })
  const { secret } = await factors.beginTotp({ body: {} })
  const code = () => totpCode(secret, totpStep(node.clock.now()))
  await factors.confirmTotp({ body: { code: code() } })
  const first = await recovery().issue({ params: { id }, body: {} })
  const { token } = await recovery().issue({ params: { id }, body: {} })
  const next = 'một mật khẩu khác hẳn'
  await expect(lost().use({ body: { token: first.token, password: next } })).rejects.toThrow(
    'access-link.wrong',
  )
  expect(await lost().show({ body: { token } })).toMatchObject({ email, factors: false })
  await lost().use({ body: { token, password: next } })
  await expect(lost().use({ body: { token, password: next } })).rejects.toThrow('access-link.wrong')
  await expect(node.session({ cookie }).read({})).rejects.toThrow('session.required')
  await expect(node.signIn(email, next)).rejects.toThrow('session.factor-required')
})

test('where the device is lost, too, the link takes the second factor away', async () => {
  const { id, email } = await member()
  const { cookie } = await node.signIn(email)
  const factors = node.client(factorApi, { cookie })
  const { secret } = await factors.beginTotp({ body: {} })
  await factors.confirmTotp({
    body: { code: totpCode(secret, totpStep(node.clock.now())) },
  })
  const { token } = await recovery().issue({ params: { id }, body: { factors: true } })
  await lost().use({ body: { token, password: 'một mật khẩu khác hẳn' } })
  await node.signIn(email, 'một mật khẩu khác hẳn')
})

test('nobody recovers themselves, somebody who may do more, or a disabled person', async () => {
  const { cookie, me } = await node.signIn(admin)
  const own = node.client(recoveryApi, { cookie })
  await expect(own.issue({ params: { id: me.person.id }, body: {} })).rejects.toThrow(
    'recovery.own',
  )
  const { id } = await member()
  const { token } = await own.issue({ params: { id }, body: {} })
  await node.people(node.local).update({ params: { id }, body: { disabled: true } })
  await expect(lost().use({ body: { token, password } })).rejects.toThrow('access-link.wrong')
})

test('each step stands in the journal', async () => {
  const { rows } = await node.database.asOwner('select distinct type from journal')
  expect(rows.map(({ type }) => type)).toEqual(
    expect.arrayContaining([
      'invitation.created',
      'invitation.accepted',
      'invitation.revoked',
      'recovery.issued',
      'recovery.used',
    ]),
  )
})
