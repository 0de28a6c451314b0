import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadRegulations } from '../../regulation-files.ts'
import { dueAfter, Regulation } from './regulation.ts'

const shipped = await loadRegulations(
  join(import.meta.dirname, '../../../../../content/regulations'),
)

function profile(name: string): Regulation {
  const found = shipped.get(name)
  if (!found) throw new Error(`${name} is not shipped`)
  return found
}

test('both shipped profiles are read', () => {
  expect([...shipped.keys()].sort()).toEqual(['vn-2017', 'vn-2026'])
})

test('an acknowledgement is due an hour after delivery, by article 12', () => {
  const [due] = dueAfter(profile('vn-2017'), 'order.delivered', '2026-11-22T01:00:00Z')
  expect(due).toEqual({
    id: '2017.ack',
    due_at: '2026-11-22T02:00:00.000Z',
    clause: 'QĐ 05/2017/QĐ-TTg, Điều 12 khoản 1',
  })
})

test('five calendar days for the first report of 2017', () => {
  const [due] = dueAfter(profile('vn-2017'), 'incident.detected', '2026-02-26T10:00:00Z')
  expect(due?.due_at).toBe('2026-03-03T10:00:00.000Z')
})

test('a serious incident of 2026 is due after 24 hours, an ordinary one after 72', () => {
  const from = '2026-11-22T00:00:00Z'
  const serious = dueAfter(profile('vn-2026'), 'incident.detected', from, 'serious')
  const ordinary = dueAfter(profile('vn-2026'), 'incident.detected', from, 'ordinary')
  expect(serious.map(({ id }) => id)).toEqual(['2026.serious24h', '2026.report72h'])
  expect(ordinary.map(({ due_at }) => due_at)).toEqual(['2026-11-25T00:00:00.000Z'])
})

test('a rule without its clause is no regulation', () => {
  const rule = { id: 'x', trigger: 'order.delivered', within: 'PT1H', name: { vi: 'a', en: 'a' } }
  const text = { profile: 'vn-2030', name: { vi: 'a', en: 'a' }, in_force_from: '2030-01-01' }
  expect(Regulation.safeParse({ ...text, deadlines: [rule] }).success).toBe(false)
})
