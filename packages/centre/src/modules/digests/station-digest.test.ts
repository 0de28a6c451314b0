import type { JournalDigest } from '@haidang/contracts/journal-digest'
import { expect, test } from 'vitest'
import { digestHash } from '../../digest-hash.ts'
import { judge, type KeptDigest } from './station-digest.ts'

function signed(day: number, entries: number, before: KeptDigest | null, head = 'a'): KeptDigest {
  const digest: JournalDigest = {
    type: 'haidang.journal-digest',
    version: 1,
    node_id: 'nod_1',
    day: `2026-11-${day}`,
    time: `2026-11-${day}T17:05:00.000Z`,
    entries,
    head: head.repeat(64),
    previous: before?.hash ?? null,
    key: { kid: 'k', x: 'x' },
    signature: 's',
  }
  return { digest, hash: digestHash(digest) }
}

const none = { before: [], same: [], after: [] }
const first = signed(20, 10, null)
const second = signed(21, 20, first, 'b')
const third = signed(22, 30, second, 'c')

test('a day that names the one before continues it, also where it arrives late', () => {
  expect(judge(first, none)).toEqual({ verdict: 'first', fault: null })
  expect(judge(second, { ...none, before: [first] }).verdict).toBe('continues')
  expect(judge(second, { ...none, before: [first], after: [third] }).verdict).toBe('continues')
  expect(judge(first, { ...none, after: [second] }).verdict).toBe('first')
})

test.each<[string, KeptDigest, Parameters<typeof judge>[1]]>([
  ['other-for-day', signed(21, 21, first), { ...none, same: [second] }],
  ['breaks-chain', signed(22, 30, first), { ...none, before: [second] }],
  ['breaks-chain', signed(22, 30, null), { ...none, before: [second] }],
  ['breaks-chain', signed(21, 19, first), { ...none, before: [first], after: [third] }],
  ['entries-lost', signed(22, 19, second), { ...none, before: [second] }],
  ['other-head', signed(22, 20, second, 'd'), { ...none, before: [second] }],
])('a history told otherwise is a contradiction: %s', (fault, told, neighbours) => {
  expect(judge(told, neighbours)).toEqual({ verdict: 'contradicts', fault })
})

test('after a contradiction the new line is followed on, the old one too', () => {
  const other = signed(22, 25, first, 'd')
  const before = [third, other]
  for (const line of before) {
    expect(judge(signed(23, 40, line, 'e'), { ...none, before }).verdict).toBe('continues')
  }
})
