import { type Tlp, tlpRank } from '@haidang/contracts/tlp'
import type { Scope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'

/** Nobody writes what they could not read. Throws Problem request.invalid, field `tlp`. */
export function requireClearance({ clearance }: Pick<Scope, 'clearance'>, tlp: Tlp): void {
  if (tlpRank(tlp) <= clearance) return
  throw new Problem('request.invalid', 'nobody may write what he could not read', [
    { field: 'tlp', cause: 'above your clearance', remedy: 'a lower TLP' },
  ])
}
