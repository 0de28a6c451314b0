import { accessPolicyApi, sessionListApi } from '@haidang/contracts/factor-api'
import { sessionApi } from '@haidang/contracts/person-api'
import { expect, test } from 'vitest'
import { password, whoNode } from './who-node.ts'

const admin = 'quan-tri@tt.example'
const email = 'lan@tt.example'

async function signedInTwice() {
  const node = await whoNode()
  const { organisation_id } = await node.setUp()
  const administrator = { cookie: (await node.signIn(admin)).cookie }
  const { id } = await node.people(administrator).create({
    body: { email, name: 'Lan', organisation_id, role_id: 'analyst', language: 'vi', password },
  })
  const enter = async (secret = password) => ({
    cookie: (await node.signIn(email, secret)).cookie,
  })
  const [one, other] = [await enter(), await enter()]
  const why = async ({ cookie }: { cookie: string }) =>
    (await node.client(sessionApi, { cookie }).ended({})).ended
  return {
    node,
    administrator,
    id,
    enter,
    one,
    other,
    why,
    [Symbol.asyncDispose]: () => node[Symbol.asyncDispose](),
  }
}

test('whoever was signed in is told why it ended', { timeout: 120_000 }, async () => {
  await using site = await signedInTwice()
  const { node, administrator, id, enter, one, other, why } = site
  expect(await why(one)).toBeNull()
  await node.client(sessionListApi, one).endOthers({})
  expect(await why(other)).toMatchObject({
    reason: 'ended-by-self',
    ended_at: expect.stringMatching(/Z$/),
  })
  const again = await enter()
  const next = 'mot-mat-khau-khac-han-1'
  await node.session(one).update({ body: { password: { current: password, next } } })
  expect(await why(again)).toMatchObject({ reason: 'password-changed' })
  const third = await enter(next)
  await node.client(sessionListApi, administrator).endOfPerson({ params: { id } })
  expect(await why(third)).toMatchObject({ reason: 'ended-by-administrator' })
  const fourth = await enter(next)
  await node.people(administrator).update({ params: { id }, body: { disabled: true } })
  expect(await why(fourth)).toMatchObject({ reason: 'disabled' })
})

test('a session unused for too long, and one too old, say which of the two it was', async () => {
  await using site = await signedInTwice()
  const { node, administrator, id, one, other, why } = site
  const { idle_minutes, absolute_hours } = await node
    .client(accessPolicyApi, administrator)
    .read({})
  const later = (cookie: string, column: string, seconds: number) =>
    node.database.asOwner(
      `update auth.session set ${column} = ${column} - make_interval(secs => $2) where user_id = $1
       and token = $3`,
      [id, seconds, decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0]],
    )
  await later(one.cookie, 'last_used_at', idle_minutes * 60 + 120)
  expect(await why(one)).toMatchObject({ reason: 'idle' })
  await later(other.cookie, 'created_at', absolute_hours * 3600 + 120)
  expect(await why(other)).toMatchObject({ reason: 'expired' })
})

test('nobody else is told anything', async () => {
  await using site = await signedInTwice()
  const { node, one, why } = site
  const [name = ''] = one.cookie.split('=')
  for (const cookie of [
    '',
    `${name}=`,
    `${name}=${'x'.repeat(32)}.sig`,
    'other=x',
    `${name}=%00`,
  ]) {
    expect(await why({ cookie }), cookie).toBeNull()
  }
  await node.session(one).close({})
  expect(await why({ cookie: one.cookie })).toMatchObject({ reason: 'signed-out' })
  const { rows } = await node.database.asOwner('select * from auth.session_end')
  expect(JSON.stringify(rows)).not.toContain(one.cookie.split('=')[1]?.slice(0, 20))
})
