import { randomUUID } from 'node:crypto'
import type { AdvisoryContent, Assessment } from '@haidang/contracts/advisory'
import { advisoryAnswerLinkApi } from '@haidang/contracts/advisory-answer-link'
import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { answerLinkApi } from '@haidang/contracts/answer-link'
import { createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { notificationApi } from '@haidang/contracts/notification-api'
import { orderApi } from '@haidang/contracts/order-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advisoryOf } from './access-advisory.ts'
import { orderDraft } from './access-drafts.ts'
import { senderOf } from './access-holding.ts'
import { type Approving, approving } from './approving.ts'
import { MailSink, mailFacts } from './mail-sink.ts'
import { linked } from './mailing.ts'

const sink = new MailSink()
let of: Approving
let count = 0
beforeAll(async () => {
  of = await approving({ ...mailFacts, transport: sink })
})
afterAll(() => of?.[Symbol.asyncDispose]())

/** Another addressee, nobody of whom has an account, and its duty desk. */
async function addressed() {
  const organisation_id = of.addressees[count++]?.organisation_id ?? ''
  const duty = `truc-${count}@bo.example`
  const contact = { purpose: 'duty' as const, name: 'Tổ trực', email: duty }
  await createClient(contactApi, of.local).add({ params: { id: organisation_id }, body: contact })
  const links = createClient(advisoryAnswerLinkApi, senderOf(of.node))
  const drafts = of.an.api(advisoryDraftApi)
  const publish = async ({ id, revision }: { id: string; revision: number }) => {
    await of.node.database.asOwner(`update advisory_draft set stage = 'approved' where id = $1`, [
      id,
    ])
    return drafts.publish({ params: { id }, body: { revision } })
  }
  return {
    duty,
    organisation_id,
    links,
    advisories: of.an.api(advisoryApi),
    mails: async (wanted: number, path = '/answer/advisory') => {
      await expect
        .poll(async () => {
          await of.node.dispatch?.turn()
          return sink.to(duty).length
        })
        .toBe(wanted)
      return linked(sink.to(duty).at(-1), path)
    },
    publish: async (change: Partial<AdvisoryContent> = {}) =>
      publish(
        await drafts.create({
          body: {
            content: { ...advisoryOf('amber'), ...change },
            addressees: [{ organisation_id, details: ['192.0.2.10 cổng 443'] }],
          },
        }),
      ),
    revise: async (id: string, change_note: string) => {
      const draft = await drafts.revise({ params: { id } })
      const content = { ...draft.content, severity: 'critical' as const }
      const body = { revision: draft.revision, content, change_note }
      return publish(await drafts.change({ params: { id }, body }))
    },
    say: (token: string, assessment: Assessment, change = {}) =>
      links.answer({ body: { token, request_id: randomUUID(), assessment, ...change } }),
    entries: async (id: string) => {
      const params = { id, organisation: organisation_id }
      return (await of.an.api(advisoryApi).ladder({ params })).entries
    },
  }
}

test('a contact without an account answers an advisory from its mail, and the ladder keeps who it was', async () => {
  const to = await addressed()
  const { id, number } = await to.publish()
  const token = await to.mails(1)
  const stored = await of.node.database.asOwner(
    `select l::text as link, d.sealed from answer_link l join delivery d on d.object_id = l.subject
     where l.subject = '${id}'`,
  )
  expect(JSON.stringify(stored.rows)).not.toContain(token)
  expect(stored.rows).toMatchObject([{ sealed: '' }])

  expect(await to.links.read({ body: { token } })).toMatchObject({
    state: 'open',
    number,
    contact_name: 'Tổ trực',
    answers: ['affected', 'not_affected', 'patched', 'mitigated', 'need_help'],
    advisory: { id, mine: 'addressee', own: { details: ['192.0.2.10 cổng 443'] } },
  })
  expect((await to.entries(id)).map(({ step }) => step)).toEqual(['delivered'])

  await expect(to.say(token, 'need_help')).rejects.toThrow('advisory.note-required')
  await to.say(token, 'need_help', { note: 'Không có bản vá' })
  const done = await to.say(token, 'patched', { note: 'Đã nâng cả hai máy' })
  expect(done).toMatchObject({
    state: 'answered',
    answers: [],
    advisory: { own: { step: 'remediated' } },
  })

  const said = await to.entries(id)
  expect(said.map(({ step, assessment }) => `${step} ${assessment}`)).toEqual([
    'delivered null',
    'assessed need_help',
    'remediated patched',
  ])
  expect(said.at(-1)).toMatchObject({
    actor_name: 'Tổ trực',
    note: 'Đã nâng cả hai máy',
    proof: {
      link_id: expect.stringMatching(/^lnk_/),
      contact_id: expect.stringMatching(/^cpt_/),
      address: to.duty,
      ip: '127.0.0.1',
    },
  })
  const bell = async () => {
    const query = { filter: `object_id:${id} kind:advisory-help` }
    return (await of.an.api(notificationApi).list({ query })).items.length
  }
  await expect.poll(bell).toBe(1)
  const journaled = await of.node.database.asOwner(
    `select actor_id, after -> 'proof' ->> 'address' as address from journal
     where type = 'advisory.stepped' and subject = '${id}' and authority = 'advisory.answer'`,
  )
  expect(journaled.rows).toHaveLength(2)
  for (const row of journaled.rows) {
    expect(row).toMatchObject({ actor_id: expect.stringMatching(/^cpt_/), address: to.duty })
  }
})

test('the same request again changes nothing, and what was answered already is not answered anew by the link', async () => {
  const to = await addressed()
  const { id } = await to.publish()
  const token = await to.mails(1)
  const request_id = randomUUID()
  const [first, second] = await Promise.all([
    to.say(token, 'not_affected', { request_id }),
    to.say(token, 'not_affected', { request_id }),
  ])
  expect(first).toEqual(second)
  expect(await to.say(token, 'not_affected', { request_id })).toEqual(first)
  expect(await to.entries(id)).toHaveLength(2)
  await expect(to.say(token, 'not_affected')).rejects.toThrow('advisory.answered')
  await expect(to.say(token, 'affected')).rejects.toThrow('advisory.answered')
  const body = {
    organisation_id: to.organisation_id,
    verdict: 'returned',
    note: 'Nêu rõ máy',
  } as const
  await to.advisories.judge({ params: { id }, body })
  const again = await to.mails(2)
  await to.say(again, 'mitigated')
  expect((await to.entries(id)).at(-1)).toMatchObject({
    step: 'remediated',
    assessment: 'mitigated',
  })
})

test('a new version has a new link; the former one says so, and a cancelled advisory says why', async () => {
  const to = await addressed()
  const { id } = await to.publish()
  const old = await to.mails(1)
  await to.revise(id, 'Đã bị khai thác')
  const token = await to.mails(2)
  expect(await to.links.read({ body: { token: old } })).toMatchObject({
    state: 'replaced',
    advisory: null,
  })
  await expect(to.say(old, 'patched')).rejects.toThrow('advisory.replaced')
  expect(await to.links.read({ body: { token } })).toMatchObject({
    state: 'open',
    advisory: { version: 2 },
  })
  await to.advisories.cancel({ params: { id }, body: { reason: 'Nhầm sản phẩm' } })
  expect(await to.links.read({ body: { token } })).toMatchObject({
    state: 'cancelled',
    cancellation: 'Nhầm sản phẩm',
    answers: [],
    advisory: null,
  })
  await expect(to.say(token, 'patched')).rejects.toThrow('advisory.cancelled')
  expect((await to.entries(id)).map(({ step }) => step)).toEqual(['delivered', 'delivered'])
})

test('a forged link, one of an order, one out of time and one of a contact that left are refused', async () => {
  const to = await addressed()
  const forged = 'x'.repeat(43)
  await expect(to.links.read({ body: { token: forged } })).rejects.toThrow('advisory.link-unknown')
  await expect(to.say(forged, 'patched')).rejects.toThrow('advisory.link-unknown')
  await of.an.api(orderApi).issue({
    body: { ...orderDraft(of.node, to.organisation_id), tlp: 'amber' },
  })
  const ofOrder = await to.mails(1, '/answer')
  await expect(to.say(ofOrder, 'patched')).rejects.toThrow('advisory.link-unknown')

  const { id } = await to.publish()
  const token = await to.mails(2)
  const orders = createClient(answerLinkApi, senderOf(of.node))
  await expect(orders.read({ body: { token } })).rejects.toThrow('order.link-unknown')
  const contacts = createClient(contactApi, of.local)
  const { items } = await contacts.list({ query: { filter: `email:${to.duty}` } })
  const params = { id: to.organisation_id, contact: items[0]?.id ?? '' }
  await contacts.change({ params, body: { email: `khac-${to.duty}` } })
  await expect(to.say(token, 'patched')).rejects.toThrow('advisory.link-unknown')
  await contacts.change({ params, body: { email: to.duty } })
  await of.node.database.asOwner(
    `update answer_link set expires_at = '2026-01-01' where subject = '${id}'`,
  )
  await expect(to.links.read({ body: { token } })).rejects.toThrow('advisory.link-expired')
  await expect(to.say(token, 'patched')).rejects.toThrow('advisory.link-expired')
})

test.each(['amber+strict', 'red'] as const)('what is %s is not shown by a link', async (tlp) => {
  const to = await addressed()
  const title = { vi: 'Điều không ai ngoài được biết', en: '' }
  const { number } = await to.publish({ tlp, title })
  const token = await to.mails(1)
  const shown = await to.links.read({ body: { token } })
  expect(shown).toMatchObject({ state: 'sign-in', advisory: null, number: '' })
  expect(JSON.stringify(shown)).not.toContain(title.vi)
  expect(JSON.stringify(shown)).not.toContain(number)
  await expect(to.say(token, 'patched')).rejects.toThrow('advisory.sign-in-required')
})
