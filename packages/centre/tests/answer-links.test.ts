import { randomUUID } from 'node:crypto'
import { answerLinkApi, type LinkAnswerDraft } from '@haidang/contracts/answer-link'
import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { notificationApi } from '@haidang/contracts/notification-api'
import type { OrderDraft } from '@haidang/contracts/order'
import { orderApi } from '@haidang/contracts/order-api'
import { orderMatrixApi } from '@haidang/contracts/order-matrix-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { senderOf } from './access-holding.ts'
import { type Approving, approving } from './approving.ts'
import { HandJobs } from './hand-jobs.ts'
import { MailSink, mailFacts } from './mail-sink.ts'
import { linked } from './mailing.ts'

const sink = new MailSink()
const jobs = new HandJobs()
let of: Approving
let count = 0
beforeAll(async () => {
  of = await approving({ ...mailFacts, transport: sink }, jobs)
})
afterAll(() => of?.[Symbol.asyncDispose]())

/** Another addressee, nobody of whom has an account, and its duty desk. */
async function addressed() {
  const addressee = of.addressees[count++]?.organisation_id ?? ''
  const duty = `truc-${count}@bo.example`
  const contact = { purpose: 'duty' as const, name: 'Tổ trực', email: duty }
  const params = { id: addressee }
  await createClient(contactApi, of.local).add({ params, body: contact })
  const links = createClient(answerLinkApi, senderOf(of.node))
  const mails = async (wanted: number) => {
    await expect
      .poll(async () => {
        await of.node.dispatch?.turn()
        return sink.to(duty).length
      })
      .toBe(wanted)
    return linked(sink.to(duty).at(-1), '/answer')
  }
  return {
    duty,
    links,
    addressee,
    mails,
    orders: of.an.api(orderApi),
    matrix: of.an.api(orderMatrixApi),
    issue: (change: Partial<OrderDraft> = {}) =>
      of.an.api(orderApi).issue({
        body: { ...orderDraft(of.node, addressee), tlp: 'amber', ...change },
      }),
    say: (token: string, answer: LinkAnswerDraft['answer'], change = {}) =>
      links.answer({ body: { token, request_id: randomUUID(), answer, ...change } }),
    entries: async (id: string) => {
      const { addressees } = await of.an.api(orderApi).get({ params: { id } })
      return addressees[0]?.entries ?? []
    },
  }
}

test('a contact without an account answers from its mail, and the ladder keeps who it was', async () => {
  const to = await addressed()
  const { id, number } = await to.issue()
  const token = await to.mails(1)
  const stored = await of.node.database.asOwner(
    `select l::text as link, d.sealed from answer_link l join delivery d on d.object_id = l.subject
     where l.subject = '${id}'`,
  )
  expect(JSON.stringify(stored.rows)).not.toContain(token)
  expect(stored.rows).toMatchObject([{ sealed: '' }])

  const before = await to.links.read({ body: { token } })
  expect(before).toMatchObject({
    state: 'open',
    number,
    contact_name: 'Tổ trực',
    answers: ['accepted', 'completed', 'help', 'disputed'],
    order: { id, mine: 'addressee', actions: [{ id: 'a' }] },
  })
  expect((await to.entries(id)).map(({ step }) => step)).toEqual(['issued', 'delivered'])

  await to.say(token, 'accepted')
  await expect(to.say(token, 'help', { note: '' })).rejects.toThrow('order.reason-required')
  await to.say(token, 'help', { note: 'Không có thiết bị chặn' })
  const results = [{ action_id: 'a', outcome: 'partial' as const, note: '' }]
  await expect(to.say(token, 'completed', { results })).rejects.toThrow('order.reason-required')
  const files = [{ name: 'nhật ký.txt', media_type: 'text/plain', content: btoa('da chan') }]
  const done = await to.say(token, 'completed', {
    results: results.map((one) => ({ ...one, note: 'Còn một máy' })),
    files,
  })
  expect(done).toMatchObject({ state: 'answered', answers: [] })
  expect(done.order?.addressees[0]?.entries.at(-1)).toMatchObject({
    step: 'completed',
    proof: null,
  })

  const said = await to.entries(id)
  expect(said.map(({ step, via, help }) => `${step} ${via} ${help}`)).toEqual([
    'issued portal false',
    'delivered system false',
    'read mail false',
    'accepted mail false',
    'acting mail false',
    'progressed mail true',
    'completed mail false',
  ])
  expect(said.at(-1)).toMatchObject({
    actor_name: 'Tổ trực',
    evidence: [{ name: 'nhật ký.txt', size: 7 }],
    proof: {
      link_id: expect.stringMatching(/^lnk_/),
      contact_id: expect.stringMatching(/^cpt_/),
      address: to.duty,
      ip: '127.0.0.1',
    },
  })
  const bell = async () => {
    const query = { filter: `object_id:${id}` }
    const { items } = await of.an.api(notificationApi).list({ query })
    return items.map(({ kind }) => kind).toSorted()
  }
  await expect.poll(bell).toEqual(['order-answered', 'order-help'])
  const journaled = await of.node.database.asOwner(
    `select actor_id, after -> 'proof' ->> 'ip' as ip from journal
     where type = 'order.stepped' and subject = '${id}' and after ->> 'via' = 'mail'`,
  )
  expect(journaled.rows).toHaveLength(3)
  for (const row of journaled.rows) {
    expect(row).toMatchObject({ actor_id: expect.stringMatching(/^cpt_/), ip: '127.0.0.1' })
  }
})

