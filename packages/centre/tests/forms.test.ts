import { type Client, createClient } from '@haidang/contracts/client'
import { contactApi } from '@haidang/contracts/contact-point'
import { formApi } from '@haidang/contracts/form-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'
import { applicationContent } from './form-filling.ts'

const use = 'membership-application'
let node: CentreNode
let count = 0

beforeAll(async () => {
  node = await centreNode()
})
afterAll(() => node[Symbol.asyncDispose]())

const local = <A extends Parameters<typeof createClient>[0]>(api: A): Client<A> =>
  createClient(api, senderOf(node, localToken))

/** An organisation with a focal point. */
async function member() {
  const code = `DV.${count++}`
  const { id } = await local(organisationApi).create({
    body: { code, name: `Đơn vị ${code}`, kind: 'enterprise', address: 'Địa chỉ cũ' },
  })
  await local(contactApi).add({
    params: { id },
    body: { purpose: 'duty', name: 'Trực cũ', phone: '024 0000 000' },
  })
  const send = senderOf(node, await keyFor(node, id, 'focal-point'))
  const forms = createClient(formApi, send)
  const begin = () => forms.begin({ body: { use, subject: id } })
  return { id, send, forms, begin }
}

/** A draft that says all that is asked for. */
async function complete({ forms, begin }: Awaited<ReturnType<typeof member>>) {
  const { id, revision } = await begin()
  return forms.save({ params: { id }, body: { revision, content: applicationContent } })
}

test('a form is filled from the registers, and begun once', async () => {
  const one = await member()
  const draft = await one.begin()
  expect(draft).toMatchObject({
    state: 'draft',
    number: '02',
    provisional: true,
    retired: false,
    version: 0,
    content: {
      address: 'Địa chỉ cũ',
      out_of_hours: { name: 'Trực cũ', phone: '024 0000 000' },
    },
  })
  expect((await one.begin()).id).toBe(draft.id)
  expect((await one.forms.list({ query: { filter: 'state:draft' } })).items).toHaveLength(1)
})

test('what is missing or wrong is told by field, cause and remedy', async () => {
  const one = await member()
  const { id, revision } = await one.begin()
  const content = { ...applicationContent, email: 'không phải', unit_email: '' }
  const saved = await one.forms.save({ params: { id }, body: { revision, content } })
  const submit = one.forms.submit({ params: { id }, body: { revision: saved.revision } })
  await expect(submit).rejects.toThrow(/form\.incomplete.*"email".*"unit_email"/s)
  const strange = { ...applicationContent, no_such_field: 'x' }
  const save = one.forms.save({
    params: { id },
    body: { revision: saved.revision, content: strange },
  })
  await expect(save).rejects.toThrow('"no_such_field"')
})

test('two who write at once: the second is told who saved, and nothing is overwritten', async () => {
  const one = await member()
  const { id, revision } = await one.begin()
  const save = (place: string) =>
    one.forms.save({ params: { id }, body: { revision, content: { place } } })
  await save('Hà Nội')
  await expect(save('Huế')).rejects.toThrow('form.changed-meanwhile')
  expect((await one.forms.get({ params: { id } })).content['place']).toBe('Hà Nội')
})

test('an application that is submitted applies for membership, stays as it was, and is replaced by a later one', async () => {
  const one = await member()
  const { id, revision } = await complete(one)
  const filed = await one.forms.submit({ params: { id }, body: { revision } })
  expect(filed).toMatchObject({ state: 'submitted', version: 1 })
  expect(filed.hash).toMatch(/^[0-9a-f]{64}$/)
  const memberships = local(membershipApi)
  const { state, steps } = await memberships.get({ params: { id: one.id } })
  expect(state).toBe('applied')
  expect(steps[0]?.application).toMatchObject({
    kind: 'voluntary',
    signer: 'Nguyễn Thị Lãnh',
    form_id: id,
    introduction: 'Ba chuyên gia ứng cứu, trực 24/7.',
  })
  const again = one.forms.save({ params: { id }, body: { revision, content: {} } })
  await expect(again).rejects.toThrow('form.not-draft')
  const bySql = node.database.asOwner(`update form set content = '{}' where id = $1`, [id])
  await expect(bySql).rejects.toThrow('does not change')

  const next = await one.begin()
  expect(next).toMatchObject({ replaces: id, content: { introduction: expect.any(String) } })
  const second = await one.forms.submit({
    params: { id: next.id },
    body: { revision: next.revision },
  })
  expect(second).toMatchObject({ version: 2, state: 'submitted' })
  expect(await one.forms.get({ params: { id } })).toMatchObject({
    state: 'replaced',
    hash: filed.hash,
    content: filed.content,
  })

  await memberships.move({ params: { id: one.id }, body: { act: 'review', reason: 'đủ hồ sơ' } })
  const late = await one.begin()
  const tooLate = one.forms.submit({
    params: { id: late.id },
    body: { revision: late.revision },
  })
  await expect(tooLate).rejects.toThrow('membership.illegal-act')
  const { items } = await local(journalApi).list({ query: { filter: `subject:${id}` } })
  expect(items.map(({ type }) => type)).toContain('form.submitted')
  expect(JSON.stringify(items)).not.toContain('Nguyễn Thị Lãnh')
})

