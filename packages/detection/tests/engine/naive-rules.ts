import type { Event } from '@haidang/contracts/event'
import { naiveTest } from './naive-tests.ts'
import type { Condition, Item, ModelRule, Scalar, Search } from './rule-model.ts'

/** What rules are tried on, by the plainest reading of the specification. */
export interface NaiveSubject {
  readonly record: Readonly<Record<string, unknown>>
  readonly event: Event
  /** Whether the record uses the names of the rules by itself, so that the event is not asked. */
  readonly speaks: boolean
}

/** Values of `%name%` in the rules generated here. */
export const placeholders: Readonly<Record<string, readonly string[]>> = {
  admins: ['root', 'Adm*n'],
  tool: ['net'],
}

/** Whether a rule fires, found out by trying everything it says; shares no code with the engine. */
export function naivelyFires(rule: ModelRule, subject: NaiveSubject): boolean {
  const named = new Map(rule.searches)
  const holds = (name: string) => searchHolds(named.get(name) ?? [], subject)
  return rule.conditions.some((condition) => conditionHolds(condition, [...named.keys()], holds))
}

function conditionHolds(
  condition: Condition,
  names: readonly string[],
  holds: (name: string) => boolean,
): boolean {
  switch (condition.kind) {
    case 'name':
      return holds(condition.name)
    case 'not':
      return !conditionHolds(condition.part, names, holds)
    case 'and':
      return condition.parts.every((part) => conditionHolds(part, names, holds))
    case 'or':
      return condition.parts.some((part) => conditionHolds(part, names, holds))
    case 'of': {
      const meant = names.filter((name) => isMeant(name, condition.pattern))
      return condition.quantity === 'all' ? meant.every(holds) : meant.some(holds)
    }
  }
}

/** Names that begin with an underscore are meant only where the pattern says so. */
function isMeant(name: string, pattern: string): boolean {
  if (name.startsWith('_') && !pattern.startsWith('_')) return false
  return pattern === 'them' || new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name)
}

function searchHolds(search: Search, subject: NaiveSubject): boolean {
  return search.some((items) => items.every((item) => itemHolds(item, subject)))
}

function itemHolds({ field, modifiers, values }: Item, subject: NaiveSubject): boolean {
  const found = field === '' ? leavesOf(subject) : fieldOf(subject, field)
  const one = (value: Scalar) => valueHolds(found, modifiers, value, subject)
  const meant = modifiers.includes('expand') ? values.flatMap(expanded) : values
  const holds = modifiers.includes('all') ? meant.every(one) : meant.some(one)
  return holds !== modifiers.includes('neq')
}

function expanded(value: Scalar): Scalar[] {
  const text = String(value)
  const name = /%(\w+)%/.exec(text)?.[1]
  if (name === undefined) return [value]
  return (placeholders[name] ?? []).map((each) => text.replace(`%${name}%`, each))
}

function valueHolds(
  found: unknown,
  modifiers: readonly string[],
  value: Scalar,
  subject: NaiveSubject,
): boolean {
  if (modifiers.includes('exists')) return (found !== undefined) === value
  if (value === null) return found === undefined || found === null
  if (modifiers.includes('fieldref')) {
    const others = textsOf(fieldOf(subject, String(value)))
    return textsOf(found).some((text) => others.some((other) => refers(text, other, modifiers)))
  }
  return textsOf(found).some(testOf(modifiers, value))
}

/** Made once for each list of modifiers. */
const known = new WeakMap<readonly string[], Map<Scalar, (text: string) => boolean>>()

function testOf(modifiers: readonly string[], value: Scalar): (text: string) => boolean {
  const tests = known.get(modifiers) ?? new Map<Scalar, (text: string) => boolean>()
  known.set(modifiers, tests)
  const test = tests.get(value) ?? naiveTest(modifiers, value)
  tests.set(value, test)
  return test
}

function refers(text: string, other: string, modifiers: readonly string[]): boolean {
  const cased = modifiers.includes('cased')
  const one = cased ? text : text.toLowerCase()
  const two = cased ? other : other.toLowerCase()
  if (modifiers.includes('contains')) return one.includes(two)
  if (modifiers.includes('startswith')) return one.startsWith(two)
  return modifiers.includes('endswith') ? one.endsWith(two) : one === two
}

/** Fields of the event that stand for names of Windows, as far as the rules generated here ask for them. */
const mapped: Readonly<Record<string, (event: Event) => unknown>> = {
  Image: (event) => event.process?.file?.path,
  CommandLine: (event) => event.process?.cmd_line,
  EventID: (event) => event.metadata.event_code,
}

function fieldOf({ record, event, speaks }: NaiveSubject, name: string): unknown {
  const own = inRecord(record, name)
  if (own !== undefined || speaks) return own
  return Object.hasOwn(mapped, name) ? mapped[name]?.(event) : undefined
}

function inRecord(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(record, name) && record[name] !== undefined) return record[name]
  return name.includes('.') ? along(record, name.split('.')) : undefined
}

/** Every element of an array is gone into. */
function along(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(value)) {
    const each = value.map((one: unknown) => along(one, path)).filter((one) => one !== undefined)
    return each.length === 0 ? undefined : each.flat()
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return along(Object.entries(value).find(([name]) => name === key)?.[1], rest)
}

function textsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all
    .filter((each) => each !== undefined && each !== null && typeof each !== 'object')
    .map(String)
}

/** Every scalar of the record, however deep. */
function leavesOf({ record }: NaiveSubject): string[] {
  const leaves: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit)
    else if (value !== null && value !== undefined) leaves.push(String(value))
  }
  visit(record)
  return leaves
}
