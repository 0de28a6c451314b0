import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient } from '@haidang/contracts/client'
import { journalApi } from '@haidang/contracts/journal-api'
import { orderApi } from '@haidang/contracts/order-api'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { ruleLibraryApi } from '@haidang/contracts/rule-library-api'
import { ruleSetApi } from '@haidang/contracts/rule-set-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft, ruleText } from './access-drafts.ts'
import { senderOf } from './access-holding.ts'
import { type Approving, approving, type Signed } from './approving.ts'

let on: Approving
beforeAll(async () => {
  on = await approving()
}, 60_000)
afterAll(() => on?.[Symbol.asyncDispose]())

const refused = (code: string) =>
  expect.objectContaining({ message: expect.stringContaining(`"${code}"`) })

const toMany = (title: string) => ({
  ...orderDraft(on.node, on.home),
  report_due_at: '2100-01-01T00:00:00.000Z',
  title,
  addressees: on.addressees,
})
const askToIssue = (who: Signed, title: string) =>
  who.api(approvalApi).ask({
    body: { act: { kind: 'order.issue', payload: toMany(title) }, reason: 'cần gấp' },
  })

async function issued(title: string): Promise<number> {
  const { rows } = await on.node.database.asOwner(
    'select count(*)::int as n from coordination_order where title = $1',
    [title],
  )
  return Number(rows[0]?.['n'])
}

async function approvedRule(n: number): Promise<string> {
  const library = on.an.api(ruleLibraryApi)
  const documents = [{ path: `luat-${n}.yml`, text: ruleText(n) }]
  const { rules } = await library.import({ body: { documents } })
  const params = { id: rules[0] ?? '' }
  await library.submit({ params })
  const body = { version: 1, verdict: 'approved' as const }
  await on.binh.api(ruleLibraryApi).review({ params, body })
  return params.id
}

test('an order to ten needs a second person; one to nine does not', async () => {
  const orders = on.an.api(orderApi)
  await expect(orders.issue({ body: toMany('Mười nơi') })).rejects.toThrow(
    refused('approval.required'),
  )
  const nine = { ...toMany('Chín nơi'), addressees: on.addressees.slice(1) }
  expect((await orders.issue({ body: nine })).addressees).toHaveLength(9)
  expect(await issued('Mười nơi')).toBe(0)
})

