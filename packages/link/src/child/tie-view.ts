import { millisecondsOf } from '@haidang/contracts/instant'
import type { LinkLane, ParentLink } from '@haidang/contracts/station'
import type { TieRow } from '../link-tables.ts'

/** When two thirds of the certificate's life are over, milliseconds since the epoch. */
export function renewalTime({ certificate_from, certificate_expires_at }: TieRow): number {
  const from = millisecondsOf(certificate_from ?? '')
  return from + ((millisecondsOf(certificate_expires_at ?? '') - from) * 2) / 3
}

/** The tie as people and other parts see it. */
export function linkOf(tie: TieRow | undefined, lanes: LinkLane[]): ParentLink {
  return {
    state: tie?.state ?? 'none',
    parent_url: tie?.parent_url ?? null,
    parent_name: tie?.parent_name ?? null,
    since: tie?.since ?? null,
    problem: tie?.problem ?? null,
    certificate_expires_at: tie?.certificate_expires_at ?? null,
    waiting: lanes.reduce((sum, { waiting }) => sum + waiting, 0),
    lanes,
  }
}
