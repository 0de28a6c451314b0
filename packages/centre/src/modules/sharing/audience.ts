import type { AudienceGap, ToldTo } from '@haidang/contracts/audience'
import { type Tlp, tlpRank } from '@haidang/contracts/tlp'

/** What those named are called, as far as the asker may know. */
export interface Named {
  readonly organisations: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, Somebody>
}

interface Somebody {
  readonly name: string
  readonly organisation_id: string
  readonly disabled: boolean
}

/** Who is named and yet not told: by the TLP (FIRST, 2.0), because nobody is there, or because the account is shut. */
export function gapsOf(
  tlp: Tlp,
  { organisations, groups, people }: ToldTo,
  named: Named,
  emptyGroups: readonly string[],
): AudienceGap[] {
  const rank = tlpRank(tlp)
  const onlyPeople = rank === tlpRank('red')
  const noGroup = onlyPeople ? 'tlp-names-people' : 'tlp-names-organisations'
  const isOpen = rank < tlpRank('amber+strict')
  return [
    ...(onlyPeople ? organisations : []).map((id): AudienceGap => {
      return { kind: 'organisation', id, name: named.organisations.get(id) ?? '', why: noGroup }
    }),
    ...groups
      .filter((id) => !isOpen || emptyGroups.includes(id))
      .map((id): AudienceGap => {
        const why = isOpen ? 'group-empty' : noGroup
        return { kind: 'group', id, name: named.groups.get(id) ?? '', why }
      }),
    ...people.flatMap((id): AudienceGap[] => {
      const person = named.people.get(id)
      if (!person?.disabled) return []
      return [{ kind: 'person', id, name: person.name, why: 'account-disabled' }]
    }),
  ]
}
