import type { Alert } from '@haidang/contracts/alert'
import type { Logsource } from '@haidang/contracts/event'
import { Severity } from '@haidang/contracts/severity'
import {
  type Located,
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from './located-yaml.ts'

/** What a rule says of itself. */
export interface RuleText {
  readonly id: string
  /** By which others may refer to it; empty if it has none. */
  readonly name: string
  readonly title: string
  readonly description: string
  readonly severity: Severity
  readonly status: string
  readonly logsource: Logsource
  readonly tags: readonly string[]
  readonly author: string
  readonly falsePositives: readonly string[]
  readonly references: readonly string[]
}

/** Reads what a rule says of itself; missing parts are empty, a missing level is medium. Throws RuleProblem. */
export function readRuleText(rule: LocatedMap, fallbackId: string): RuleText {
  const level = textOf(rule, 'level') || 'medium'
  const severity = Severity.safeParse(level)
  if (!severity.success) {
    const place = rule.entries.get('level')?.value.place ?? rule.place
    throw new RuleProblem(`level is one of ${Severity.options.join(', ')}`, place)
  }
  const title = textOf(rule, 'title')
  if (title === '') throw new RuleProblem('a rule needs a title', rule.place)
  return {
    id: textOf(rule, 'id') || textOf(rule, 'name') || fallbackId,
    name: textOf(rule, 'name').slice(0, 500),
    title: title.slice(0, 500),
    description: textOf(rule, 'description').slice(0, 10_000),
    severity: severity.data,
    status: textOf(rule, 'status'),
    logsource: logsourceOf(rule),
    tags: textsOf(rule, 'tags'),
    author: textOf(rule, 'author'),
    falsePositives: textsOf(rule, 'falsepositives'),
    references: textsOf(rule, 'references'),
  }
}

function logsourceOf(rule: LocatedMap): Logsource {
  const written = mapAt(rule, 'logsource')
  if (written === undefined) {
    if (rule.entries.has('correlation')) return {}
    throw new RuleProblem('a rule needs a logsource', rule.place)
  }
  const logsource: { product?: string; category?: string; service?: string } = {}
  for (const part of ['product', 'category', 'service'] as const) {
    const value = textOf(written, part).toLowerCase()
    if (value !== '') logsource[part] = value
  }
  return logsource
}

/** What an alert says of the rule that raised it. */
export function factsOf(text: RuleText, version: string): Alert['rule'] {
  const { id, title, description, tags, falsePositives, references } = text
  return {
    id,
    title,
    description,
    tags: [...tags],
    false_positives: [...falsePositives],
    references: [...references],
    version,
  }
}

/** Where an entry stands, or the map it should stand in. */
export function placeOf(map: LocatedMap, name: string): Place {
  return map.entries.get(name)?.place ?? map.place
}

/** A part that holds named parts, undefined if it is absent. Throws RuleProblem if it is anything else. */
export function mapAt(map: LocatedMap, name: string): LocatedMap | undefined {
  const value = map.entries.get(name)?.value
  if (value === undefined || value.kind === 'map') return value
  throw new RuleProblem(`${name} must hold named parts`, value.place)
}

function textOf(map: LocatedMap, name: string): string {
  const value = map.entries.get(name)?.value
  if (value === undefined || isNull(value)) return ''
  if (value.kind === 'scalar') return value.text.trim()
  throw new RuleProblem(`${name} must be a text`, value.place)
}

function textsOf(map: LocatedMap, name: string): string[] {
  const value = map.entries.get(name)?.value
  if (value === undefined || isNull(value)) return []
  const items = value.kind === 'list' ? value.items : [value]
  return items
    .filter((item): item is LocatedScalar => item.kind === 'scalar')
    .slice(0, 200)
    .map(({ text }) => text.slice(0, 1_000))
}

function isNull(value: Located): boolean {
  return value.kind === 'scalar' && value.value === null
}
