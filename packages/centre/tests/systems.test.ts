import { attributionApi } from '@haidang/contracts/attribution'
import { type Client, createClient } from '@haidang/contracts/client'
import { organisationApi } from '@haidang/contracts/organisation-api'
import { systemApi } from '@haidang/contracts/system-api'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addEverything, everything, keyFor, senderOf } from './access-holding.ts'
import { type CentreNode, centreNode, localToken } from './centre-node.ts'

let node: CentreNode
let local: Owner
let ministry: Owner
let province: Owner

interface Owner {
  readonly organisation: string
  readonly systems: Client<typeof systemApi>
  readonly ranges: Client<typeof attributionApi>
}

beforeAll(async () => {
  node = await centreNode()
  await addEverything(node)
  local = ownerOf('', localToken)
  ministry = await owner('BO.VD', 'Bộ Ví dụ')
  province = await owner('TINH.VD', 'Tỉnh Ví dụ')
})
afterAll(() => node[Symbol.asyncDispose]())

function ownerOf(organisation: string, secret: string): Owner {
  const send = senderOf(node, secret)
  return {
    organisation,
    systems: createClient(systemApi, send),
    ranges: createClient(attributionApi, send),
  }
}

async function owner(code: string, name: string): Promise<Owner> {
  const made = await createClient(organisationApi, senderOf(node, localToken)).create({
    body: { code, name, kind: 'ministry' },
  })
  return ownerOf(made.id, await keyFor(node, made.id, everything))
}

let count = 0
function register({ organisation, systems }: Owner, draft: object = {}) {
  count += 1
  const body = { organisation_id: organisation, code: `HT.${count}`, name: `Hệ thống ${count}` }
  return systems.create({ body: { ...body, ...draft } })
}

const add = ({ ranges }: Owner, id: string, ...drafts: (string | object)[]) =>
  ranges.add({
    params: { id },
    body: {
      ranges: drafts.map((one) => (typeof one === 'string' ? { text: one } : (one as never))),
    },
  })

const whose = async ({ ranges }: Owner, value: string, more: object = {}) =>
  (await ranges.whose({ query: { value, ...more } })).system?.name

test('whose an address is follows what owners register, to the second of the change', async () => {
  const wide = await register(ministry, { name: 'Mạng của Bộ' })
  const narrow = await register(ministry, { name: 'Cổng dịch vụ' })
  await add(ministry, wide.id, '203.0.113.0/24', 'bo.example', 'AS64500')
  await add(ministry, narrow.id, '203.0.113.64/26', 'https://bo.example/dich-vu/')
  expect(await whose(ministry, '::ffff:203.0.113.70')).toBe('Cổng dịch vụ')
  expect(await whose(ministry, '203.0.113.7')).toBe('Mạng của Bộ')
  expect(await whose(ministry, 'www.BO.example')).toBe('Mạng của Bộ')
  expect(await whose(ministry, 'https://bo.example/dich-vu/nop?x')).toBe('Cổng dịch vụ')
  expect(await whose(ministry, 'AS64500')).toBe('Mạng của Bộ')
  const { items } = await ministry.ranges.ranges({ params: { id: narrow.id }, query: {} })
  const network = items.find(({ kind }) => kind === 'network')
  await ministry.ranges.remove({ params: { id: narrow.id, range: network?.id ?? '' } })
  expect(await whose(ministry, '203.0.113.70')).toBe('Mạng của Bộ')
})

test('a range that changes hands keeps its history', async () => {
  const before = await register(ministry, { name: 'Trước' })
  const after = await register(province, { name: 'Sau' })
  await add(ministry, before.id, { text: '198.51.100.0/24', valid_to: '2026-06-30' })
  await add(province, after.id, { text: '198.51.100.0/24', valid_from: '2026-07-01' })
  const at = (time: string) => whose(local, '198.51.100.9', { at: time })
  // Days are days in Vietnam: 1 July begins at 17:00 UTC of 30 June.
  expect(await at('2026-06-30T16:59:59Z')).toBe('Trước')
  expect(await at('2026-06-30T17:00:00Z')).toBe('Sau')
})

test('a range somebody else holds is refused, without saying to strangers who', async () => {
  const own = await register(ministry, { name: 'Hệ thống kín' })
  const other = await register(province)
  await add(ministry, own.id, '192.0.2.0/25')
  const refusal = add(province, other.id, '192.0.2.128/25', '192.0.2.0/25')
  await expect(refusal).rejects.toThrow(
    /range\.taken.*ranges\.1\.text.*another system.*put it to the/,
  )
  await expect(refusal).rejects.not.toThrow(/Hệ thống kín|Bộ Ví dụ/)
  await expect(add(local, other.id, '192.0.2.0/25')).rejects.toThrow(/Hệ thống kín \(Bộ Ví dụ\)/)
  // All or none: the free one of the two was not taken either.
  expect(await whose(province, '192.0.2.200')).toBeUndefined()
})

