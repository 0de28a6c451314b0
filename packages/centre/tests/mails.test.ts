import { contactVerificationApi } from '@haidang/contracts/contact-point'
import { invitationApi, recoveryApi } from '@haidang/contracts/invitation-api'
import { systemScope } from '@haidang/runtime/database/database'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deliveries, linked, mailing } from './mailing.ts'

const minute = 60_000
const day = 1440 * minute

test('an invitation goes out by mail, its link works, and nothing of it stays in the database', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  const invited = await node.client(invitationApi, node.local).create({ body: of.newcomer })
  expect(invited.mailed).toBe(true)
  const sealed = () =>
    node.database.transact(systemScope, (tx) => tx.execute(sql`select sealed from delivery`))
  expect(JSON.stringify((await sealed()).rows)).not.toContain(invited.token)
  expect(await dispatch.turn()).toBe(1)
  expect(await dispatch.turn()).toBe(0)
  const [mail] = sink.to(of.newcomer.email)
  expect(mail?.subject).toBe('[MÔ PHỎNG] Lời mời dùng Hải Đăng tại Trung tâm')
  expect(mail?.text).toContain('Liên kết dùng một lần, đến 29/11/2026 09:00 (giờ Việt Nam).')
  const token = linked(mail, '/invitation')
  expect(token).toBe(invited.token)
  expect(mail?.html).toContain(`/invitation#${token}`)
  expect((await sealed()).rows).toEqual([{ sealed: '' }])
  await node.client(invitationApi).accept({ body: { token, name: 'Mới', password: of.password } })
})

test('a recovery link is mailed, unless it forgets second factors', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  const { id, email } = await of.member()
  const recovery = node.client(recoveryApi, node.local)
  expect((await recovery.issue({ params: { id }, body: { factors: true } })).mailed).toBe(false)
  const issued = await recovery.issue({ params: { id }, body: {} })
  expect(issued.mailed).toBe(true)
  await dispatch.turn()
  expect(sink.mails).toHaveLength(1)
  expect(linked(sink.to(email)[0], '/recovery')).toBe(issued.token)
})

test('a contact point confirms itself by the link in its mail', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  const { contact, asked } = await of.askContact('truc@tt.example')
  expect(asked.mailed).toBe(true)
  await dispatch.turn()
  const token = linked(sink.to('truc@tt.example')[0], '/verify-contact')
  const verification = node.client(contactVerificationApi)
  expect(await verification.answer({ body: { token } })).toEqual({ state: 'verified' })
  const { asked: without } = await of.askContact('')
  expect(without.mailed).toBe(false)
  expect(contact.email).toBe('truc@tt.example')
})

test('a server that dies after it took a mail gets the same mail again, under the same Message-ID', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  await node.client(invitationApi, node.local).create({ body: of.newcomer })
  sink.isCutOff = true
  await dispatch.turn()
  expect(await deliveries(of)).toMatchObject([
    { state: 'queued', cause: 'unreachable', attempts: 1, answer: 'the connection was closed' },
  ])
  sink.isCutOff = false
  expect(await dispatch.turn()).toBe(0)
  node.clock.advance(minute)
  expect(await dispatch.turn()).toBe(1)
  const [first, second, ...more] = sink.mails
  expect(second).toEqual(first)
  expect(more).toEqual([])
  expect(await deliveries(of)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('a mail that cannot be written waits, and keeps no other back', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  const invitations = node.client(invitationApi, node.local)
  await invitations.create({ body: of.newcomer })
  const broken = sql`update delivery set sealed = 'hỏng'`
  await node.database.transact(systemScope, (tx) => tx.execute(broken))
  for (const email of ['hai@tt.example', 'ba@tt.example', 'tu@tt.example']) {
    await invitations.create({ body: { ...of.newcomer, email } })
  }
  expect(await dispatch.turn()).toBe(4)
  expect(sink.mails).toHaveLength(3)
  const waiting = (await deliveries(of)).filter(({ state }) => state !== 'sent')
  expect(waiting).toMatchObject([{ state: 'queued', attempts: 1 }])
})

test('what a node had begun to send when it died goes out after the lease, or as soon as it is back', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  await node.client(invitationApi, node.local).create({ body: of.newcomer })
  const dying = of.dispatchThrough({
    send: () => new Promise(() => undefined),
    close: () => undefined,
  })
  void dying.turn()
  await expect.poll(async () => (await deliveries(of))[0]?.attempts).toBe(1)
  expect(await dispatch.turn()).toBe(0)
  node.clock.advance(5 * minute)
  void dying.turn()
  await expect.poll(async () => (await deliveries(of))[0]?.attempts).toBe(2)
  expect(await dispatch.turn()).toBe(0)
  await dispatch.resume()
  expect(await dispatch.turn()).toBe(1)
  expect(sink.mails).toHaveLength(1)
  await dispatch.resume()
  expect(await dispatch.turn()).toBe(0)
})

test('after three days of trying it has failed, and its link is forgotten', async () => {
  await using of = await mailing()
  const { node, sink, dispatch } = of
  await node.client(invitationApi, node.local).create({ body: of.newcomer })
  sink.isCutOff = true
  for (let n = 0; n < 40; n++) {
    await dispatch.turn()
    node.clock.advance(day / 4)
  }
  expect(await deliveries(of)).toMatchObject([{ state: 'failed', cause: 'too-old' }])
  expect(sink.mails.length).toBeLessThan(20)
})

test('an address for which too much waits gets no more', async () => {
  await using of = await mailing()
  const { node, organisation_id } = of
  const recipient = {
    organisation_id,
    person_id: null,
    contact_id: 'cpt_trực',
    name: 'Tổ trực',
    address: 'truc@tt.example',
    language: 'vi' as const,
  }
  const about = {
    kind: 'station-silent' as const,
    object_id: 'sta_1',
    tlp_rank: 0,
    path: '',
    sender_id: null,
    sender_person_id: null,
    facts: () => ({ station: 'Trạm 1', organisation: 'Trung tâm' }),
  }
  await node.database.transact(systemScope, async (tx) => {
    for (let n = 0; n < 201; n++) {
      await node.outbox.notifications.tell(tx, { ...about, once: `lần ${n}` }, [recipient])
    }
    await node.outbox.notifications.tell(tx, { ...about, once: 'lần 0' }, [recipient])
  })
  const states = (await deliveries(of)).map(({ state, cause }) => `${state} ${cause}`)
  expect(states.filter((state) => state === 'queued ')).toHaveLength(200)
  expect(states.filter((state) => state === 'suppressed too-many')).toHaveLength(1)
})
