import { advisoryApi, advisoryDraftApi } from '@haidang/contracts/advisory-api'
import { createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { notificationApi } from '@haidang/contracts/notification-api'
import { personApi, sessionApi } from '@haidang/contracts/person-api'
import { isoOf } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { advisoryOf } from './access-advisory.ts'
import { password } from './access-holding.ts'
import { approving, type Signed } from './approving.ts'
import { MailSink, mailFacts, portal } from './mail-sink.ts'

const heard = async (who: Signed) => (await who.api(notificationApi).list({ query: {} })).items
const told = async (who: Signed) => (await heard(who)).map(({ kind }) => kind)

/** A centre with mail, an addressee with a focal point who reads English, and a duty desk without an account. */
async function telling() {
  const sink = new MailSink()
  const of = await approving({ ...mailFacts, transport: sink })
  const [one, other] = of.addressees
  const id = one?.organisation_id ?? ''
  const email = 'dau-moi@bo.example'
  const body = { organisation_id: id, name: 'Đầu mối', email, role_id: 'focal-point', password }
  await createClient(personApi, of.local).create({ body })
  const contact = { purpose: 'duty' as const, name: 'Tổ trực', email: 'truc@bo.example' }
  await createClient(contactApi, of.local).add({ params: { id }, body: contact })
  const focal = await of.signIn('', email)
  await focal.api(sessionApi).update({ body: { language: 'en' } })
  const drafts = (who: Signed) => who.api(advisoryDraftApi)
  const reviews = async () =>
    (await told(of.binh)).filter((kind) => kind === 'advisory-review').length
  /** Written by one, approved by another, published by the first. */
  const published = async (params: { id: string }, revision: number) => {
    const asked = await reviews()
    const submitted = await drafts(of.an).submit({ params, body: { revision } })
    // A draft that is no more needs no review: who may review is told before somebody has.
    await expect.poll(reviews, { timeout: 10_000 }).toBe(asked + 1)
    const verdict = { revision: submitted.revision, verdict: 'approved' as const }
    const approved = await drafts(of.binh).review({ params, body: verdict })
    return drafts(of.an).publish({ params, body: { revision: approved.revision } })
  }
  const to = (organisation_id: string, ...details: string[]) => ({ organisation_id, details })
  return {
    ...of,
    sink,
    focal,
    drafts,
    published,
    content: {
      ...advisoryOf('amber'),
      kind: 'warning' as const,
      title: { vi: 'Lỗ hổng cổng thư', en: 'Hole in the mail gateway' },
      answer_due_at: isoOf(of.node.clock.now() + 86_400_000),
    },
    both: (...details: string[]) => [
      to(id, '192.0.2.1'),
      to(other?.organisation_id ?? '', ...details),
    ],
    id,
    [Symbol.asyncDispose]: () => of[Symbol.asyncDispose](),
  }
}

test('reviewers, author, addressees and publisher are each told what concerns them, once, in their language', async () => {
  await using of = await telling()
  const { drafts, an, binh, focal, sink } = of
  const draft = await drafts(an).create({ body: { content: of.content, addressees: of.both() } })
  const params = { id: draft.id }
  await of.published(params, draft.revision)
  await expect.poll(() => told(focal)).toEqual(['warning-told'])
  await expect.poll(() => told(binh)).toContain('advisory-review')
  expect(await told(an)).not.toContain('advisory-review')
  await of.node.dispatch?.turn()
  await of.node.dispatch?.turn()
  const [english] = sink.to('dau-moi@bo.example')
  expect(english?.subject).toContain('Hole in the mail gateway')
  expect(english?.text).toContain(`${portal}/advisories/${draft.id}`)
  const [vietnamese] = sink.to('truc@bo.example')
  expect(vietnamese?.subject).toContain('Lỗ hổng cổng thư')
  expect(vietnamese?.text).toContain('TLP:AMBER')

  const answer = { assessment: 'need_help' as const, note: 'không có người vá', version: 1 }
  await focal.api(advisoryApi).answer({ params, body: answer })
  await expect.poll(() => told(an)).toContain('advisory-help')
  const judged = { organisation_id: of.id, verdict: 'returned' as const, note: 'nêu rõ máy nào' }
  await an.api(advisoryApi).judge({ params, body: judged })
  await expect.poll(() => told(focal)).toEqual(['advisory-returned', 'warning-told'])

  // A version that says something new to others only is no news here.
  const revised = await drafts(an).revise({ params })
  const change = {
    revision: revised.revision,
    change_note: 'thêm',
    addressees: of.both('192.0.2.9'),
  }
  const { revision } = await drafts(an).change({ params, body: change })
  await of.published(params, revision)
  await an.api(advisoryApi).cancel({ params, body: { reason: 'nhầm sản phẩm' } })
  const all = ['advisory-cancelled', 'advisory-returned', 'warning-told']
  await expect.poll(() => told(focal)).toEqual(all)
  await of.node.dispatch?.turn()
  expect(sink.to('truc@bo.example')).toHaveLength(all.length)
})

test('who joins with a later version is told of something new, who was told before of what changed', async () => {
  await using of = await telling()
  const { drafts, an, focal } = of
  const [mine, other] = of.both()
  const draft = await drafts(an).create({
    body: { content: of.content, addressees: other ? [other] : [] },
  })
  const params = { id: draft.id }
  await of.published(params, draft.revision)
  const next = async (addressees: typeof draft.addressees | ReturnType<typeof of.both>) => {
    const { revision } = await drafts(an).revise({ params })
    const change = { revision, change_note: 'thêm đơn vị', addressees }
    await of.published(params, (await drafts(an).change({ params, body: change })).revision)
  }
  await next(of.both())
  await expect.poll(() => told(focal)).toEqual(['warning-told'])
  await next(of.both().map((one) => ({ ...one, details: [...(mine?.details ?? []), '192.0.2.9'] })))
  await expect.poll(() => told(focal)).toEqual(['advisory-changed', 'warning-told'])
})

test('authors learn who returned what they wrote, whatever the draft has become since', async () => {
  await using of = await telling()
  const { drafts, an, binh } = of
  const draft = await drafts(an).create({ body: { content: of.content, addressees: of.both() } })
  const params = { id: draft.id }
  const submitted = await drafts(an).submit({ params, body: { revision: draft.revision } })
  const body = { revision: submitted.revision, verdict: 'returned' as const, note: 'nêu rõ máy' }
  const { revision } = await drafts(binh).review({ params, body })
  await drafts(an).change({ params, body: { revision, change_note: 'sửa' } })
  await expect.poll(() => told(an)).toEqual(['advisory-reviewed'])
  const [said] = await heard(an)
  expect(said?.title).toContain('Trả lại')
  expect(said?.text).toContain('Bình')
})
