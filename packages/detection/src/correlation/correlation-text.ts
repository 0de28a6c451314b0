import {
  type Located,
  type LocatedMap,
  type LocatedScalar,
  RuleProblem,
} from '../sigma/located-yaml.ts'
import { readBounds, readPercentile, timespanOf } from './correlation-bounds.ts'
import { isWord, nameAt, namesAt, textOf, type Word } from './correlation-parts.ts'
import { type CorrelationType, correlationTypes, type Requirement } from './correlation-plan.ts'
import { namesIn, readPresence } from './presence-text.ts'

/** The section `correlation` as written, checked on its own; references are not resolved yet. */
export interface CorrelationText {
  readonly type: CorrelationType
  readonly rules: readonly Word[]
  readonly groupBy: readonly string[]
  /** Milliseconds. */
  readonly timespan: number
  /** Fields whose values are measured. */
  readonly fields: readonly string[]
  readonly percentile: number | null
  readonly requirement: Requirement
  /** By alias: by referenced rule, as written, the field meant. */
  readonly aliases: ReadonlyMap<string, readonly Alias[]>
  /** Undefined: not said. */
  readonly generate: boolean | undefined
  readonly condition: string
}

export interface Alias {
  readonly rule: Word
  readonly field: string
}

const parts = new Set(['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'])
const mostRules = 256
const mostOrderedRules = 32
const mostFields = 32

/**
 * Reads the section `correlation` of a rule (Sigma correlation rules specification 2.1.0; extended
 * conditions and value_median as pySigma has them). Throws RuleProblem where it cannot be meant.
 */
export function readCorrelation(document: LocatedMap): CorrelationText {
  const section = document.entries.get('correlation')?.value
  if (section?.kind !== 'map') {
    throw new RuleProblem('correlation holds named parts', section?.place ?? document.place)
  }
  for (const { name, place } of section.entries.values()) {
    if (!parts.has(name)) throw new RuleProblem(`a correlation has no part "${name}"`, place)
  }
  const type = typeOf(section)
  const timespan = timespanOf(section)
  const conditionAt = section.entries.get('condition')?.value
  const written = readCondition(section, type, conditionAt)
  return {
    type,
    timespan,
    ...written,
    groupBy: namesAt(section, 'group-by', mostFields),
    aliases: aliasesOf(section),
    generate: generateOf(section) ?? generateOf(document),
    condition: `${written.condition} within ${textOf(section, 'timespan')}`,
  }
}

type Written = Pick<
  CorrelationText,
  'rules' | 'fields' | 'percentile' | 'requirement' | 'condition'
>

function readCondition(
  section: LocatedMap,
  type: CorrelationType,
  condition: Located | undefined,
): Written {
  const given = rulesOf(section, type)
  if (condition !== undefined && isWord(condition)) return extended(type, given, condition)
  if (given.length === 0) {
    const place = section.entries.get('rules')?.place ?? section.place
    throw new RuleProblem('a correlation refers to one rule or more', place)
  }
  if (condition === undefined && isTemporal(type)) {
    const requirement = {
      kind: 'bounds',
      bounds: [{ operator: 'gte', value: given.length }],
    } as const
    const text = `gte: ${given.length}`
    return { rules: given, requirement, fields: [], percentile: null, condition: text }
  }
  if (condition?.kind !== 'map') {
    throw new RuleProblem(`${type} needs a condition`, condition?.place ?? section.place)
  }
  const bounds = readBounds(condition, type)
  return {
    rules: given,
    fields: fieldsOf(condition, type),
    percentile: readPercentile(condition, type),
    requirement: { kind: 'bounds', bounds },
    condition: bounds.map(({ operator, value }) => `${operator}: ${value}`).join(', '),
  }
}

function extended(
  type: CorrelationType,
  given: readonly Word[],
  condition: LocatedScalar,
): Written {
  if (!isTemporal(type)) {
    throw new RuleProblem(`a condition of ${type} compares with a number`, condition.place)
  }
  const rules = given.length > 0 ? given : namesIn(condition)
  const requirement = { kind: 'presence', presence: readPresence(condition, rules) } as const
  return { rules, requirement, fields: [], percentile: null, condition: condition.text }
}

function isTemporal(type: CorrelationType): boolean {
  return type === 'temporal' || type === 'temporal_ordered'
}

function typeOf(section: LocatedMap): CorrelationType {
  const text = textOf(section, 'type').toLowerCase()
  const type = correlationTypes.find((each) => each === text)
  if (type !== undefined) return type
  const place = section.entries.get('type')?.value.place ?? section.place
  throw new RuleProblem(`the type of a correlation is one of ${correlationTypes.join(', ')}`, place)
}

function rulesOf(section: LocatedMap, type: CorrelationType): Word[] {
  const value = section.entries.get('rules')?.value
  if (value === undefined) return []
  const most = type === 'temporal_ordered' ? mostOrderedRules : mostRules
  const items = value.kind === 'list' ? value.items : [value]
  if (items.length > most) throw new RuleProblem(`more than ${most} rules`, value.place)
  const seen = new Set<string>()
  return items.map((item) => {
    const word = nameAt(item, 'a reference is the id or name of a rule')
    if (seen.has(word.text)) throw new RuleProblem(`"${word.text}" stands twice`, word.place)
    seen.add(word.text)
    return word
  })
}

function fieldsOf(condition: LocatedMap, type: CorrelationType): string[] {
  const fields = namesAt(condition, 'field', mostFields)
  const place = condition.entries.get('field')?.place ?? condition.place
  if (!type.startsWith('value_')) {
    if (fields.length > 0) throw new RuleProblem(`${type} measures no field`, place)
  } else if (fields.length === 0) {
    throw new RuleProblem(`${type} needs the field it measures`, place)
  } else if (fields.length > 1 && type !== 'value_count') {
    throw new RuleProblem(`${type} measures one field`, place)
  }
  return fields
}

function generateOf(map: LocatedMap): boolean | undefined {
  const value = map.entries.get('generate')?.value
  if (value === undefined) return undefined
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value
  throw new RuleProblem('generate is true or false', value.place)
}

function aliasesOf(section: LocatedMap): Map<string, Alias[]> {
  const value = section.entries.get('aliases')?.value
  const aliases = new Map<string, Alias[]>()
  if (value === undefined) return aliases
  if (value.kind !== 'map') throw new RuleProblem('aliases are named', value.place)
  for (const { name, value: meant } of value.entries.values()) {
    if (meant.kind !== 'map') {
      throw new RuleProblem('an alias says for each rule which field it means', meant.place)
    }
    const fields = [...meant.entries.values()].map((entry) => ({
      rule: { text: entry.name, place: entry.place },
      field: nameAt(entry.value, 'a field is named by a word').text,
    }))
    aliases.set(name, fields)
  }
  return aliases
}
