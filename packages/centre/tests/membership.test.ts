import { contactApi } from '@haidang/contracts/contact-point'
import { membershipApi } from '@haidang/contracts/membership'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { organisationImportApi } from '@haidang/contracts/organisation-import'
import { organisationRequestApi } from '@haidang/contracts/organisation-request'
import { sharingGroupApi } from '@haidang/contracts/sharing-group'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whoNode } from './who-node.ts'

type Node = Awaited<ReturnType<typeof whoNode>>
let node: Node
let coordinator: ReturnType<typeof clientsOf>

const clientsOf = (secret: { readonly authorization: string }) => ({
  organisations: node.client(organisationApi, secret),
  memberships: node.client(membershipApi, secret),
  requests: node.client(organisationRequestApi, secret),
  groups: node.client(sharingGroupApi, secret),
  sheets: node.client(organisationImportApi, secret),
  contacts: node.client(contactApi, secret),
})

beforeAll(async () => {
  node = await whoNode()
  await node.setUp()
  coordinator = clientsOf(node.local)
})
afterAll(() => node[Symbol.asyncDispose]())

let count = 0
/** An organisation and what its focal point may do. */
async function member(name = `Tổ chức ${count}`) {
  count += 1
  const { id } = await coordinator.organisations.create({
    body: { code: `TV.${count}`, name, kind: 'isp' },
  })
  const { secret } = await node
    .keysOf(node.local)
    .create({ body: { organisation_id: id, role_id: 'focal-point', name: 'x' } })
  return { id, params: { id }, ...clientsOf({ authorization: `Bearer ${secret}` }) }
}

const application = { kind: 'voluntary' as const, signer: 'Người đại diện' }
async function activate({ params, memberships }: Awaited<ReturnType<typeof member>>) {
  await memberships.apply({ params, body: application })
  const agreement = { number: '12/TT', date: '2026-11-20' }
  for (const act of ['review', 'sign', 'activate'] as const) {
    await coordinator.memberships.move({ params, body: { act, reason: 'đủ hồ sơ', agreement } })
  }
}

test('a member goes from application to agreement to activity, and the way stands written', async () => {
  const one = await member()
  expect(await one.memberships.get({ params: one.params })).toMatchObject({
    state: 'none',
    acts: ['apply'],
  })
  await activate(one)
  const { state, rights, acts, steps } = await one.memberships.get({ params: one.params })
  expect({ state, acts }).toEqual({ state: 'active', acts: ['suspend', 'leave'] })
  expect(rights).toContain('joins_groups')
  expect(steps.map(({ act }) => act)).toEqual(['activate', 'sign', 'review', 'apply'])
  expect(steps[1]).toMatchObject({ agreement: { number: '12/TT' }, reason: 'đủ hồ sơ' })
  const listed = await coordinator.organisations.list({ query: { filter: 'membership:active' } })
  expect(listed.items.map(({ id }) => id)).toContain(one.id)
})

