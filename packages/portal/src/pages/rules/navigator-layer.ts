import type { Coverage } from '@haidang/contracts/rule-library'
import { type Cell, matrixOf } from './coverage-model.ts'

/** The most rules a technique is scored by; above it the colour does not change. */
const fullScore = 10

/**
 * The coverage as a layer of the ATT&CK Navigator, format 4.5: the score of a technique is the number of rules that
 * name it or one of its sub-techniques, and a sub-technique's its own.
 */
export function navigatorLayer(
  coverage: Coverage,
  { name, source }: { readonly name: string; readonly source: string | undefined },
): object {
  const { columns } = matrixOf(coverage, source)
  const [attack = ''] = coverage.attack_version.split('.')
  return {
    name,
    versions: { attack, navigator: '5.1.0', layer: '4.5' },
    domain: 'enterprise-attack',
    description: '',
    sorting: 0,
    hideDisabled: false,
    techniques: columns.flatMap(({ tactic, cells }) =>
      cells.flatMap((cell) =>
        [cell, ...cell.parts].map((each) => techniqueOf(each, tactic.key, cell)),
      ),
    ),
    gradient: { colors: ['#ffffff', '#2f7d4f'], minValue: 0, maxValue: fullScore },
    legendItems: [],
    showTacticRowBackground: false,
    selectTechniquesAcrossTactics: true,
  }
}

function techniqueOf(each: Omit<Cell, 'parts'>, tactic: string, cell: Cell): object {
  const published = each.rules.filter(({ ring }) => ring !== null).length
  return {
    techniqueID: each.id,
    tactic,
    score: each.rules.length,
    comment: each.rules
      .slice(0, 20)
      .map(({ title }) => title)
      .join('\n'),
    metadata: [{ name: 'rolled out', value: String(published) }],
    enabled: true,
    showSubtechniques: each === cell && cell.parts.some(({ rules }) => rules.length > 0),
  }
}
