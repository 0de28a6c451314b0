import type { Rule } from '@haidang/contracts/rule'
import { sha256 } from '../sha256.ts'
import { type LocatedMap, type Place, RuleProblem, readYaml } from './located-yaml.ts'
import type { Placeholders } from './placeholders.ts'
import { type CompiledRule, compileDetection, placeOf, readRuleText } from './rule-compiler.ts'
import { Slots } from './view.ts'

/** A file of rules. */
export interface RuleDocument {
  readonly path: string
  readonly text: string
}

/** A rule as it was found, usable or not; plain data. */
export interface RuleEntry extends Omit<Rule, 'hits'> {
  readonly text: string
}

/** All rules of a node, compiled once. */
export interface RuleSet {
  /** Hash over all texts, in the order of their paths. */
  readonly version: string
  readonly rules: readonly CompiledRule[]
  readonly entries: readonly RuleEntry[]
  readonly slots: Slots
}

export interface CompileOptions {
  /** Values of `%name%` for the modifier expand. */
  readonly placeholders?: Placeholders
}

/**
 * Compiles Sigma rules. A rule that cannot be used stands in `entries` with its cause as
 * file:line:column and affects no other; correlations and filters stand there as unsupported.
 */
export function compileRules(
  documents: readonly RuleDocument[],
  { placeholders = {} }: CompileOptions = {},
): RuleSet {
  const slots = new Slots()
  const rules: CompiledRule[] = []
  const entries: RuleEntry[] = []
  const places = new Map<string, string>()
  const sorted = [...documents].sort((a, b) => (a.path < b.path ? -1 : 1))
  const versions: string[] = []
  for (const { path, text } of sorted) {
    const version = sha256(text)
    versions.push(`${path}\u0000${version}`)
    for (const [i, document] of readYaml(text).entries()) {
      const blank = blankEntry(path, text, version, i)
      if (document instanceof RuleProblem) {
        entries.push(failed(blank, document.message, document.place))
      } else if (document.kind !== 'map') {
        entries.push(failed(blank, 'a rule must hold named parts', document.place))
      } else {
        add(document, blank)
      }
    }
  }
  return { version: sha256(versions.join('\n')), rules, entries, slots }

  function add(document: LocatedMap, blank: RuleEntry): void {
    let entry = blank
    try {
      const kind = ['correlation', 'filter', 'action'].find((name) => document.entries.has(name))
      if (kind !== undefined) {
        const problem = located(blank.path, placeOf(document, kind), `${kind} is not carried out`)
        entries.push({ ...blank, ...titleOf(document), state: 'unsupported', problem })
        return
      }
      const text = readRuleText(document, blank.id)
      const { falsePositives: _, references: __, tags, ...facts } = text
      entry = { ...blank, ...facts, tags: [...tags] }
      const taken = places.get(text.id)
      if (taken !== undefined) {
        throw new RuleProblem(`the id already stands in ${taken}`, placeOf(document, 'id'))
      }
      rules.push(compileDetection(document, text, blank.version, slots, placeholders))
      places.set(text.id, located(blank.path, document.place, '').slice(0, -2))
      entries.push({ ...entry, state: 'active' })
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error
      entries.push(failed(entry, error.message, error.place))
    }
  }
}

function titleOf(document: LocatedMap): { title: string; id?: string } {
  const read = (name: string) => {
    const value = document.entries.get(name)?.value
    return value?.kind === 'scalar' ? value.text : undefined
  }
  const id = read('id')
  return { title: read('title') ?? '', ...(id === undefined ? {} : { id }) }
}

function blankEntry(path: string, text: string, version: string, index: number): RuleEntry {
  return {
    id: `${path}#${index + 1}`,
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
    text,
  }
}

function failed(entry: RuleEntry, cause: string, place: Place): RuleEntry {
  return { ...entry, state: 'error', problem: located(entry.path, place, cause) }
}

function located(path: string, { line, column }: Place, cause: string): string {
  return `${path}:${line}:${column}: ${cause}`
}
