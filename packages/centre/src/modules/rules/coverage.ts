import type { Coverage } from '@haidang/contracts/rule-library'
import type { Ring } from '@haidang/contracts/rule-set'
import type { AttackCatalogue } from './attack-catalogue.ts'
import type { Outline } from './rule-store.ts'

type Technique = Coverage['techniques'][number]

const tag = /^attack\.(t\d{4}(?:\.\d{3})?)$/i

/**
 * What rules look for, technique by technique: all that the version of ATT&CK knows, and after them those that
 * rules name but it does not know any more or never did. `reached` says how far each rule is rolled out.
 */
export function coverageOf(
  rules: readonly Outline[],
  attack: AttackCatalogue,
  reached: ReadonlyMap<string, Ring>,
): Coverage {
  const named = new Map<string, string[]>()
  for (const rule of rules) {
    for (const id of techniquesOf(rule)) named.set(id, [...(named.get(id) ?? []), rule.id])
  }
  const known = attack.techniques.map(
    (technique): Technique => ({
      ...technique,
      state: 'current',
      successor: null,
      rules: named.get(technique.id) ?? [],
    }),
  )
  const current = new Set(attack.techniques.map(({ id }) => id))
  const others = [...named].filter(([id]) => !current.has(id)).sort(([a], [b]) => (a < b ? -1 : 1))
  const { version: attack_version, tactics } = attack
  return {
    attack_version,
    tactics: tactics.map(({ id, key, name }) => ({
      id,
      key,
      name,
      rules: rules.filter(({ tags }) => hasTactic(tags, key)).length,
    })),
    techniques: [...known, ...others.map(([id, some]) => outdated(id, some, attack))],
    rules: rules.map((rule) => ruleOf(rule, reached)),
    untagged: rules.filter((rule) => techniquesOf(rule).length === 0).length,
  }
}

function outdated(id: string, rules: string[], { gone }: AttackCatalogue): Technique {
  const found = gone.find((each) => each.id === id)
  const { name = null, state = 'unknown', successor = null } = found ?? {}
  return { id, name, tactics: [], state, successor, rules }
}

function ruleOf(
  { id, title, status, logsource }: Outline,
  reached: ReadonlyMap<string, Ring>,
): Coverage['rules'][number] {
  return { id, title, status, logsource, ring: reached.get(id) ?? null }
}

function techniquesOf({ tags }: Outline): string[] {
  const ids = tags.flatMap((each) => tag.exec(each)?.[1]?.toUpperCase() ?? [])
  return [...new Set(ids)]
}

/** Sigma wrote tactics with underscores once and writes them with hyphens now. */
function hasTactic(tags: readonly string[], key: string): boolean {
  return tags.some((each) => each.toLowerCase().replaceAll('_', '-') === `attack.${key}`)
}
