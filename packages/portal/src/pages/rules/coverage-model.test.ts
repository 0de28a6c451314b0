import type { Coverage } from '@haidang/contracts/rule-library'
import { expect, test } from 'vitest'
import { matrixOf, sourcesOf } from './coverage-model.ts'
import { navigatorLayer } from './navigator-layer.ts'

const rule = (n: number, product: string, category?: string) => ({
  id: `rul_${n}`,
  title: `Luật ${n}`,
  status: 'published' as const,
  logsource: { product, ...(category ? { category } : {}) },
  ring: n === 1 ? ('general' as const) : null,
})
const current = { state: 'current' as const, successor: null }
const coverage: Coverage = {
  attack_version: '19.1',
  tactics: [
    { id: 'TA0002', key: 'execution', name: 'Execution', rules: 2 },
    { id: 'TA0005', key: 'stealth', name: 'Stealth', rules: 0 },
  ],
  techniques: [
    { ...current, id: 'T1', name: 'One', tactics: ['execution'], rules: ['rul_1'] },
    {
      ...current,
      id: 'T1.001',
      name: 'One a',
      tactics: ['execution', 'stealth'],
      rules: ['rul_1', 'rul_2'],
    },
    { ...current, id: 'T2', name: 'Two', tactics: ['stealth'], rules: [] },
    { id: 'T3', name: null, tactics: [], state: 'revoked', successor: 'T2', rules: ['rul_3'] },
  ],
  rules: [rule(1, 'windows', 'process_creation'), rule(2, 'linux'), rule(3, 'windows')],
  untagged: 0,
}

test('sub-techniques fold into the technique of their tactic, or stand alone; empty ones stay', () => {
  const { columns } = matrixOf(coverage, undefined)
  const shown = columns.map(({ tactic, covered, cells }) => [
    tactic.key,
    covered,
    cells.map(({ id, rules, parts }) => [id, rules.length, parts.map((part) => part.id)]),
  ])
  expect(shown).toEqual([
    ['execution', 1, [['T1', 2, ['T1.001']]]],
    [
      'stealth',
      1,
      [
        ['T1.001', 2, []],
        ['T2', 0, []],
      ],
    ],
  ])
})

test('only rules of the log source count, by product or by all of it', () => {
  expect(sourcesOf(coverage)).toEqual([
    ['linux', 1],
    ['windows', 2],
    ['windows/process_creation', 1],
  ])
  const rulesOfFirst = (source: string) =>
    matrixOf(coverage, source).columns[0]?.cells[0]?.rules.map(({ id }) => id)
  expect(rulesOfFirst('windows')).toEqual(['rul_1'])
  expect(rulesOfFirst('linux')).toEqual(['rul_2'])
  expect(rulesOfFirst('win')).toEqual([])
  expect(matrixOf(coverage, 'windows').outdated.map(({ id }) => id)).toEqual(['T3'])
  expect(matrixOf(coverage, 'linux').outdated).toEqual([])
})

test('the layer scores every technique of every tactic for the Navigator', () => {
  expect(navigatorLayer(coverage, { name: 'x', source: undefined })).toMatchObject({
    versions: { attack: '19', layer: '4.5' },
    domain: 'enterprise-attack',
    techniques: [
      { techniqueID: 'T1', tactic: 'execution', score: 2, showSubtechniques: true },
      { techniqueID: 'T1.001', tactic: 'execution', score: 2 },
      { techniqueID: 'T1.001', tactic: 'stealth', score: 2 },
      { techniqueID: 'T2', tactic: 'stealth', score: 0, comment: '' },
    ],
  })
})
