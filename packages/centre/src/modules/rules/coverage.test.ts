import { join } from 'node:path'
import { Coverage } from '@haidang/contracts/rule-library'
import { expect, test } from 'vitest'
import { loadAttack } from '../../attack-file.ts'
import { coverageOf } from './coverage.ts'
import type { Outline } from './rule-store.ts'

const shipped = await loadAttack(
  join(import.meta.dirname, '../../../../../content/attack/enterprise.json'),
)

function rule(n: number, ...tags: string[]): Outline {
  const id = `rul_0192f0c1-0000-7000-8000-00000000000${n}`
  const logsource = { product: 'windows' }
  return { id, sigma_id: `s${n}`, title: `Luật ${n}`, status: 'published', logsource, tags }
}

const rules = [
  rule(1, 'attack.execution', 'attack.t1059.001', 'attack.T1059.001'),
  rule(2, 'attack.t1562.001', 'attack.privilege_escalation'),
  rule(3, 'attack.t9999', 'cve.2026-1'),
  rule(4, 'detection.threat-hunting'),
]
const coverage = Coverage.parse(
  coverageOf(rules, shipped, new Map([[rules[0]?.id ?? '', 'early']])),
)
const technique = (id: string) => coverage.techniques.find((each) => each.id === id)

test('every technique of the version is there, with name, tactics and the rules that name it once', () => {
  expect(coverage.attack_version).toBe('19.1')
  expect(coverage.techniques.filter(({ state }) => state === 'current')).toHaveLength(697)
  expect(technique('T1059.001')).toMatchObject({
    name: 'PowerShell',
    tactics: ['execution'],
    rules: [rules[0]?.id],
  })
  expect(technique('T1566')).toMatchObject({ name: 'Phishing', state: 'current', rules: [] })
  expect(coverage.untagged).toBe(1)
})

test('what the version does not have is marked: revoked with its successor, or unknown', () => {
  expect(technique('T1562.001')).toMatchObject({
    name: 'Disable or Modify Tools',
    state: 'revoked',
    successor: 'T1685',
    tactics: [],
  })
  expect(technique('T9999')).toMatchObject({ name: null, state: 'unknown', successor: null })
})

test('tactics count rules in either spelling; a rule says how far it is rolled out', () => {
  const counts = coverage.tactics.filter(({ rules: some }) => some > 0)
  expect(counts.map(({ key, rules: some }) => [key, some])).toEqual([
    ['execution', 1],
    ['privilege-escalation', 1],
  ])
  expect(coverage.rules.map(({ ring }) => ring)).toEqual(['early', null, null, null])
})

test('the facts that ship are whole: tactics are known, successors are in force, nothing is both', () => {
  const keys = new Set(shipped.tactics.map(({ key }) => key))
  expect(keys.size).toBe(15)
  const current = new Map(shipped.techniques.map((each) => [each.id, each]))
  expect(current.size).toBe(shipped.techniques.length)
  for (const { id, tactics } of shipped.techniques) {
    expect([id, tactics.filter((key) => !keys.has(key))]).toEqual([id, []])
    expect(current.has(id.slice(0, 5))).toBe(true)
  }
  for (const { id, successor } of shipped.gone) {
    expect(current.has(id)).toBe(false)
    expect(successor === null || current.has(successor)).toBe(true)
  }
})
