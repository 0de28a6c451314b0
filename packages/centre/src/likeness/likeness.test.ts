import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Compared, likeness } from './likeness.ts'

const one: Compared = {
  title: 'Mã hóa tống tiền tại máy chủ tệp',
  type: 'ENCRYPT',
  organisation_id: 'org_a',
  system_id: null,
  detected_at: '2026-11-22T03:00:00.000Z',
  entities: ['192.0.2.7', 'may-chu-tep'],
}
const other: Compared = {
  title: 'Từ chối dịch vụ cổng thông tin',
  type: 'DOS',
  organisation_id: 'org_b',
  system_id: null,
  detected_at: '2026-11-10T03:00:00.000Z',
  entities: ['198.51.100.3'],
}

test('titles are alike whatever their tone marks and order', () => {
  const written = { ...other, title: 'may chu TEP: ma hoa tong tien' }
  expect(likeness(one, written)?.because).toEqual(['title'])
  expect(likeness(one, other)).toBeUndefined()
})

test('each reason stands by itself, and a type only at the same organisation within days', () => {
  expect(likeness(one, { ...other, entities: ['192.0.2.7'] })).toMatchObject({
    because: ['entity'],
    shared: ['192.0.2.7'],
  })
  const system = { ...other, system_id: 'sys_a' }
  expect(likeness({ ...one, system_id: 'sys_a' }, system)?.because).toEqual(['system'])
  const typed = { ...other, type: one.type, organisation_id: 'org_a' }
  expect(likeness(one, typed)).toBeUndefined()
  expect(likeness(one, { ...typed, detected_at: '2026-11-24T03:00:00.000Z' })?.because).toEqual([
    'type',
  ])
})

test('likeness is mutual, and what is the same is most alike', () => {
  const compared = fc.record({
    title: fc.constantFrom(one.title, other.title, ''),
    type: fc.constantFrom('DOS' as const, 'OTHER' as const, undefined),
    organisation_id: fc.constantFrom('org_a', undefined),
    system_id: fc.constantFrom('sys_a', null),
    detected_at: fc.constantFrom(one.detected_at, other.detected_at),
    entities: fc.subarray(['a', 'b', 'c']),
  })
  fc.assert(
    fc.property(compared, compared, (a, b) => {
      const [there, back] = [likeness(a, b), likeness(b, a)]
      expect(there?.score).toBe(back?.score)
      expect(there?.because).toEqual(back?.because)
      expect(there?.score ?? 0).toBeLessThanOrEqual(likeness(a, a)?.score ?? 0)
    }),
  )
})
