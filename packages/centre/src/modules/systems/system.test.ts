import { join } from 'node:path'
import { SystemDraft } from '@haidang/contracts/system'
import { declarationKindNames, declarationKinds } from '@haidang/contracts/system-declaration'
import { expect, test } from 'vitest'
import { loadCompleteness } from '../../completeness-file.ts'
import { CompletenessRules, completenessOf } from './completeness.ts'
import { stageRefusal } from './system.ts'

const shipped = await loadCompleteness(
  join(import.meta.dirname, '../../../../../content/completeness/vn-1017.yaml'),
)

const bare = {
  ...SystemDraft.parse({
    organisation_id: 'org_019a0000-0000-7000-8000-000000000000',
    code: 'HT.1',
    name: 'Cổng',
  }),
  range_count: 0,
}

test('the shipped rules ask for each of the eleven kinds of the decision', () => {
  const ids = shipped.items.map(({ id }) => id)
  expect(declarationKindNames).toHaveLength(11)
  expect(declarationKindNames.filter((kind) => !ids.includes(kind))).toEqual([])
})

test('nothing told is nothing, everything told is a hundred', () => {
  expect(completenessOf(shipped, bare)).toMatchObject({ completeness: 0 })
  const declaration = Object.fromEntries(
    declarationKindNames.map((kind) => [
      kind,
      Object.fromEntries(Object.keys(declarationKinds[kind].fields).map((name) => [name, 'có'])),
    ]),
  )
  const whole = {
    ...bare,
    declaration,
    level: 3,
    level_decision: { number: '1', date: '2026-01-01', authority: 'Bộ' },
    software: [{ name: 'nginx', version: '1', identifier: '' }],
    services: [{ name: 'web', protocol: 'tcp' as const, port: 443, public: true }],
    log_sources: [{ name: 'nginx', kind: '', shared: true }],
    range_count: 1,
  }
  expect(completenessOf(shipped, whole)).toEqual({ completeness: 100, missing: [] })
})

test('half of the fields of a kind are half of its weight, and it is still missing', () => {
  const rules: CompletenessRules = {
    profile: 'x',
    version: 1,
    items: [
      {
        id: 'setup',
        asks: 'declaration.setup',
        weight: 30,
        clause: 'x',
        name: { vi: 'a', en: 'a' },
      },
      { id: 'level', asks: 'level', weight: 10, clause: 'x', name: { vi: 'a', en: 'a' } },
    ],
  }
  const told = { ...bare, level: 2, declaration: { setup: { device: 'x', version: '' } } }
  expect(completenessOf(rules, told)).toEqual({ completeness: 50, missing: ['setup'] })
})

test('rules that ask for what the register does not have are no rules', () => {
  const item = { id: 'x', asks: 'declaration.nothing', weight: 1, clause: 'x' }
  const read = CompletenessRules.safeParse({
    profile: 'x',
    version: 1,
    items: [{ ...item, name: { vi: 'a', en: 'a' } }],
  })
  expect(read.success).toBe(false)
})

const important = { level: 3, importance: [] }

test('monitoring goes survey, conditions, approved, deployed, one stage at a time', () => {
  const stages = ['none', 'surveyed', 'ready', 'approved', 'deployed'] as const
  for (const [i, from] of stages.entries()) {
    for (const [j, to] of stages.entries()) {
      const legal = j === i + 1 || j < i
      expect(stageRefusal(important, 'direct', from, to) === undefined, `${from} ${to}`).toBe(legal)
    }
  }
})

test('direct monitoring is for level 3 and up and for what is nationally important', () => {
  const refusal = (level: number | null, importance: string[], way: 'direct' | 'indirect') =>
    stageRefusal({ level, importance }, way, 'surveyed', 'ready')
  expect(refusal(2, [], 'direct')).toMatch(/level 3/)
  expect(refusal(null, [], 'direct')).toMatch(/level 3/)
  expect(refusal(2, [], 'indirect')).toBeUndefined()
  expect(refusal(1, ['nationally_important'], 'direct')).toBeUndefined()
})

test('a declaration with a field nobody knows is refused', () => {
  const read = SystemDraft.safeParse({
    ...bare,
    declaration: JSON.parse('{"location":{"__proto__x":"1"}}'),
  })
  expect(read.success).toBe(false)
})