test('a link ends with the contact point it was sent to: another address, or none', async () => {
  const to = await addressed()
  const contacts = createClient(contactApi, of.local)
  const { items } = await contacts.list({ query: { filter: `email:${to.duty}` } })
  const params = { id: to.addressee, contact: items[0]?.id ?? '' }
  await to.issue()
  const token = await to.mails(1)
  expect(await to.links.read({ body: { token } })).toMatchObject({ state: 'open' })
  await contacts.change({ params, body: { email: `khac-${to.duty}` } })
  await expect(to.links.read({ body: { token } })).rejects.toThrow('order.link-unknown')
  await expect(to.say(token, 'accepted')).rejects.toThrow('order.link-unknown')
  await contacts.change({ params, body: { email: to.duty } })
  expect(await to.links.read({ body: { token } })).toMatchObject({ state: 'open' })
  await contacts.remove({ params })
  await expect(to.links.read({ body: { token } })).rejects.toThrow('order.link-unknown')
})

test('the same answer again changes nothing, and an answer overtaken by another is told so', async () => {
  const to = await addressed()
  const { id } = await to.issue()
  const token = await to.mails(1)
  const { order } = await to.links.read({ body: { token } })
  const seen = order?.addressees[0]?.entries.at(-1)?.id
  const request_id = randomUUID()
  const first = await to.say(token, 'disputed', { request_id, note: 'Không phải máy của đơn vị' })
  expect(await to.say(token, 'disputed', { request_id, note: 'Không phải' })).toEqual(first)
  expect(await to.entries(id)).toHaveLength(4)
  await expect(to.say(token, 'accepted', { seen })).rejects.toThrow('order.moved-on')
  await to.say(token, 'completed', { results: [{ action_id: 'a', outcome: 'done' }] })
  await expect(to.say(token, 'accepted')).rejects.toThrow('order.moved-on')
})

test('a forged, an expired, a withdrawn link are told apart in words and tell nothing else', async () => {
  const to = await addressed()
  const forged = 'x'.repeat(43)
  await expect(to.links.read({ body: { token: forged } })).rejects.toThrow('order.link-unknown')
  await expect(to.say(forged, 'accepted')).rejects.toThrow('order.link-unknown')
  const { id } = await to.issue()
  const token = await to.mails(1)
  await to.orders.withdraw({ params: { id }, body: { reason: 'Gửi nhầm đơn vị' } })
  expect(await to.links.read({ body: { token } })).toMatchObject({
    state: 'withdrawn',
    withdrawal: 'Gửi nhầm đơn vị',
    answers: [],
    order: null,
  })
  await expect(to.say(token, 'accepted')).rejects.toThrow('order.withdrawn')
  await of.node.database.asOwner(
    `update answer_link set expires_at = '2026-01-01' where subject = '${id}'`,
  )
  await expect(to.links.read({ body: { token } })).rejects.toThrow('order.link-expired')
  await expect(to.say(token, 'accepted')).rejects.toThrow('order.link-expired')
})

test('a changed order is told with a new link; the former one says that there is a newer version', async () => {
  const to = await addressed()
  const { id } = await to.issue()
  const old = await to.mails(1)
  await to.say(old, 'accepted')
  const body = { version: 1, reason: 'Thêm máy', title: 'Lệnh thử, bản hai' }
  await to.matrix.amend({ params: { id }, body })
  const token = await to.mails(2)
  expect(sink.to(to.duty).at(-1)?.subject).toContain('đã sửa đổi: Lệnh thử, bản hai')
  expect(sink.to(to.duty).at(-1)?.text).toContain('Lý do: Thêm máy.')
  expect(await to.links.read({ body: { token: old } })).toMatchObject({
    state: 'replaced',
    order: null,
  })
  await expect(to.say(old, 'completed')).rejects.toThrow('order.replaced')
  const read = await to.links.read({ body: { token } })
  expect(read).toMatchObject({ state: 'open', order: { version: 2 } })
  await to.say(token, 'accepted')
})

