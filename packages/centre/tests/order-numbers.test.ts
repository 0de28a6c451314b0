import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { OrderDraft } from '@haidang/contracts/order'
import type { Regulation } from '@haidang/contracts/regulation'
import { expect, test } from 'vitest'
import { caller, centreOrg, doing, ministryOrg } from './doing.ts'

const centre = caller(centreOrg)
const draft: OrderDraft = {
  kind: 'order',
  urgency: 'normal',
  title: 'Chặn địa chỉ tấn công',
  situation: 'Cổng dịch vụ bị dò mật khẩu',
  actions: [{ id: 'a1', kind: 'other', text: 'Chặn', due_at: null, indicators: [] }],
  legal_basis: ['Kế hoạch ứng cứu 12/KH-TT'],
  tlp: 'amber',
  incident_id: null,
  report_due_at: '2027-02-01T05:00:00Z',
  addressees: [{ organisation_id: ministryOrg, role: 'lead' }],
}
type Node = Awaited<ReturnType<typeof doing>>

/** Puts another version of the rules of 2026 into force from a day on. */
async function change(
  { database, due, clock }: Node,
  effective_from: string,
  by: (regulation: Regulation) => Partial<Regulation>,
): Promise<void> {
  await database.transact(centre.scope, async (tx) => {
    const held = (await due.book.versions(tx)).filter(({ profile }) => profile === 'vn-2026')
    const last = held.at(-1)
    if (!last) throw new Error('no rules of 2026')
    await due.regulations.add(tx, {
      profile: 'vn-2026',
      version: last.version + 1,
      effective_from,
      regulation: { ...last.regulation, ...by(last.regulation) },
      reason: 'thử',
      actor_id: 'usr_x',
      actor_name: 'A',
      created_at: clock.iso(),
    })
  })
}

const withPattern = (pattern: string) => (regulation: Regulation) => ({
  series: regulation.series.map((one) => (one.counts === 'order' ? { ...one, pattern } : one)),
})

test('orders issued at once are numbered without a hole or a double, also where one of them fails', async () => {
  await using node = await doing()
  const failing = node.database.transact(centre.scope, async (tx) => {
    await node.numbers.next(tx, 'order', centreOrg)
    throw new Error('given up')
  })
  const many = Array.from({ length: 8 }, () => node.issuing.issue(centre, draft))
  const [failed, ...issued] = await Promise.allSettled([failing, ...many])
  expect(failed?.status).toBe('rejected')
  const numbers = issued.map((one) => (one.status === 'fulfilled' ? one.value.number : one.reason))
  expect(numbers.sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `LĐP-2026-000${n}`))
})

test('another series holds from its day; numbers given before stay, and going back goes on counting', async () => {
  await using node = await doing()
  const old = await node.issuing.issue(centre, draft)
  await change(node, '2026-11-22', withPattern('{number:2}/LĐP-{issuer}-{year}'))
  expect((await node.issuing.issue(centre, draft)).number).toBe('01/LĐP-TT-2026')
  expect((await node.issuing.issue(centre, draft)).number).toBe('02/LĐP-TT-2026')
  expect((await node.orders.get(centre, old.id)).number).toBe('LĐP-2026-0001')
  await change(node, '2026-11-22', withPattern('LĐP-{year}-{number:6}'))
  expect((await node.issuing.issue(centre, draft)).number).toBe('LĐP-2026-000002')
  node.clock.advance(45 * 86_400_000)
  expect((await node.issuing.issue(centre, draft)).number).toBe('LĐP-2027-000001')
})

test('counters kept by kind and year go on where they stood', async () => {
  await using node = await doing()
  const insert = 'insert into running_number (series, year, last)'
  await node.database.asOwner(`${insert} values ('order', 2026, 41), ('order', 2025, 7)`, [])
  const path = join(import.meta.dirname, '../migrations/0140-number-series.sql')
  const [seed = ''] = (await readFile(path, 'utf8')).split(';')
  await node.database.asOwner(seed, [])
  expect((await node.issuing.issue(centre, draft)).number).toBe('LĐP-2026-0042')
})

test('without a series in force an order is refused with what to do, and nothing is counted', async () => {
  await using node = await doing()
  await change(node, '2026-11-22', () => ({ series: [] }))
  await expect(node.issuing.issue(centre, draft)).rejects.toMatchObject({
    code: 'number.no-series',
    errors: [{ field: 'order', remedy: expect.stringContaining('Settings') }],
  })
})

test('a version written before profiles had series goes on with the shipped ones', async () => {
  await using node = await doing()
  await change(node, '2026-11-22', () => ({ quotas: [] }))
  await node.database.asOwner(
    "update regulation_version set regulation = regulation - 'series' - 'bases'",
    [],
  )
  expect((await node.issuing.issue(centre, draft)).number).toBe('LĐP-2026-0001')
})

const basis = { profile: 'vn-2026', id: 'ND333-9' }
const printed = 'Nghị định số 333/2026/NĐ-CP ngày 19 tháng 8 năm 2026 của Chính phủ, Điều 9'

test('an order keeps what its bases said on the day of issue, whatever the profile says later', async () => {
  await using node = await doing()
  const { id } = await node.issuing.issue(centre, { ...draft, bases: [basis] })
  await change(node, '2026-11-22', ({ bases }) => ({
    bases: bases.map((one) => (one.id === basis.id ? { ...one, text: 'Lời mới' } : one)),
  }))
  const kept = await node.orders.get(centre, id)
  expect(kept.legal_basis).toEqual([printed, 'Kế hoạch ứng cứu 12/KH-TT'])
  const clause = 'NĐ 333/2026/NĐ-CP, Điều 9'
  expect(kept.bases).toEqual([{ ...basis, version: 0, clause, text: printed }])
  const later = await node.issuing.issue(centre, { ...draft, bases: [basis] })
  expect(later.bases).toMatchObject([{ version: 1, text: 'Lời mới' }])
  const amended = await node.amendments.amend(centre, id, {
    version: 1,
    reason: 'bỏ căn cứ',
    legal_basis: ['Kế hoạch ứng cứu 12/KH-TT'],
  })
  expect(amended.bases).toEqual([])
})

test('a basis that ended while a draft was open is refused with its last day and what holds in its place', async () => {
  await using node = await doing()
  const refused = (given: OrderDraft['bases']) =>
    node.issuing.issue(centre, { ...draft, bases: given }).then(
      () => 'issued',
      (error) => error.told('vi').detail,
    )
  await change(node, '2026-11-22', ({ bases }) => ({
    bases: bases.map((one) =>
      one.id === basis.id ? { ...one, valid_to: '2026-11-21', successor: 'L116' } : one,
    ),
  }))
  expect(await refused([{ profile: 'vn-2026', id: 'L116' }])).toBe('issued')
  expect(await refused([basis])).toBe(
    'Nghị định 333/2026/NĐ-CP, ứng phó sự cố hết hiệu lực sau ngày 21/11/2026; dùng Luật An ninh mạng 2025',
  )
  await change(node, '2026-11-22', ({ bases }) => ({
    bases: bases.filter(({ id }) => id !== 'L116'),
  }))
  expect(await refused([{ profile: 'vn-2026', id: 'L116' }])).toContain(
    'Luật An ninh mạng 2025 hết hiệu lực sau ngày 21/11/2026; bỏ ra hoặc',
  )
  expect(await refused([{ profile: 'vn-2017', id: 'QD1622-II.3' }])).toContain('18/08/2026; dùng')
  expect(await refused([{ profile: 'vn-2026', id: 'nobody' }])).toContain('không có hiệu lực')
})
