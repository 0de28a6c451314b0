import { approvalApi } from '@haidang/contracts/approval-api'
import { createClient } from '@haidang/contracts/client'
import { journalApi } from '@haidang/contracts/journal-api'
import { orderApi } from '@haidang/contracts/order-api'
import { keyApi, personApi } from '@haidang/contracts/person-api'
import { serviceAccountApi } from '@haidang/contracts/service-account'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderDraft } from './access-drafts.ts'
import { senderOf } from './access-holding.ts'
import { type Approving, approving, type Signed } from './approving.ts'

let on: Approving
beforeAll(async () => {
  on = await approving()
}, 60_000)
afterAll(() => on?.[Symbol.asyncDispose]())

const refused = (code: string) =>
  expect.objectContaining({ message: expect.stringContaining(`"${code}"`) })

/** A machine for which somebody answers, with a key somebody else made. */
async function machine(name: string, owner: Signed, role_id = 'administrator') {
  const facts = { organisation_id: on.home, role_id }
  const account = await on.an.api(serviceAccountApi).create({
    body: { ...facts, name, purpose: 'đẩy cảnh báo của SIEM', owner_id: owner.id },
  })
  const draft = { ...facts, account_id: account.id }
  const { secret } = await on.binh.api(keyApi).create({ body: { ...draft, name: 'khóa 1' } })
  return { account, draft, send: senderOf(on.node, secret) }
}
const stateOf = async (id: string) =>
  (await on.an.api(serviceAccountApi).list({ query: { filter: `id:${id}` } })).items[0]

test('a machine comes in with the keys of its account, and the journal shows account and key', async () => {
  const { account, send } = await machine('SIEM', on.chi)
  const asked = await createClient(orderApi, send).issue({ body: orderDraft(on.node, on.home) })
  expect(await stateOf(account.id)).toMatchObject({
    owner_name: 'Chi',
    needs_owner: false,
    open_keys: 1,
    last_used_at: expect.stringMatching(/Z$/),
  })
  const { items } = await on.an
    .api(journalApi)
    .list({ query: { filter: `type:order.issued subject:${asked.id}` } })
  expect(items).toMatchObject([{ actor_name: 'SIEM · khóa 1', related: [account.id] }])
})

test('disabling the account ends its keys at once and lets no new one be made', async () => {
  const { account, draft, send } = await machine('Bị khóa', on.chi)
  const api = on.an.api(serviceAccountApi)
  await api.update({ params: { id: account.id }, body: { disabled: true } })
  await expect(createClient(personApi, send).list({ query: {} })).rejects.toThrow(
    refused('session.required'),
  )
  await expect(on.an.api(keyApi).create({ body: { ...draft, name: 'x' } })).rejects.toThrow(
    refused('service-account.disabled'),
  )
  // Enabled again it has no key: what was revoked stays so.
  await api.update({ params: { id: account.id }, body: { disabled: false } })
  expect(await stateOf(account.id)).toMatchObject({ disabled: false, open_keys: 0 })
})

test('keys follow the role of their account, and are of its organisation and role', async () => {
  const { account, draft, send } = await machine('Đổi vai trò', on.chi)
  await createClient(keyApi, send).list({ query: {} })
  await on.an
    .api(serviceAccountApi)
    .update({ params: { id: account.id }, body: { role_id: 'leader' } })
  await expect(createClient(keyApi, send).list({ query: {} })).rejects.toThrow(
    refused('permission.missing'),
  )
  await expect(on.an.api(keyApi).create({ body: { ...draft, name: 'x' } })).rejects.toThrow(
    refused('service-account.other'),
  )
})

test('who answers for a machine is disabled only with somebody who takes it over, and its keys go on', async () => {
  const dung = await on.add('Dung', 'dung@tt.example')
  const { account, send } = await machine('Đổi người lo', dung)
  const people = on.an.api(personApi)
  const disable = (successor_id?: string | null) =>
    people.update({
      params: { id: dung.id },
      body: { disabled: true, ...(successor_id === undefined ? {} : { successor_id }) },
    })
  await expect(disable()).rejects.toThrow(refused('person.answers-for'))
  await expect(disable(dung.id)).rejects.toThrow(refused('service-account.owner-unfit'))
  expect(await stateOf(account.id)).toMatchObject({ owner_name: 'Dung', needs_owner: false })
  await disable(on.chi.id)
  expect(await stateOf(account.id)).toMatchObject({ owner_name: 'Chi', needs_owner: false })
  await createClient(personApi, send).list({ query: {} })
  const { items } = await on.an
    .api(journalApi)
    .list({ query: { filter: `type:service-account.changed subject:${account.id}` } })
  expect(items).toMatchObject([{ actor_name: 'An', related: [dung.id, on.chi.id] }])
})

