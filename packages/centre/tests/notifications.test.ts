import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { incidentApi } from '@haidang/contracts/incident-api'
import { notificationApi } from '@haidang/contracts/notification-api'
import { orderApi } from '@haidang/contracts/order-api'
import { personApi } from '@haidang/contracts/person-api'
import { isoOf } from '@haidang/runtime/clock'
import type { Jobs } from '@haidang/runtime/jobs'
import { expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { password } from './access-holding.ts'
import { approving, type Signed } from './approving.ts'
import { HandJobs } from './hand-jobs.ts'
import { MailSink, mailFacts, portal } from './mail-sink.ts'

const all = { query: {} }
const bell = (who: Signed) => who.api(notificationApi)
const told = async (who: Signed) =>
  (await bell(who).list(all)).items.map(({ kind, object_id }) => `${kind} ${object_id}`)

/** A centre with mail, and an addressee with a focal point, a duty desk and a technical contact. */
async function telling(mail = true, jobs?: Jobs) {
  const sink = new MailSink()
  const of = await approving(mail ? { ...mailFacts, transport: sink } : undefined, jobs)
  const id = of.addressees[0]?.organisation_id ?? ''
  const email = 'dau-moi@bo.example'
  const body = { organisation_id: id, name: 'Đầu mối', email, role_id: 'focal-point', password }
  await createClient(personApi, of.local).create({ body })
  for (const [purpose, address] of [
    ['technical', 'ky-thuat@bo.example'],
    ['duty', 'truc@bo.example'],
  ] as const) {
    const contact = { purpose, name: `Tổ ${purpose}`, email: address }
    await createClient(contactApi, of.local).add({ params: { id }, body: contact })
  }
  return {
    ...of,
    sink,
    addressee: id,
    focal: await of.signIn('', email),
    issue: () =>
      of.an.api(orderApi).issue({ body: { ...orderDraft(of.node, id), tlp: 'amber' as const } }),
    dispatch: async () => of.node.dispatch?.turn(),
    [Symbol.asyncDispose]: () => of[Symbol.asyncDispose](),
  }
}

test('an order is told to people and duty desk of its addressee, once, in the portal and by mail', async () => {
  await using of = await telling()
  const { id } = await of.issue()
  await expect.poll(() => bell(of.focal).unread({})).toEqual({ unread: 1 })
  expect(await told(of.focal)).toEqual([`order-given ${id}`])
  expect(await bell(of.binh).unread({})).toEqual({ unread: 0 })
  await of.dispatch()
  await of.dispatch()
  expect(of.sink.mails.map(({ to }) => to.address).sort()).toEqual([
    'dau-moi@bo.example',
    'truc@bo.example',
  ])
  const [mail] = of.sink.to('dau-moi@bo.example')
  expect(mail).toMatchObject({ thread: id })
  expect(mail?.text).toContain(`${portal}/orders/${id}`)
  expect(mail?.text).toContain('TLP:AMBER')
  const [item] = (await bell(of.focal).list(all)).items
  await bell(of.binh).read({ body: { ids: [item?.id ?? ''] } })
  expect(await bell(of.focal).unread({})).toEqual({ unread: 1 })
  const unread = () => bell(of.focal).list({ query: { filter: 'read:false' } })
  expect((await unread()).items).toEqual([item])
  expect(await bell(of.focal).read({ body: {} })).toEqual({ unread: 0 })
  expect((await unread()).items).toEqual([])
})

test('a duty desk that cannot be reached: the sender learns of it, and the next contact is written to', async () => {
  await using of = await telling()
  of.sink.nobody.add('truc@bo.example')
  const { id } = await of.issue()
  await expect.poll(() => bell(of.focal).unread({})).toEqual({ unread: 1 })
  await of.dispatch()
  await of.dispatch()
  expect(of.sink.to('ky-thuat@bo.example').map(({ thread }) => thread)).toEqual([id])
  expect(await told(of.an)).toEqual([`delivery-failed ${id}`])
  const failed = await bell(of.an).deliveries({ query: { filter: 'state:failed' } })
  expect(failed.items).toMatchObject([
    {
      address: 'truc@bo.example',
      cause: 'refused',
      answer: '550 5.1.1 no such user',
      object_id: id,
      organisation_name: 'Nơi nhận 0',
    },
  ])
})

test('what is above TLP:AMBER goes by plain mail as a hint only', async () => {
  await using of = await telling()
  const body = { ...orderDraft(of.node, of.addressee), tlp: 'amber+strict' as const }
  const { id, title, number } = await of.an.api(orderApi).issue({ body })
  await expect
    .poll(async () => {
      await of.dispatch()
      return of.sink.mails.length
    })
    .toBeGreaterThan(0)
  for (const { subject, text, html, to } of of.sink.mails) {
    expect(`${subject}${text}${html}`).not.toContain(title)
    expect(`${subject}${text}${html}`).not.toContain(number)
    expect(text).toContain(to.address === 'truc@bo.example' ? '/answer#' : `/orders/${id}`)
  }
})

test('who could approve is told of a request, who asked of its end, and nobody of their own', async () => {
  await using of = await telling(false)
  const act = { kind: 'organisation.export' as const, payload: { format: 'csv' as const } }
  const { id } = await of.an.api(approvalApi).ask({ body: { act, reason: 'Báo cáo quý' } })
  await expect.poll(() => told(of.binh)).toEqual([`approval-asked ${id}`])
  expect(await told(of.an)).toEqual([])
  await of.approve(of.chi, id)
  await expect.poll(() => told(of.an)).toEqual([`approval-decided ${id}`])
  expect((await bell(of.an).list(all)).items[0]?.title).toContain('Đã duyệt')
  const mails = await bell(of.an).deliveries({ query: {} })
  expect(new Set(mails.items.map(({ state, cause }) => `${state} ${cause}`))).toEqual(
    new Set(['suppressed mail-off']),
  )
})

test('a deadline that went by is told to the people its chain names, and above AMBER to none who may not read it', async () => {
  const jobs = new HandJobs()
  await using of = await telling(true, jobs)
  const detected_at = isoOf(of.node.clock.now() - 4 * 86_400_000)
  const open = (tlp: 'amber' | 'red') =>
    createClient(incidentApi, of.local).open({
      body: { title: 'Rò rỉ dữ liệu', organisation_id: of.addressee, detected_at, tlp },
    })
  const { id } = await open('amber')
  const hidden = await open('red')
  await jobs.run('deadline-steps')
  await expect.poll(() => told(of.focal)).toContain(`deadline-passed ${id}`)
  await jobs.run('deadline-steps')
  await of.dispatch()
  const mine = (await bell(of.focal).list(all)).items
  expect(new Set(mine.map(({ object_id }) => object_id))).toEqual(new Set([id]))
  expect(new Set(mine.map(({ text }) => text)).size).toBe(mine.length)
  expect(JSON.stringify(mine)).not.toContain('Rò rỉ')
  const threads = of.sink.to('dau-moi@bo.example').map(({ thread }) => thread)
  expect(threads).toContain(id)
  expect(threads).not.toContain(hidden.id)
})
