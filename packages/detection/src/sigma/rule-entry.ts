import type { Rule } from '@haidang/contracts/rule'
import { type LocatedMap, type Place, RuleProblem } from './located-yaml.ts'
import type { RuleText } from './rule-text.ts'

/** What a document of a rule file is. */
export type RuleKind = 'detection' | 'correlation' | 'filter'

/** A rule as it was found, usable or not; plain data. */
export interface RuleEntry extends Omit<Rule, 'hits'> {
  readonly kind: RuleKind
  /** By which others may refer to it; empty if it has none. */
  readonly name: string
  /** What its author should know although it is in force, such as how a filter is understood. */
  readonly note: string | null
  /** Of the whole file. */
  readonly text: string
}

/** What is known of the n-th document of a file before it is read. */
export function blankEntry(path: string, text: string, version: string, index: number): RuleEntry {
  return {
    id: `${path}#${index + 1}`,
    kind: 'detection',
    name: '',
    title: path,
    description: '',
    severity: 'medium',
    status: '',
    logsource: {},
    tags: [],
    author: '',
    path,
    version,
    state: 'error',
    problem: null,
    note: null,
    text,
  }
}

/** The entry with what its rule says of itself. */
export function described(entry: RuleEntry, text: RuleText): RuleEntry {
  const { falsePositives: _, references: __, tags, ...facts } = text
  return { ...entry, ...facts, tags: [...tags] }
}

/** The entry of a rule that cannot be used, with the cause where it stands. */
export function failed(entry: RuleEntry, { message, place }: RuleProblem): RuleEntry {
  return { ...entry, state: 'error', problem: located(entry.path, place, message) }
}

/** `file:line:column: cause` */
export function located(path: string, { line, column }: Place, cause: string): string {
  return `${path}:${line}:${column}: ${cause}`
}

/** What a document is, by the section it has. Throws RuleProblem for two of them, and for what Sigma no longer knows. */
export function kindOf(document: LocatedMap): RuleKind {
  const action = document.entries.get('action')
  if (action !== undefined) {
    throw new RuleProblem(
      'action is no longer Sigma: write each rule out, or a correlation or filter',
      action.place,
    )
  }
  const sections = ['detection', 'correlation', 'filter'] as const
  const [kind = 'detection', other] = sections.filter((name) => document.entries.has(name))
  if (other === undefined) return kind
  const place = document.entries.get(other)?.place ?? document.place
  throw new RuleProblem(`a document is either a ${kind} or a ${other}`, place)
}
