import type { Coverage } from '@haidang/contracts/rule-library'

export type CoveredRule = Coverage['rules'][number]
type Technique = Coverage['techniques'][number]
type Tactic = Coverage['tactics'][number]

/** A technique in the column of a tactic, its sub-techniques folded into it. */
export interface Cell {
  readonly id: string
  readonly name: string
  /** That name it or one of its sub-techniques, each once. */
  readonly rules: readonly CoveredRule[]
  /** Sub-techniques of the same tactic. */
  readonly parts: readonly Omit<Cell, 'parts'>[]
}

export interface Column {
  readonly tactic: Tactic
  readonly cells: readonly Cell[]
  /** Cells with a rule. */
  readonly covered: number
}

/** A technique rules name that the version of ATT&CK does not have. */
export interface Outdated extends Omit<Technique, 'rules' | 'tactics'> {
  readonly rules: readonly CoveredRule[]
}

/** A technique whose rules are looked at. */
export interface Opened {
  readonly title: string
  readonly rules: readonly CoveredRule[]
}

/** `windows/process_creation`, as far as the rule says. */
function sourceOf({ logsource: { product, category, service } }: CoveredRule): string {
  return [product, category, service].filter(Boolean).join('/')
}

/** Log sources of the rules with their number, each also under its product alone, by name. */
export function sourcesOf({ rules }: Coverage): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const rule of rules) {
    const source = sourceOf(rule)
    if (source === '') continue
    for (const name of new Set([source.split('/', 1)[0] ?? '', source])) {
      counts.set(name, (counts.get(name) ?? 0) + 1)
    }
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What the techniques come to when only rules of a log source count; without one, all do. */
export function matrixOf(
  coverage: Coverage,
  source: string | undefined,
): { readonly columns: readonly Column[]; readonly outdated: readonly Outdated[] } {
  const rules = new Map(
    coverage.rules.filter((rule) => isOf(rule, source)).map((rule) => [rule.id, rule]),
  )
  const rulesOf = ({ rules: ids }: Technique) => ids.flatMap((id) => rules.get(id) ?? [])
  const current = coverage.techniques.filter(({ state }) => state === 'current')
  return {
    columns: coverage.tactics.map((tactic) => {
      const cells = cellsOf(
        current.filter(({ tactics }) => tactics.includes(tactic.key)),
        rulesOf,
      )
      return { tactic, cells, covered: cells.filter((cell) => cell.rules.length > 0).length }
    }),
    outdated: coverage.techniques
      .filter(({ state }) => state !== 'current')
      .map((technique) => ({ ...technique, rules: rulesOf(technique) }))
      .filter(({ rules: some }) => some.length > 0),
  }
}

function isOf(rule: CoveredRule, source: string | undefined): boolean {
  return source === undefined || `${sourceOf(rule)}/`.startsWith(`${source}/`)
}

/** A sub-technique whose technique belongs to other tactics stands for itself. */
function cellsOf(
  techniques: readonly Technique[],
  rulesOf: (technique: Technique) => readonly CoveredRule[],
): Cell[] {
  const parents = new Set(techniques.map(({ id }) => id).filter((id) => !id.includes('.')))
  const parts = Map.groupBy(techniques, ({ id }) => {
    const [parent = ''] = id.split('.', 1)
    return id.includes('.') && parents.has(parent) ? parent : ''
  })
  return (parts.get('') ?? []).map((technique) => {
    const below = (parts.get(technique.id) ?? []).map((part) => ({
      id: part.id,
      name: part.name ?? '',
      rules: rulesOf(part),
    }))
    const all = [rulesOf(technique), ...below.map(({ rules }) => rules)].flat()
    return { id: technique.id, name: technique.name ?? '', rules: [...new Set(all)], parts: below }
  })
}