test('what a form says otherwise than the register is taken over as requests, decided like any other', async () => {
  const one = await member()
  const { id, revision } = await complete(one)
  await one.forms.submit({ params: { id }, body: { revision } })
  const forms = local(formApi)
  const { items } = await forms.differences({ params: { id } })
  expect(items.find(({ field }) => field === 'address')).toMatchObject({
    filed: '1 phố Ví Dụ, Hà Nội',
    registered: 'Địa chỉ cũ',
    can_take_over: true,
  })
  const fields = ['address', 'out_of_hours']
  const mine = one.forms.takeOver({ params: { id }, body: { fields, reason: 'tự duyệt' } })
  await expect(mine).rejects.toThrow('permission.missing')
  await forms.takeOver({ params: { id }, body: { fields, reason: 'theo hồ sơ' } })
  const requests = local(organisationRequestApi)
  const open = await requests.list({ query: { filter: `organisation_id:${one.id}` } })
  expect(open.items).toHaveLength(2)
  for (const request of open.items)
    await requests.decide({
      params: { id: request.id },
      body: { verdict: 'approved', reason: 'đúng hồ sơ' },
    })
  const after = await local(organisationApi).get({ params: { id: one.id } })
  expect(after.address).toBe('1 phố Ví Dụ, Hà Nội')
  const rest = await forms.differences({ params: { id } })
  expect(rest.items.map(({ field }) => field)).not.toContain('address')
})

test('a form comes back from its file field by field; a file that was altered is refused', async () => {
  const one = await member()
  const { id, revision } = await complete(one)
  const filed = await one.forms.submit({ params: { id }, body: { revision } })
  const file = await one.forms.export({ params: { id } })
  expect(file.content).toEqual(applicationContent)
  const other = await member()
  const body = { use, subject: other.id, file }
  const read = await other.forms.import({ body })
  expect(read.left).toEqual([])
  expect(read.form.content).toEqual(filed.content)
  await expect(other.forms.import({ body })).rejects.toThrow('form.draft-open')
  const third = await member()
  const altered = { ...file, content: { ...file.content, place: 'Nơi khác' } }
  const forged = third.forms.import({ body: { use, subject: third.id, file: altered } })
  await expect(forged).rejects.toThrow('form.altered')
  const sheet = await node.http.inject({
    url: `/api/v1/forms/${id}/sheet?format=csv`,
    headers: { authorization: `Bearer ${localToken}` },
  })
  expect(sheet.body).toContain('Incident response, 3')
})

test('a draft of a retired form stays readable, is not submitted, and what fits is carried over', async () => {
  const one = await member()
  const draft = await complete(one)
  const params = { id: draft.id }
  await node.database.asOwner(
    `update form set definition_id = 'vn-2017.02', definition_version = 1,
       content = content || '{"gone": "mục đã bỏ"}' where id = $1`,
    [draft.id],
  )
  const old = await one.forms.get({ params })
  expect(old).toMatchObject({ retired: true, successor: 'vn-2026.02', provisional: false })
  const submit = one.forms.submit({ params, body: { revision: draft.revision } })
  await expect(submit).rejects.toThrow('form.retired')
  const { form, left } = await one.forms.carryOver({ params })
  expect(left).toEqual(['gone'])
  expect(form.content).toEqual(applicationContent)
  expect((await one.forms.get({ params })).state).toBe('replaced')
  await one.forms.submit({ params: { id: form.id }, body: { revision: form.revision } })
})

test('nobody begins, reads, saves or takes along the form of another organisation', async () => {
  const one = await member()
  const other = await member()
  const { id, revision } = await one.begin()
  const params = { id }
  await expect(other.forms.begin({ body: { use, subject: one.id } })).rejects.toThrow('not-found')
  for (const call of [
    () => other.forms.get({ params }),
    () => other.forms.save({ params, body: { revision, content: {} } }),
    () => other.forms.export({ params }),
    () => other.forms.differences({ params }),
  ])
    await expect(call()).rejects.toThrow('form.not-found')
  expect((await other.forms.list({ query: {} })).items).toEqual([])
})

test('a draft is withdrawn with a reason; a submitted application is replaced, not withdrawn', async () => {
  const one = await member()
  const draft = await one.begin()
  const params = { id: draft.id }
  const gone = await one.forms.withdraw({ params, body: { reason: 'lập nhầm' } })
  expect(gone).toMatchObject({ state: 'withdrawn', reason: 'lập nhầm' })
  const next = await complete(one)
  const at = { params: { id: next.id } }
  await one.forms.submit({ ...at, body: { revision: next.revision } })
  const withdraw = one.forms.withdraw({ ...at, body: { reason: 'đổi ý' } })
  await expect(withdraw).rejects.toThrow('form.not-withdrawable')
})