test('a machine nobody takes over ends with the person who answered for it', async () => {
  const giang = await on.add('Giang', 'giang@tt.example')
  const { account, draft, send } = await machine('Kết thúc cùng người', giang)
  await on.an
    .api(personApi)
    .update({ params: { id: giang.id }, body: { disabled: true, successor_id: null } })
  expect(await stateOf(account.id)).toMatchObject({ disabled: true, open_keys: 0 })
  await expect(createClient(personApi, send).list({ query: {} })).rejects.toThrow(
    refused('session.required'),
  )
  await expect(on.an.api(keyApi).create({ body: { ...draft, name: 'x' } })).rejects.toThrow(
    refused('service-account.disabled'),
  )
})

test('an account left without an owner by an older version gets no new key until it has one', async () => {
  const hai = await on.add('Hải', 'hai@tt.example')
  const { account, draft } = await machine('Không ai lo', hai)
  const params = { id: account.id }
  await on.node.database.asOwner('update person set disabled = true where id = $1', [hai.id])
  expect(await stateOf(account.id)).toMatchObject({ needs_owner: true, open_keys: 1 })
  const more = () => on.an.api(keyApi).create({ body: { ...draft, name: 'thêm' } })
  await expect(more()).rejects.toThrow(refused('service-account.ownerless'))
  const api = on.an.api(serviceAccountApi)
  const other = await machine('Có người lo', on.chi)
  await expect(
    api.update({ params: { id: other.account.id }, body: { owner_id: hai.id } }),
  ).rejects.toThrow(refused('service-account.owner-unfit'))
  await api.update({ params, body: { owner_id: on.chi.id } })
  await more()
  expect(await stateOf(account.id)).toMatchObject({ needs_owner: false, open_keys: 2 })
})

test('a machine approves nothing; who answers for it and who made its key approve nothing it asked', async () => {
  const { account, send } = await machine('Hỏi duyệt', on.chi)
  const payload = {
    ...orderDraft(on.node, on.home),
    report_due_at: '2100-01-01T00:00:00.000Z',
    addressees: on.addressees,
  }
  const script = createClient(approvalApi, send)
  const asked = await script.ask({
    body: { act: { kind: 'order.issue', payload }, reason: 'kịch bản' },
  })
  const params = { id: asked.id }
  const body = { verdict: 'approved' as const, digest: asked.digest }
  await expect(script.decide({ params, body })).rejects.toThrow(refused('approval.person-needed'))
  await expect(on.approve(on.binh, asked.id)).rejects.toThrow(refused('approval.own'))
  await expect(on.approve(on.chi, asked.id)).rejects.toThrow(refused('approval.own'))
  // Handing the account over does not undo who answered for it when it asked.
  await on.an
    .api(serviceAccountApi)
    .update({ params: { id: account.id }, body: { owner_id: on.an.id } })
  await expect(on.approve(on.chi, asked.id)).rejects.toThrow(refused('approval.own'))
  await on.node.database
    .asOwner(`update approval_request set decided_by_id = $1 where id = $2`, [on.chi.id, asked.id])
    .then(
      () => expect.unreachable(),
      (error: unknown) => expect(String(error)).toContain('approval_request_not_theirs'),
    )
})

test('an account has a name of its own and no more rights than who made it', async () => {
  await machine('Trùng tên', on.chi)
  await expect(machine('trùng tên', on.chi)).rejects.toThrow(refused('service-account.name-taken'))
  const leader = await on.add('Lãnh đạo', 'ld@tt.example', 'leader')
  await expect(
    leader.api(serviceAccountApi).create({
      body: {
        organisation_id: on.home,
        role_id: 'leader',
        name: 'Lấn quyền',
        purpose: 'thử',
        owner_id: leader.id,
      },
    }),
  ).rejects.toThrow(refused('permission.missing'))
})
