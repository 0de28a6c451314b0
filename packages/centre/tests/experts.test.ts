import { type Client, createClient } from '@haidang/contracts/client'
import { expertApi } from '@haidang/contracts/expert-api'
import { journalApi } from '@haidang/contracts/journal-api'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expertDraft } from './access-expert.ts'
import { keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

let node: CentreNode
let coordinator: Client<typeof expertApi>
let ministry: Member
let province: Member

interface Member {
  readonly id: string
  readonly secret: string
  readonly experts: Client<typeof expertApi>
}

beforeAll(async () => {
  node = await centreNode()
  coordinator = createClient(expertApi, senderOf(node, localToken))
  ministry = await member('BO.VD', '01')
  province = await member('TINH.VD', '31')
})
afterAll(() => node[Symbol.asyncDispose]())

async function member(code: string, unit: string): Promise<Member> {
  const { id } = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code, name: `Tổ chức ${code}`, kind: 'ministry', unit },
  })
  const secret = await keyFor(node, id, 'focal-point')
  return { id, secret, experts: createClient(expertApi, senderOf(node, secret)) }
}

const add = ({ id, experts }: Member, name: string, more: object = {}) =>
  experts.add({ params: { id }, body: { ...expertDraft, name, ...more } })

const found = async (filter: string, client = coordinator) =>
  (await client.list({ query: { filter } })).items.map(({ name }) => name)

const dated = (valid_from: string | null, valid_to: string | null) => [
  { name: 'GCIH', issuer: 'Cơ quan cấp', valid_from, valid_to },
]

test('a focal point keeps the experts of its organisation, the coordinator finds them all', async () => {
  const one = await add(ministry, 'Đặng Thị Ứng', { languages: ['en', 'en'] })
  expect(one).toMatchObject({ unit: '01', languages: ['en'], organisation_name: 'Tổ chức BO.VD' })
  await add(province, 'Lê Điều Tra', {
    specialities: ['d-forensics', 'd-malware'],
    on_call: true,
    phone: '0200 000 000',
  })
  expect(await found('dang thi ung')).toEqual(['Đặng Thị Ứng'])
  expect(await found('ĐIỀU')).toEqual(['Lê Điều Tra'])
  expect(await found('speciality:d-forensics')).toEqual(['Lê Điều Tra'])
  expect(await found('on_call:true')).toEqual(['Lê Điều Tra'])
  expect(await found('unit:01 and language:en')).toEqual(['Đặng Thị Ứng'])
  expect(await found('', ministry.experts)).toEqual(['Đặng Thị Ứng'])
})

test('nobody keeps or reads the experts of another organisation', async () => {
  const theirs = await add(province, 'Người Tỉnh')
  const params = { id: province.id, expert: theirs.id }
  expect(await found('text:"Người Tỉnh"', ministry.experts)).toEqual([])
  await expect(add({ ...ministry, id: province.id }, 'Kẻ Lạ')).rejects.toThrow('not-found')
  const change = ministry.experts.change({ params, body: { position: 'đổi' } })
  await expect(change).rejects.toThrow('expert.not-found')
  await expect(ministry.experts.remove({ params })).rejects.toThrow('expert.not-found')
  const wrongPlace = { id: ministry.id, expert: theirs.id }
  await expect(coordinator.remove({ params: wrongPlace })).rejects.toThrow('expert.not-found')
})

test('certificates hold from day to day', async () => {
  await add(ministry, 'Còn Hạn', { certificates: dated('2020-01-01', '2999-12-31') })
  await add(ministry, 'Vô Hạn', { certificates: dated(null, null) })
  await add(ministry, 'Hết Hạn', { certificates: dated(null, '2020-12-31') })
  await add(ministry, 'Chưa Tới', { certificates: dated('2999-01-01', null) })
  expect(await found('certified:true')).toEqual(['Còn Hạn', 'Vô Hạn'])
  expect(await found('lapsed:true')).toEqual(['Hết Hạn'])
  const turned = add(ministry, 'Ngược', { certificates: dated('2026-02-01', '2026-01-01') })
  await expect(turned).rejects.toThrow('certificates.0.valid_to')
})

test('what cannot be is refused at its field', async () => {
  await expect(add(ministry, 'A', { specialities: ['bay'] })).rejects.toThrow('"specialities"')
  await expect(add(ministry, 'A', { unit: 'Xứ Lạ' })).rejects.toThrow('"unit"')
  await expect(add(ministry, 'A', { on_call: true })).rejects.toThrow('"phone"')
  await expect(add(ministry, 'A', { basis: undefined })).rejects.toThrow('"basis"')
  const kept = await add(ministry, 'Trực', { on_call: true, phone: '0900 000 000' })
  const params = { id: ministry.id, expert: kept.id }
  const silent = ministry.experts.change({ params, body: { phone: '' } })
  await expect(silent).rejects.toThrow('"phone"')
})

test('who is removed is gone, and the journal never had the name', async () => {
  const one = await add(ministry, 'Người Rời Đi', { phone: '0911 222 333' })
  const params = { id: ministry.id, expert: one.id }
  await ministry.experts.change({ params, body: { position: 'Tổ trưởng' } })
  expect(await found('text:"to truong"')).toEqual(['Người Rời Đi'])
  await ministry.experts.remove({ params })
  const { rows } = await node.database.asOwner('select * from expert where id = $1', [one.id])
  expect(rows).toEqual([])
  const entries = await createClient(journalApi, senderOf(node, localToken)).list({
    query: { filter: `related:${one.id}` },
  })
  expect(entries.items.map(({ type }) => type).sort()).toEqual([
    'expert.added',
    'expert.changed',
    'expert.removed',
  ])
  expect(JSON.stringify(entries)).not.toMatch(/Rời Đi|222 333|Tổ trưởng/)
})

test('the sheet has what the filter finds of what one sees, and taking it along is in the journal', async () => {
  const get = (secret: string, filter: string) =>
    node.http.inject({
      url: `/api/v1/expert-export?${new URLSearchParams({ format: 'csv', filter })}`,
      headers: { authorization: `Bearer ${secret}` },
    })
  const all = (await get(localToken, '')).body
  expect(all).toContain('Investigation and evidence')
  expect(all).toContain('Đặng Thị Ứng')
  const own = (await get(ministry.secret, 'unit:01')).body
  expect(own).toContain('Đặng Thị Ứng')
  expect(own).not.toContain('Lê Điều Tra')
  const { items } = await createClient(journalApi, senderOf(node, localToken)).list({
    query: { filter: 'type:experts.exported' },
  })
  expect(items[0]).toMatchObject({ organisation_id: ministry.id, after: { filter: 'unit:01' } })
})