test('a reminder carries a link, too; an order withdrawn for one addressee is told to it', async () => {
  const to = await addressed()
  const { id } = await to.issue()
  await to.mails(1)
  const organisations = [to.addressee]
  await to.matrix.remind({ params: { id }, body: { organisations, note: 'Sắp đến hạn' } })
  const token = await to.mails(2)
  expect(sink.to(to.duty).at(-1)?.text).toContain('Lời nhắn: Sắp đến hạn.')
  expect((await to.links.read({ body: { token } })).state).toBe('open')
  const params = { id, organisation: to.addressee }
  await to.matrix.release({ params, body: { reason: 'Không còn cần' } })
  await to.mails(3)
  expect(sink.to(to.duty).at(-1)?.subject).toContain('đã thu hồi')
  expect((await to.links.read({ body: { token } })).state).toBe('withdrawn')
})

test('what is above TLP:AMBER is not shown by a link', async () => {
  const to = await addressed()
  const { title, number } = await to.issue({ tlp: 'red' })
  const token = await to.mails(1)
  const shown = await to.links.read({ body: { token } })
  expect(shown).toMatchObject({ state: 'sign-in', order: null, number: '' })
  expect(JSON.stringify(shown)).not.toContain(title)
  expect(JSON.stringify(shown)).not.toContain(number)
  await expect(to.say(token, 'accepted')).rejects.toThrow('order.sign-in-required')
})

test('an order to many is told in portions; a portion that dies is told again, and each addressee once', async () => {
  const to = await addressed()
  // Columns the database reckons by itself are left out.
  await of.node.database.asOwner(`do $$ declare kept text; taken text; begin
    select string_agg(column_name, ', '), string_agg('r.' || column_name, ', ') into kept, taken
    from information_schema.columns where table_name = 'organisation' and is_generated = 'NEVER';
    execute format('insert into organisation (%s) select %s from organisation o,
      generate_series(1, 250) n, jsonb_populate_record(o, jsonb_build_object(
        ''id'', ''org_00000000-0000-7000-8000-'' || lpad(n::text, 12, ''0''),
        ''code'', ''M.'' || n)) r where o.id = %L', kept, taken, '${to.addressee}'); end $$`)
  await of.node.database.asOwner(
    `insert into contact_point select (jsonb_populate_record(c, jsonb_build_object(
       'id', 'cpt_00000000-0000-7000-8000-' || lpad(n::text, 12, '0'),
       'organisation_id', 'org_00000000-0000-7000-8000-' || lpad(n::text, 12, '0'),
       'email', 'm' || n || '@bo.example'))).*
     from contact_point c, generate_series(1, 250) n where c.organisation_id = '${to.addressee}'`,
  )
  const many = Array.from({ length: 250 }, (_, n) => ({
    organisation_id: `org_00000000-0000-7000-8000-${String(n + 1).padStart(12, '0')}`,
    role: 'lead' as const,
  }))
  const payload = {
    ...orderDraft(of.node, to.addressee),
    tlp: 'amber' as const,
    title: 'Lệnh tới nhiều nơi',
    addressees: many,
  }
  const act = { kind: 'order.issue' as const, payload }
  const asked = await of.an.api(approvalApi).ask({ body: { act, reason: 'nhiều nơi nhận' } })
  await of.approve(of.binh, asked.id)
  const told = async () => {
    const { rows } = await of.node.database.asOwner(
      `select count(*)::int as all, count(distinct contact_id)::int as each from notification
       where kind = 'order-given' and title like '%Lệnh tới nhiều nơi'`,
    )
    return rows[0]
  }
  await expect.poll(told, { timeout: 20_000 }).toEqual({ all: 100, each: 100 })
  await of.node.database.asOwner(
    "alter table notification add constraint dies check (organisation_id not like '%150')",
  )
  await expect(jobs.run('tidings')).rejects.toThrow()
  expect(await told()).toEqual({ all: 100, each: 100 })
  await of.node.database.asOwner('alter table notification drop constraint dies')
  await jobs.run('tidings')
  expect(await told()).toEqual({ all: 250, each: 250 })
  const left = await of.node.database.asOwner('select count(*)::int as rounds from telling_round')
  expect(left.rows).toEqual([{ rounds: 0 }])
})
