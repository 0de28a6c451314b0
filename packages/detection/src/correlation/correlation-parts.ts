import {
  type Located,
  type LocatedMap,
  type LocatedScalar,
  type Place,
  RuleProblem,
} from '../sigma/located-yaml.ts'

/** A word of a rule and where it stands. */
export interface Word {
  readonly text: string
  readonly place: Place
}

/** Whether a value is a word, and not a number, a map or nothing. */
export function isWord(value: Located): value is LocatedScalar {
  return value.kind === 'scalar' && value.value !== null
}

/** The text of a part; empty if it is absent. Throws RuleProblem if it is a list or map. */
export function textOf(map: LocatedMap, name: string): string {
  const value = map.entries.get(name)?.value
  if (value === undefined) return ''
  if (value.kind === 'scalar') return value.value === null ? '' : value.text.trim()
  throw new RuleProblem(`${name} is a word`, value.place)
}

/** A name and where it stands. Throws RuleProblem with the cause given for anything else. */
export function nameAt(value: Located, cause: string): Word {
  if (!isWord(value) || value.text.trim() === '') throw new RuleProblem(cause, value.place)
  return { text: value.text.trim(), place: value.place }
}

/** The names of a part: one or a list; each counts once. Throws RuleProblem for other shapes and more than `most`. */
export function namesAt(map: LocatedMap, part: string, most: number): string[] {
  const value = map.entries.get(part)?.value
  if (value === undefined || (value.kind === 'scalar' && value.value === null)) return []
  const items = value.kind === 'list' ? value.items : [value]
  if (items.length > most) throw new RuleProblem(`more than ${most} fields`, value.place)
  return [...new Set(items.map((item) => nameAt(item, `${part} names fields`).text))]
}
