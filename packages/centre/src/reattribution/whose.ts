import { millisecondsOf } from '@haidang/contracts/instant'
import { tlpRank } from '@haidang/contracts/tlp'
import type { OwnableAlert, Owned } from '../modules/alerts/alert-owner-store.ts'
import type { Attribution } from '../modules/attribution/attribution-index.ts'

/** Above it, TLP 2.0 keeps what was sensed with who sensed it: AMBER may go to whom it concerns, AMBER+STRICT not. */
export const mostShown = tlpRank('amber')

export type Of = (value: string, milliseconds: number, asker: string) => Attribution | undefined

/** Whose an alert is at its own time: the owner of what it is about. */
export function ownerOf({ entity, time, organisation_id, tlp_rank }: OwnableAlert, of: Of): Owned {
  const found = of(entity, millisecondsOf(time), organisation_id)
  if (!found) return { system_id: null, owner_id: null, owner_range: null, shown_to: null }
  const { system_id, organisation_id: owner_id, text: owner_range, confirmed } = found
  const isShown = confirmed && owner_id !== organisation_id && tlp_rank <= mostShown
  return { system_id, owner_id, owner_range, shown_to: isShown ? owner_id : null }
}

export function isSame(one: Owned, other: Owned): boolean {
  return (
    one.system_id === other.system_id &&
    one.owner_id === other.owner_id &&
    one.owner_range === other.owner_range &&
    one.shown_to === other.shown_to
  )
}
