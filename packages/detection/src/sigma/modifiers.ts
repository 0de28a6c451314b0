import type { Encoding } from './base64.ts'
import { type Place, RuleProblem } from './located-yaml.ts'
import type { Position } from './text-pattern.ts'

/** What kind of comparison a detection item makes. */
export type Mode = 'text' | 'expression' | 'cidr' | 'compare' | 'field' | 'exists' | 'time'

export type Comparison = 'lt' | 'lte' | 'gt' | 'gte'
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year'

/** What the modifiers of a detection item ask for, together. */
export interface Modifiers {
  mode: Mode
  position: Position
  all: boolean
  cased: boolean
  negated: boolean
  windash: boolean
  expand: boolean
  base64: 'none' | 'plain' | 'offset'
  encoding: Encoding
  ignoreCase: boolean
  multiline: boolean
  dotAll: boolean
  comparison: Comparison
  timePart: TimePart
}

type Change = (modifiers: Modifiers) => void

const mode =
  (value: Mode): Change =>
  (m) => {
    m.mode = value
  }
const position =
  (value: Position): Change =>
  (m) => {
    m.position = value
  }
const encoding =
  (value: Encoding): Change =>
  (m) => {
    m.encoding = value
  }
const compare =
  (comparison: Comparison): Change =>
  (m) => {
    m.mode = 'compare'
    m.comparison = comparison
  }
const time =
  (timePart: TimePart): Change =>
  (m) => {
    m.mode = 'time'
    m.timePart = timePart
  }
const set =
  (name: 'all' | 'cased' | 'negated' | 'windash' | 'expand'): Change =>
  (m) => {
    m[name] = true
  }
const flag =
  (name: 'ignoreCase' | 'multiline' | 'dotAll'): Change =>
  (m) => {
    m[name] = true
  }
const base64 =
  (value: 'plain' | 'offset'): Change =>
  (m) => {
    m.base64 = value
  }

/** Sigma specification 2.1.0, appendix "Modifiers"; the long names of the flags are pySigma's. */
const changes: Readonly<Record<string, Change>> = {
  all: set('all'),
  base64: base64('plain'),
  base64offset: base64('offset'),
  cased: set('cased'),
  cidr: mode('cidr'),
  contains: position('contains'),
  day: time('day'),
  dotall: flag('dotAll'),
  endswith: position('endswith'),
  exists: mode('exists'),
  expand: set('expand'),
  fieldref: mode('field'),
  gt: compare('gt'),
  gte: compare('gte'),
  hour: time('hour'),
  i: flag('ignoreCase'),
  ignorecase: flag('ignoreCase'),
  lt: compare('lt'),
  lte: compare('lte'),
  m: flag('multiline'),
  minute: time('minute'),
  month: time('month'),
  multiline: flag('multiline'),
  neq: set('negated'),
  re: mode('expression'),
  s: flag('dotAll'),
  startswith: position('startswith'),
  utf16: encoding('utf16'),
  utf16be: encoding('utf16be'),
  utf16le: encoding('utf16le'),
  week: time('week'),
  wide: encoding('utf16le'),
  windash: set('windash'),
  year: time('year'),
}

const positions = ['contains', 'startswith', 'endswith']
const flags = ['i', 'm', 's', 'ignorecase', 'multiline', 'dotall']
const modes: Readonly<Record<string, readonly string[]>> = {
  re: [...flags, ...positions, 'all', 'neq'],
  cidr: ['all', 'neq'],
  exists: [],
  fieldref: [...positions, 'all', 'neq', 'cased'],
}

/** Reads the modifiers of a key such as `CommandLine|contains|all`. Throws RuleProblem for unknown or conflicting ones. */
export function readModifiers(names: readonly string[], place: Place): Modifiers {
  const modifiers: Modifiers = {
    mode: 'text',
    position: 'whole',
    all: false,
    cased: false,
    negated: false,
    windash: false,
    expand: false,
    base64: 'none',
    encoding: 'utf8',
    ignoreCase: false,
    multiline: false,
    dotAll: false,
    comparison: 'lt',
    timePart: 'hour',
  }
  for (const name of names) {
    const change = Object.hasOwn(changes, name) ? changes[name] : undefined
    if (change === undefined) throw new RuleProblem(`unknown modifier "${name}"`, place)
    change(modifiers)
  }
  refuseConflicts(names, modifiers, place)
  return modifiers
}

function refuseConflicts(names: readonly string[], modifiers: Modifiers, place: Place): void {
  const cause = conflictOf(names, modifiers)
  if (cause !== undefined) throw new RuleProblem(cause, place)
}

function conflictOf(names: readonly string[], modifiers: Modifiers): string | undefined {
  if (new Set(names).size < names.length) return 'a modifier stands twice'
  if (names.filter((name) => positions.includes(name)).length > 1) {
    return 'only one of contains, startswith and endswith is possible'
  }
  if (modifiers.encoding !== 'utf8' && modifiers.base64 === 'none') {
    return 'an encoding is only possible before base64 or base64offset'
  }
  if (modifiers.mode === 'text') {
    const stray = names.find((name) => flags.includes(name))
    return stray === undefined ? undefined : `"${stray}" is only possible after re`
  }
  return modeConflict(names)
}

/** A mode goes with few others: which, its own table says. */
function modeConflict(names: readonly string[]): string | undefined {
  const ruling = names.filter((name) => Object.hasOwn(modes, name) || isRuling(name))
  if (ruling.length > 1) return `"${ruling[0]}" and "${ruling[1]}" are not possible together`
  const allowed = modes[ruling[0] ?? ''] ?? ['all', 'neq']
  const stray = names.find((name) => name !== ruling[0] && !allowed.includes(name))
  return stray === undefined ? undefined : `"${stray}" is not possible with "${ruling[0]}"`
}

function isRuling(name: string): boolean {
  return /^(lte?|gte?|minute|hour|day|week|month|year)$/.test(name)
}
