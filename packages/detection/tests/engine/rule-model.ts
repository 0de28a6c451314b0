import type { Logsource } from '@haidang/contracts/event'

export type Scalar = string | number | boolean | null

/** One comparison of a search identifier; the field is empty for keywords, which are always `contains`. */
export interface Item {
  readonly field: string
  readonly modifiers: readonly string[]
  readonly values: readonly Scalar[]
}

/** A search identifier: maps of which one must hold, each with items that must all hold. */
export type Search = readonly (readonly Item[])[]

export type Condition =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'of'; readonly quantity: '1' | 'any' | 'all'; readonly pattern: string }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }

/** A rule before it is written down. */
export interface ModelRule {
  readonly logsource: Logsource
  readonly searches: readonly (readonly [name: string, search: Search])[]
  /** Of which one must hold. */
  readonly conditions: readonly Condition[]
}

/** The rule as a Sigma document; JSON is YAML. */
export function written({ logsource, searches, conditions }: ModelRule, id: string): string {
  const texts = conditions.map((condition) => conditionText(condition, 0))
  const detection = {
    ...Object.fromEntries(searches.map(([name, search]) => [name, searchOf(search)])),
    condition: texts.length === 1 ? texts[0] : texts,
  }
  return JSON.stringify({ title: id, id, level: 'low', logsource, detection })
}

function searchOf(search: Search): object {
  const maps = search.map((items) => Object.fromEntries(items.map(entryOf)))
  const [only = {}] = maps
  return maps.length === 1 ? only : maps
}

function entryOf({ field, modifiers, values }: Item): [key: string, value: unknown] {
  const names = field === '' ? modifiers.filter((name) => name !== 'contains') : modifiers
  return [[field, ...names].join('|'), values.length === 1 ? values[0] : values]
}

const strengths = { or: 1, and: 2, not: 3, of: 4, name: 4 }

/** With as few parentheses as will do, so that precedence matters. */
function conditionText(condition: Condition, around: number): string {
  const strength = strengths[condition.kind]
  const text = bareText(condition, strength)
  return strength < around ? `(${text})` : text
}

function bareText(condition: Condition, strength: number): string {
  switch (condition.kind) {
    case 'name':
      return condition.name
    case 'of':
      return `${condition.quantity} of ${condition.pattern}`
    case 'not':
      return `not ${conditionText(condition.part, strength)}`
    default:
      return condition.parts
        .map((part) => conditionText(part, strength + 1))
        .join(` ${condition.kind} `)
  }
}
