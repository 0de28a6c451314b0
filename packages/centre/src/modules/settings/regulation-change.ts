import { isDeepStrictEqual } from 'node:util'
import { type DatedEntry, type Regulation, regulationSections } from '@haidang/contracts/regulation'
import type { RegulationChange } from '@haidang/contracts/regulation-api'

/** What differs from one version of a profile to another, in the order of the profile. `before` undefined: all is new. */
export function changesBetween(
  before: Regulation | undefined,
  after: Regulation,
): RegulationChange[] {
  const heads = fieldsThatDiffer(before ? headOf(before) : {}, headOf(after))
  const head: RegulationChange[] =
    heads.length === 0
      ? []
      : [{ section: 'profile', id: after.profile, what: 'changed', fields: heads }]
  return [
    ...head,
    ...regulationSections.flatMap((section) => {
      const old = byKey(before?.[section] ?? [])
      const now = byKey(after[section])
      const keys = new Set([...now.keys(), ...old.keys()])
      return [...keys].flatMap((id) => {
        const fields = fieldsThatDiffer(old.get(id) ?? {}, now.get(id) ?? {})
        if (fields.length === 0) return []
        return [{ section, id, what: whatOf(old.has(id), now.has(id)), fields }]
      })
    }),
  ]
}

function whatOf(was: boolean, is: boolean): RegulationChange['what'] {
  if (was && is) return 'changed'
  return is ? 'added' : 'removed'
}

/** Facts of the profile itself. */
function headOf(regulation: Regulation): object {
  const sections: readonly string[] = regulationSections
  return Object.fromEntries(Object.entries(regulation).filter(([key]) => !sections.includes(key)))
}

/** Entries by their id; where it stands more than once, with the first day of each. */
function byKey(entries: readonly DatedEntry[]): Map<string, DatedEntry> {
  const often = new Set<string>()
  const seen = new Set<string>()
  for (const { id } of entries) (seen.has(id) ? often : seen).add(id)
  return new Map(
    entries.map((entry) => [
      often.has(entry.id) ? `${entry.id} (${entry.valid_from ?? '…'})` : entry.id,
      entry,
    ]),
  )
}

function fieldsThatDiffer(before: object, after: object): RegulationChange['fields'] {
  const old = new Map<string, unknown>(Object.entries(before))
  const now = new Map<string, unknown>(Object.entries(after))
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => field !== 'id' && !isDeepStrictEqual(old.get(field), now.get(field)))
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
}