test('two who want one range at the same time: one gets it', async () => {
  const [a, b] = [await register(ministry), await register(province)]
  const settled = await Promise.allSettled([
    add(ministry, a.id, 'tranh-chap.example'),
    add(province, b.id, 'tranh-chap.example'),
  ])
  expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('every wrong range of a list is named with cause and remedy', async () => {
  const { id } = await register(ministry)
  const refusal = await add(
    ministry,
    id,
    '203.0.113.5/24',
    'vn',
    '=cmd|x',
    { text: 'dung.example', valid_from: '2026-02-01', valid_to: '2026-01-31' },
    'hai-lan.example',
    'HAI-LAN.example.',
  ).catch((error: Error) => error.message)
  for (const place of [0, 1, 2, 5]) expect(refusal).toContain(`ranges.${place}.text`)
  expect(refusal).toContain('ranges.3.valid_to')
  expect(refusal).toContain('203.0.113.0/24')
  expect(refusal).not.toContain('ranges.4')
})

test('private ranges: both may have the same, each sees its own', async () => {
  const [a, b] = [
    await register(ministry, { name: 'Trong Bộ' }),
    await register(province, { name: 'Trong tỉnh' }),
  ]
  await add(ministry, a.id, '10.1.0.0/16')
  await add(province, b.id, '10.1.0.0/16')
  expect(await whose(ministry, '10.1.2.3')).toBe('Trong Bộ')
  expect(await whose(province, '10.1.2.3')).toBe('Trong tỉnh')
  expect(await whose(province, '10.1.2.3', { organisation: ministry.organisation })).toBeUndefined()
})

test('a name that looks like another is kept as it is, and that is said', async () => {
  const { id } = await register(ministry)
  const { ranges } = await add(ministry, id, 'ЬО.example', 'điện-tử.example')
  expect(ranges[0]).toMatchObject({
    text: expect.stringMatching(/^xn--/),
    looks_like: 'bo.example',
  })
  expect(ranges[1]).toMatchObject({ shown: 'điện-tử.example', looks_like: null })
})

test('who operates a system reads it and its ranges, and changes nothing', async () => {
  const { id } = await local.systems.create({
    body: {
      organisation_id: ministry.organisation,
      operator_id: province.organisation,
      code: 'VH.1',
      name: 'Do tỉnh vận hành',
    },
  })
  await add(ministry, id, 'van-hanh.example')
  expect((await province.systems.get({ params: { id } })).name).toBe('Do tỉnh vận hành')
  expect((await province.ranges.ranges({ params: { id }, query: {} })).items).toHaveLength(1)
  await expect(province.systems.update({ params: { id }, body: { purpose: 'x' } })).rejects.toThrow(
    'permission.missing',
  )
  await expect(add(province, id, 'x.example')).rejects.toThrow('permission.missing')
})

test('what one may not see is not found, also by direct SQL', async () => {
  const { id } = await register(ministry, { tlp: 'red' })
  await add(ministry, id, 'kin.example')
  await expect(province.systems.get({ params: { id } })).rejects.toThrow('system.not-found')
  await expect(add(province, id, 'x.example')).rejects.toThrow('system.not-found')
  expect(await whose(province, 'kin.example')).toBeUndefined()
  const rows = (organisation: string, clearance: number) =>
    node.database.transact(
      { actor: { id: 'x', name: 'x' }, organisations: [organisation], clearance },
      async (tx) => {
        const seen = await tx.execute(sql`
          select (select count(*) from information_system where id = ${id})::int as systems,
            (select count(*) from system_range where system_id = ${id})::int as ranges`)
        return seen.rows[0]
      },
    )
  expect(await rows(ministry.organisation, 4)).toEqual({ systems: 1, ranges: 1 })
  expect(await rows(ministry.organisation, 3)).toEqual({ systems: 0, ranges: 0 })
  expect(await rows(province.organisation, 4)).toEqual({ systems: 0, ranges: 0 })
})

test('a change on what somebody has changed meanwhile is refused', async () => {
  const { id, version } = await register(ministry)
  await ministry.systems.update({ params: { id }, body: { purpose: 'một', version } })
  await expect(
    ministry.systems.update({ params: { id }, body: { purpose: 'hai', version } }),
  ).rejects.toThrow('system.changed-meanwhile')
})

test('a code is its owner’s own, in any case of its letters', async () => {
  await register(ministry, { code: 'Trung.1' })
  await expect(register(ministry, { code: 'TRUNG.1' })).rejects.toThrow('system.code-taken')
  await register(province, { code: 'Trung.1' })
})

test('monitoring is approved by who may, and the score and its gaps are reckoned by owner', async () => {
  const { id } = await register(province, { level: 3 })
  const officer = ownerOf(
    province.organisation,
    await keyFor(node, province.organisation, 'focal-point'),
  )
  const move = (by: Owner, stage: 'surveyed' | 'ready' | 'approved') =>
    by.systems.monitor({ params: { id }, body: { way: 'direct', stage, reason: 'theo kế hoạch' } })
  await move(officer, 'surveyed')
  await move(officer, 'ready')
  await expect(move(officer, 'approved')).rejects.toThrow('permission.missing')
  expect((await move(local, 'approved')).monitoring).toEqual({
    direct: 'approved',
    indirect: 'none',
  })
  await expect(move(local, 'approved')).rejects.toThrow('system.illegal-stage')
  const { owners, items } = await officer.systems.completeness({})
  const own = owners.find(({ organisation_id }) => organisation_id === province.organisation)
  expect(own?.organisation_name).toBe('Tỉnh Ví dụ')
  expect(own?.missing.length).toBeGreaterThan(0)
  expect(own?.missing.every(({ id: item }) => items.some((one) => one.id === item))).toBe(true)
})

test('a search finds Vietnamese words without their marks', async () => {
  await register(ministry, { name: 'Cổng thông tin điện tử Đường bộ' })
  const { items } = await ministry.systems.list({ query: { filter: 'dien tu duong' } })
  expect(items.map(({ name }) => name)).toContain('Cổng thông tin điện tử Đường bộ')
})