test('no step is left out, and nobody decides on their own membership', async () => {
  const one = await member()
  const move = (act: 'review' | 'sign' | 'activate', more: object = {}) =>
    coordinator.memberships.move({ params: one.params, body: { act, reason: 'thử', ...more } })
  await expect(move('activate')).rejects.toThrow('membership.illegal-act')
  await one.memberships.apply({ params: one.params, body: application })
  await expect(
    one.memberships.move({ params: one.params, body: { act: 'review', reason: 'thử' } }),
  ).rejects.toThrow('permission.missing')
  await move('review')
  await expect(move('sign')).rejects.toThrow('request.invalid')
  const both = await Promise.allSettled(
    [1, 2].map(() => move('sign', { agreement: { number: '1', date: '2026-11-01' } })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('an organisation asks for a change; it stands when the coordinator says so, as amended', async () => {
  const one = await member('Công ty Cũ')
  const change = { name: 'Công ty Mới', address: '1 phố Thử' }
  const asked = await one.requests.ask({ params: one.params, body: { change, reason: 'đổi tên' } })
  expect((await one.organisations.get({ params: one.params })).name).toBe('Công ty Cũ')
  await expect(
    one.requests.decide({ params: { id: asked.id }, body: { verdict: 'approved', reason: 'thử' } }),
  ).rejects.toThrow('permission.missing')
  const decided = await coordinator.requests.decide({
    params: { id: asked.id },
    body: {
      verdict: 'approved',
      amended: { ...change, address: '2 phố Thử' },
      reason: 'sửa số nhà',
    },
  })
  expect(decided).toMatchObject({ state: 'amended', decision: 'sửa số nhà' })
  expect(decided.differences).toEqual([
    { field: 'name', before: 'Công ty Cũ', asked: 'Công ty Mới', kept: 'Công ty Mới' },
    { field: 'address', before: '', asked: '1 phố Thử', kept: '2 phố Thử' },
  ])
  expect(await one.organisations.get({ params: one.params })).toMatchObject({
    name: 'Công ty Mới',
    address: '2 phố Thử',
  })
  await expect(
    coordinator.requests.decide({
      params: { id: asked.id },
      body: { verdict: 'refused', reason: 'thử' },
    }),
  ).rejects.toThrow('organisation-request.decided')
})

test('an organisation asks for its contact points; each stands, changed, or is gone when it is approved', async () => {
  const one = await member()
  const contacts = async () =>
    (await one.contacts.list({ query: { filter: `organisation_id:${one.id}` } })).items
  const decide = (id: string, body: { verdict: 'approved' | 'refused'; amended?: object }) =>
    coordinator.requests.decide({ params: { id }, body: { ...body, reason: 'đã gọi lại' } })
  const draft = { purpose: 'duty', name: 'Nguyễn Thị Ánh', phone: '024 1234567' } as const
  const reason = 'đổi trực ban'
  const added = await one.requests.askContact({
    params: one.params,
    body: { contact: { act: 'add', draft }, reason },
  })
  expect(added).toMatchObject({ state: 'open', contact: { act: 'add', name: draft.name } })
  expect(await contacts()).toEqual([])
  await expect(decide(added.id, { verdict: 'approved', amended: { name: 'x' } })).rejects.toThrow(
    'request.invalid',
  )
  expect(await decide(added.id, { verdict: 'approved' })).toMatchObject({
    differences: expect.arrayContaining([
      { field: 'phone', before: '', asked: draft.phone, kept: draft.phone },
    ]),
  })
  const [standing] = await contacts()
  expect(standing).toMatchObject({ ...draft, state: 'unverified' })

  const ask = (contact: Parameters<typeof one.requests.askContact>[0]['body']['contact']) =>
    one.requests.askContact({ params: one.params, body: { contact, reason } })
  const contact_id = standing?.id ?? ''
  const change = { phone: '024 7654321' }
  await expect(ask({ act: 'change', contact_id, change: { phone: draft.phone } })).rejects.toThrow(
    'request.invalid',
  )
  const other = await member()
  await expect(
    other.requests.askContact({
      params: other.params,
      body: { contact: { act: 'remove', contact_id }, reason },
    }),
  ).rejects.toThrow('contact.not-found')
  const refused = await ask({ act: 'change', contact_id, change })
  await decide(refused.id, { verdict: 'refused' })
  expect(await contacts()).toMatchObject([{ phone: draft.phone }])
  const changed = await ask({ act: 'change', contact_id, change })
  expect(changed.differences).toEqual([
    { field: 'phone', before: draft.phone, asked: change.phone, kept: null },
  ])
  await decide(changed.id, { verdict: 'approved' })
  expect(await contacts()).toMatchObject([{ ...draft, ...change }])
  await decide((await ask({ act: 'remove', contact_id })).id, { verdict: 'approved' })
  expect(await contacts()).toEqual([])
})

test('a refused request changes nothing; who asked does not decide; nothing asked is refused', async () => {
  const one = await member('Đơn vị Giữ nguyên')
  const own = await coordinator.requests.ask({
    params: one.params,
    body: { change: { kind: 'vendor' }, reason: 'thử' },
  })
  await expect(
    coordinator.requests.decide({
      params: { id: own.id },
      body: { verdict: 'approved', reason: 'thử' },
    }),
  ).rejects.toThrow('organisation-request.own')
  const asked = await one.requests.ask({
    params: one.params,
    body: { change: { kind: 'vendor' }, reason: 'thử' },
  })
  await coordinator.requests.decide({
    params: { id: asked.id },
    body: { verdict: 'refused', reason: 'chưa đủ' },
  })
  expect((await one.organisations.get({ params: one.params })).kind).toBe('isp')
  await expect(
    one.requests.ask({ params: one.params, body: { change: { kind: 'isp' }, reason: 'thử' } }),
  ).rejects.toThrow('request.invalid')
})

test('a sharing group is known to its members alone, also by direct SQL, until they part', async () => {
  const [a, b, c] = [
    await member('Thành viên A'),
    await member('Thành viên B'),
    await member('Người ngoài C'),
  ]
  await Promise.all([activate(a), activate(b)])
  const { id } = await coordinator.groups.create({ body: { name: 'Nhóm Ngân hàng' } })
  const join = (organisation_id: string) =>
    coordinator.groups.join({ params: { id }, body: { organisation_id } })
  await expect(join(c.id)).rejects.toThrow('group.members-only')
  await join(a.id)
  await join(b.id)
  const seen = await a.groups.get({ params: { id } })
  expect(seen.member_list.map(({ organisation_name }) => organisation_name)).toEqual([
    'Thành viên A',
    'Thành viên B',
  ])
  await expect(c.groups.get({ params: { id } })).rejects.toThrow('group.not-found')
  const inGroup = (organisations: readonly string[]) =>
    node.database.transact(
      { actor: { id: 'x', name: 'x' }, organisations: [...organisations], clearance: 4 },
      async (tx) => {
        const { rows } = await tx.execute(
          sql`select in_group(${id}) as member, (select count(*)::int from sharing_group_member) as rows`,
        )
        return rows[0]
      },
    )
  expect(await inGroup([a.id])).toEqual({ member: true, rows: 2 })
  expect(await inGroup([c.id])).toEqual({ member: false, rows: 0 })
  expect(await inGroup([])).toEqual({ member: false, rows: 0 })
  await coordinator.groups.part({ params: { id, organisation: a.id } })
  await expect(a.groups.get({ params: { id } })).rejects.toThrow('group.not-found')
  await expect(coordinator.groups.create({ body: { name: 'nhom ngan hang' } })).rejects.toThrow(
    'group.name-taken',
  )
})

const fileOf = (text: string, existing: 'refuse' | 'skip' | 'update' = 'refuse') => ({
  name: 'to-chuc.csv',
  format: 'csv' as const,
  existing,
  content: Buffer.from(text).toString('base64'),
})

test('a file is previewed row by row, and nothing of a file with a fault is written', async () => {
  await coordinator.organisations.create({ body: { code: 'CO.SAN', name: 'Đã có', kind: 'other' } })
  const body = fileOf(
    [
      'Mã định danh;Tên tổ chức;Loại;Tỉnh, thành phố;Đầu mối trực;Thư điện tử',
      'NK.1;Sở Một;Cơ quan nhà nước;Hà Giang;Trực;truc@nk.example',
      'NK.2;=HYPERLINK(A1);isp;;;',
      'nk.1;Sở Một;isp;;;',
      'co.san;Trùng;isp;;;',
      'NK.3;Sở Ba;không có loại này;Sông Mơ;;',
      'NK.4;Sở Bốn;isp;Sông Mơ;;a@b.example, c@d.example',
    ].join('\n'),
  )
  const { created, fault_count, faults } = await coordinator.sheets.preview({ body })
  expect({ created, fault_count }).toEqual({ created: 1, fault_count: 5 })
  expect(faults.map(({ row, field }) => `${row} ${field}`).sort()).toEqual([
    '3 name',
    '4 code',
    '5 code',
    '6 kind',
    '7 contact_email',
  ])
  await expect(coordinator.sheets.apply({ body })).rejects.toThrow('import.invalid')
  const found = await coordinator.organisations.list({ query: { filter: 'code:NK.1' } })
  expect(found.items).toEqual([])
})

test('what is read in is written out and read in again without a change', async () => {
  const text =
    'code,name,kind,sectors,unit,contact_name,contact_phone\nVR.1,"Cục ""Một"", =Hà Nội",ministry,Y tế; energy,Hà Giang,Trực,+84 24 1\n'
  const outcome = await coordinator.sheets.apply({ body: fileOf(text) })
  expect(outcome).toMatchObject({ rows: 1, created: 1, fault_count: 0 })
  const [made] = (await coordinator.organisations.list({ query: { filter: 'code:VR.1' } })).items
  expect(made).toMatchObject({
    name: 'Cục "Một", =Hà Nội',
    sectors: ['health', 'energy'],
    unit: '08',
    duty: { phone: '+84 24 1' },
  })
  for (const format of ['csv', 'xlsx'] as const) {
    const reply = await node.http.inject({
      method: 'GET',
      url: `/api/v1/organisation-export?format=${format}&filter=code:VR.1`,
      headers: node.local,
    })
    expect(reply.headers['content-disposition']).toContain(`organisations.${format}`)
    const body = {
      name: 'x',
      format,
      existing: 'update' as const,
      content: reply.rawPayload.toString('base64'),
    }
    expect(await coordinator.sheets.apply({ body })).toMatchObject({ updated: 1, created: 0 })
    const [after] = (await coordinator.organisations.list({ query: { filter: 'code:VR.1' } })).items
    expect({ ...after, updated_at: '' }).toEqual({ ...made, updated_at: '' })
  }
})