test('asked, approved by another, issued once in the name of who asked; all of it stands in the journal', async () => {
  const asked = await askToIssue(on.an, 'Chặn máy chủ điều khiển')
  expect(asked).toMatchObject({ state: 'open', size: 10, mine: true, may_decide: false })
  expect(asked.facts).toContainEqual({ name: 'title', values: ['Chặn máy chủ điều khiển'] })
  expect(await askToIssue(on.an, 'Chặn máy chủ điều khiển')).toMatchObject({ id: asked.id })
  expect(await on.binh.api(approvalApi).waiting({})).toEqual({ for_me: 1, mine: 0 })
  expect(await on.an.api(approvalApi).waiting({})).toEqual({ for_me: 0, mine: 1 })

  await expect(on.approve(on.an, asked.id)).rejects.toThrow(refused('approval.own'))
  const both = await Promise.allSettled([
    on.approve(on.binh, asked.id),
    on.approve(on.chi, asked.id),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const done = await on.an.api(approvalApi).get({ params: { id: asked.id } })
  expect(done).toMatchObject({ state: 'done', outcome: expect.stringMatching(/^ord_/) })
  const order = await on.an.api(orderApi).get({ params: { id: done.outcome } })
  expect(order.issued_by_name).toBe('An')
  expect(await issued('Chặn máy chủ điều khiển')).toBe(1)

  const decider = both[0]?.status === 'fulfilled' ? on.binh : on.chi
  expect(await on.approve(decider, asked.id)).toMatchObject({ state: 'done' })
  expect(await issued('Chặn máy chủ điều khiển')).toBe(1)
  const { items } = await on.an.api(journalApi).list({ query: { filter: `subject:${asked.id}` } })
  expect(items.map(({ type, actor_id }) => [type, actor_id])).toEqual([
    ['approval.approved', decider.id],
    ['approval.asked', on.an.id],
  ])
  expect(items[0]?.related).toContain(done.outcome)
})

test('an act cut off before its transaction ends leaves nothing, and the request as it was', async () => {
  const asked = await askToIssue(on.an, 'Giữa chừng')
  const failing = (does: string) =>
    on.node.database.asOwner(`create or replace function cut_short() returns trigger language plpgsql
      as $$ begin ${does} return new; end $$`)
  // The connection dies after the order was written and before the decision is.
  await failing(
    `if new.state = 'done' then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;`,
  )
  await on.node.database.asOwner(
    'create trigger cut_short before update on approval_request for each row execute function cut_short()',
  )
  await expect(on.approve(on.binh, asked.id)).rejects.toThrow()
  expect(await issued('Giữa chừng')).toBe(0)
  expect(await on.an.api(approvalApi).get({ params: { id: asked.id } })).toMatchObject({
    state: 'open',
  })
  await on.node.database.asOwner('drop trigger cut_short on approval_request')
  await on.approve(on.binh, asked.id)
  expect(await issued('Giữa chừng')).toBe(1)
})

test('a key of who asked decides nothing, and who made a key does not approve what the key asked', async () => {
  const { secret } = await on.binh
    .api(keyApi)
    .create({ body: { organisation_id: on.home, role_id: 'administrator', name: 'x' } })
  const script = createClient(approvalApi, senderOf(on.node, secret))
  const asked = await script.ask({
    body: { act: { kind: 'order.issue', payload: toMany('Khóa hỏi') }, reason: 'kịch bản' },
  })
  await expect(on.approve(on.binh, asked.id)).rejects.toThrow(refused('approval.own'))
  const params = { id: asked.id }
  const body = { verdict: 'approved' as const, digest: asked.digest }
  await expect(script.decide({ params, body })).rejects.toThrow(refused('approval.person-needed'))
  expect(await on.approve(on.chi, asked.id)).toMatchObject({ state: 'done', asked_by: 'x' })
})

test('what was looked at is what is done: other content, another digest or a spent request is refused', async () => {
  const asked = await askToIssue(on.an, 'Bị sửa')
  const params = { id: asked.id }
  const decide = (digest: string) =>
    on.binh.api(approvalApi).decide({ params, body: { verdict: 'approved', digest } })
  await expect(decide('0'.repeat(64))).rejects.toThrow(refused('approval.changed'))
  await on.node.database.asOwner(
    `update approval_request set payload = jsonb_set(payload, '{title}', '"Khác"') where id = $1`,
    [asked.id],
  )
  await expect(decide(asked.digest)).rejects.toThrow(refused('approval.changed'))
  await on.an.api(approvalApi).withdraw({ params, body: {} })
  await expect(decide(asked.digest)).rejects.toThrow(refused('approval.closed'))
})

test('a refusal needs a reason and is told; what nobody decides runs out', async () => {
  const asked = await askToIssue(on.an, 'Bị từ chối')
  const params = { id: asked.id }
  const refuse = (reason: string) =>
    on.binh
      .api(approvalApi)
      .decide({ params, body: { verdict: 'refused', digest: asked.digest, reason } })
  await expect(refuse('')).rejects.toThrow(refused('request.invalid'))
  expect(await refuse('chưa đủ căn cứ')).toMatchObject({
    state: 'refused',
    decision: 'chưa đủ căn cứ',
    decided_by: 'Bình',
  })
  const late = await askToIssue(on.an, 'Quá hạn')
  await on.node.database.asOwner(
    `update approval_request set expires_at = now() - interval '1 second' where id = $1`,
    [late.id],
  )
  await expect(on.approve(on.binh, late.id)).rejects.toThrow(refused('approval.closed'))
  expect(await on.node.approvals.expire()).toBe(1)
  expect(await on.an.api(approvalApi).get({ params: { id: late.id } })).toMatchObject({
    state: 'expired',
  })
})

test('who lost the right meanwhile has nothing carried out', async () => {
  const dung = await on.add('Dũng', 'dung@tt.example')
  const asked = await askToIssue(dung, 'Người đã nghỉ')
  await on.an.api(personApi).update({ params: { id: dung.id }, body: { disabled: true } })
  await expect(on.approve(on.binh, asked.id)).rejects.toThrow(refused('approval.asker-gone'))
  expect(await issued('Người đã nghỉ')).toBe(0)
})

test('an old session decides only with the password', async () => {
  const asked = await askToIssue(on.an, 'Phiên cũ')
  await on.node.database.asOwner(
    `update auth.session set created_at = now() - interval '1 hour' where user_id = $1`,
    [on.chi.id],
  )
  await expect(on.approve(on.chi, asked.id)).rejects.toThrow(refused('session.stale'))
  expect(await issued('Phiên cũ')).toBe(0)
})

test('a rule set is published as it was shown: a rule approved since is not slipped in', async () => {
  await approvedRule(1)
  const sets = on.an.api(ruleSetApi)
  await expect(sets.publish({ body: {} })).rejects.toThrow(refused('approval.required'))
  const ask = (who: Signed) =>
    who.api(approvalApi).ask({
      body: {
        act: { kind: 'rule-set.publish', payload: { note: 'tháng 11' } },
        reason: 'luật mới',
      },
    })
  const first = await ask(on.an)
  expect(first.facts).toContainEqual({ name: 'added', values: ['Luật 1'] })
  await approvedRule(2)
  await expect(on.approve(on.binh, first.id)).rejects.toThrow(refused('approval.changed'))
  const second = await ask(on.an)
  expect(await on.approve(on.binh, second.id)).toMatchObject({
    state: 'done',
    outcome: 'rule-set:1',
  })
  await expect(sets.rollOut({ params: { number: '1' }, body: { ring: 'canary' } })).rejects.toThrow(
    refused('approval.required'),
  )
})
