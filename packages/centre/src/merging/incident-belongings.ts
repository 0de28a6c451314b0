import type { BelongingKind } from '@haidang/contracts/incident-merge'
import type { Actor, Tx } from '@haidang/runtime/database/database'

/**
 * A kind of thing that hangs on incidents: its module says what there is of it. Merging moves none of them; whoever
 * takes a merge back may hand on what was added to the head since.
 */
export interface IncidentBelongings {
  readonly kind: BelongingKind
  /** Ids of what hangs on these incidents, as far as the scope shows, at most 2,000. */
  idsOf(tx: Tx, incidents: readonly string[]): Promise<string[]>
  /** What people call these. */
  labelsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Lets these hang on another incident. */
  handOn(tx: Tx, actor: Actor, ids: readonly string[], incident: string): Promise<void>
}
