import type { RuleSet } from '@haidang/detection/sigma/rule-set'

/** How the output names rules, by their id in the set: those without an id of their own by their name. */
export function shownNames({ entries }: RuleSet): ReadonlyMap<string, string> {
  return new Map(
    entries
      .filter(({ id, path, name }) => name !== '' && id.startsWith(`${path}#`))
      .map(({ id, name }) => [id, name]),
  )
}
