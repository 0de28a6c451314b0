import { CompletenessItem, type SystemDraft } from '@haidang/contracts/system'
import {
  type DeclarationKindName,
  declarationKindNames,
  declarationKinds,
} from '@haidang/contracts/system-declaration'
import { z } from 'zod'

type Told = Pick<
  SystemDraft,
  'level' | 'level_decision' | 'software' | 'services' | 'log_sources' | 'declaration'
> & { readonly range_count: number }

/** What is either told or not. */
const told: Readonly<Record<string, (system: Told) => boolean>> = {
  level: ({ level }) => level !== null,
  level_decision: ({ level_decision }) => level_decision !== null,
  ranges: ({ range_count }) => range_count > 0,
  software: ({ software }) => software.length > 0,
  services: ({ services }) => services.length > 0,
  log_sources: ({ log_sources }) => log_sources.length > 0,
}

const asked = [
  ...Object.keys(told),
  ...declarationKindNames
    .filter((kind) => Object.keys(declarationKinds[kind].fields).length > 0)
    .map((kind) => `declaration.${kind}`),
]

/** What is asked for and how much each weighs: data with the clause, versioned. */
export const CompletenessRules = z.strictObject({
  profile: z.string().min(1).max(40),
  version: z.int().min(1),
  items: z
    .array(
      CompletenessItem.refine(({ asks }) => asked.includes(asks), {
        path: ['asks'],
        error: `one of ${asked.join(', ')}`,
      }),
    )
    .min(1)
    .max(100),
})
export type CompletenessRules = z.infer<typeof CompletenessRules>

/** Per cent of what the rules ask for that is told, rounded down, and the items that are not wholly told. */
export function completenessOf(
  rules: CompletenessRules,
  system: Told,
): { readonly completeness: number; readonly missing: string[] } {
  const shares = rules.items.map((item) => ({ item, share: shareOf(item.asks, system) }))
  const whole = rules.items.reduce((sum, { weight }) => sum + weight, 0)
  const reached = shares.reduce((sum, { item, share }) => sum + item.weight * share, 0)
  return {
    // A sum of fractions may fall short of a whole by less than anybody can tell.
    completeness: Math.floor((reached / whole) * 100 + 1e-9),
    missing: shares.filter(({ share }) => share < 1).map(({ item }) => item.id),
  }
}

/** Name and version of the rules a score was reckoned by. */
export function profileOf({ profile, version }: CompletenessRules): string {
  return `${profile}.${version}`
}

/** A system with its score by the rules. */
export function reckonedBy<T extends Told>(rules: CompletenessRules, system: T) {
  return { ...system, ...completenessOf(rules, system), completeness_profile: profileOf(rules) }
}

function shareOf(asks: string, system: Told): number {
  const kind = asks.replace(/^declaration\./, '')
  if (kind !== asks) return declaredShare(kind as DeclarationKindName, system)
  return told[asks]?.(system) ? 1 : 0
}

function declaredShare(kind: DeclarationKindName, { declaration }: Told): number {
  const fields = Object.keys(declarationKinds[kind].fields)
  const values: Readonly<Record<string, string | undefined>> = declaration[kind] ?? {}
  return fields.filter((name) => (values[name] ?? '') !== '').length / fields.length
}
