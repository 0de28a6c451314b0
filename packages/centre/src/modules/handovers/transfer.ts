import { type ItemOutcome, isOwned, type OpenWorkKind } from '@haidang/contracts/handover'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { ItemRow } from './handover-tables.ts'

interface Between {
  readonly from: string
  readonly to: string
}

/** Makes somebody the owner of what another gives away; answers which of it changed hands. */
export type GiveTo = (
  tx: Tx,
  caller: Caller,
  given: Between & { readonly kind: OpenWorkKind; readonly ids: readonly string[] },
) => Promise<ReadonlySet<string>>

interface Settled {
  readonly position: number
  readonly object_id: string
  readonly outcome: ItemOutcome
}

/** What becomes of each item: owners change where the outgoing officer, or nobody, was at work. */
export async function transfer(
  giveTo: GiveTo,
  tx: Tx,
  caller: Caller,
  between: Between,
  items: readonly ItemRow[],
): Promise<Settled[]> {
  const given = new Set<string>()
  for (const [kind, of] of Map.groupBy(items, (item) => item.kind)) {
    if (!isOwned(kind)) continue
    const ids = of.map(({ object_id }) => object_id)
    for (const id of await giveTo(tx, caller, { ...between, kind, ids })) given.add(id)
  }
  return items.map(({ position, object_id, kind }) => {
    if (!isOwned(kind)) return { position, object_id, outcome: 'known' }
    return { position, object_id, outcome: given.has(object_id) ? 'transferred' : 'elsewhere' }
  })
}
