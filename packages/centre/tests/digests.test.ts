import { NotificationPreference, usualPreference } from '@haidang/contracts/notification-preference'
import { systemScope } from '@haidang/runtime/database/database'
import { MailRefused } from '@haidang/runtime/mail/mail-transport'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { deliveries, mailing } from './mailing.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

let of: Awaited<ReturnType<typeof stage>>

async function stage() {
  const base = await mailing()
  const { node, organisation_id, preferences } = base
  const { id, email } = await base.member()
  let count = 0
  const caller = async () => {
    const found = await node.database.transact(systemScope, (tx) =>
      node.whoPeople.callerOf(tx, id, 'phiên'),
    )
    if (!found) throw new Error('nobody calls')
    return found
  }
  return {
    ...base,
    email,
    id,
    wish: async (wishes: Partial<NotificationPreference>) =>
      preferences.change(await caller(), { ...usualPreference, ...wishes }),
    read: async () => node.outbox.notifications.markRead(await caller(), undefined),
    async tell(kind: 'station-silent' | 'station-returned', station: string, tlp_rank = 0) {
      const to = {
        organisation_id,
        person_id: id,
        contact_id: null,
        name: 'Thành viên',
        address: email,
        language: 'vi' as const,
      }
      const about = {
        kind,
        tlp_rank,
        once: `lần ${++count}`,
        object_id: 'sta_1',
        path: '',
        sender_id: null,
        sender_person_id: null,
        facts: () => ({ station, organisation: 'Trung tâm' }),
      }
      await node.database.transact(systemScope, (tx) =>
        node.outbox.notifications.tell(tx, about, [to]),
      )
    },
    states: async () =>
      (await deliveries(base)).map(({ state, cause }) => `${state} ${cause}`.trim()),
  }
}

beforeAll(async () => {
  of = await stage()
})
beforeEach(() => {
  of.sink.mails.length = 0
})
afterAll(() => of[Symbol.asyncDispose]())

test('what is gathered is one mail in its hour, and nothing is told twice or emptily', async () => {
  const { dispatch, sink, node } = of
  await of.wish({ digest: 'hourly' })
  await of.tell('station-returned', 'Trạm Một')
  await of.tell('station-returned', 'Trạm Mật', 3)
  await of.tell('station-silent', 'Trạm Gấp')
  await dispatch.turn()
  expect(sink.mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('Trạm Gấp')])
  node.clock.advance(hour)
  await dispatch.turn()
  await dispatch.turn()
  expect(sink.mails).toHaveLength(2)
  const { subject, text } = sink.mails[1] ?? {}
  expect(subject).toBe('[MÔ PHỎNG] 2 thông báo mới')
  expect(text).toContain('Trạm Một')
  expect(text).not.toContain('Trạm Mật')
  node.clock.advance(day)
  expect(await dispatch.turn()).toBe(0)
  expect(await of.states()).toEqual(['sent', 'sent', 'sent'])
})

test('a gathered mail whose server dies is the same mail again, whatever was told meanwhile', async () => {
  const { dispatch, sink, node } = of
  await of.tell('station-returned', 'Trạm Hai')
  await of.tell('station-returned', 'Trạm Ba')
  await dispatch.turn()
  node.clock.advance(hour)
  sink.isCutOff = true
  await dispatch.turn()
  sink.isCutOff = false
  await of.tell('station-returned', 'Trạm Bốn')
  node.clock.advance(minute)
  await dispatch.turn()
  const [first, second, ...more] = sink.mails
  expect(second).toEqual(first)
  expect(more).toEqual([])
  node.clock.advance(hour)
  await dispatch.turn()
  expect(sink.mails[2]?.text).toContain('Trạm Bốn')
})

test('what was read in the portal meanwhile is not mailed, and an empty mail is not sent', async () => {
  const { dispatch, sink, node } = of
  await of.tell('station-returned', 'Trạm Năm')
  await dispatch.turn()
  await of.read()
  node.clock.advance(hour)
  expect(await dispatch.turn()).toBe(0)
  expect(sink.mails).toEqual([])
  expect((await of.states())[0]).toBe('suppressed read')
})

test('a kind somebody does without is not mailed; the portal shows it, and who sent it sees why', async () => {
  const { dispatch, sink, node } = of
  await of.wish({ muted: ['station-returned'] })
  await of.tell('station-returned', 'Trạm Sáu')
  node.clock.advance(minute)
  expect(await dispatch.turn()).toBe(0)
  expect(sink.mails).toEqual([])
  expect((await of.states())[0]).toBe('suppressed preference')
  const isTaken = (wishes: object) =>
    NotificationPreference.safeParse({ ...usualPreference, ...wishes }).success
  expect(isTaken({ muted: ['recovery'] })).toBe(false)
  expect(isTaken({ muted: ['order-given'] })).toBe(false)
  expect(isTaken({ quiet: { from: 60, to: 60 } })).toBe(false)
})

test('a mail that waited for the working day is still tried for three days', async () => {
  const { node, sink } = of
  await of.wish({ digest: 'daily', digest_at: 480, working_days_only: true })
  // 27/11/2026 is a Friday.
  node.clock.advance(Date.parse('2026-11-27T09:00:00+07:00') - node.clock.now())
  await of.tell('station-returned', 'Trạm Bảy')
  let isAway = true
  const dispatch = of.dispatchThrough({
    send: async (mail) => {
      if (isAway) throw new MailRefused('421 later', { permanent: false, reached: true })
      sink.mails.push(mail)
    },
    close: () => undefined,
  })
  await dispatch.turn()
  node.clock.advance(2 * day + 22 * hour)
  expect(await dispatch.turn()).toBe(0)
  node.clock.advance(hour)
  expect(await dispatch.turn()).toBe(1)
  expect((await of.states())[0]).toBe('queued refused')
  isAway = false
  node.clock.advance(minute)
  await dispatch.turn()
  expect(sink.mails[0]?.subject).toContain('Trạm Bảy')
})
