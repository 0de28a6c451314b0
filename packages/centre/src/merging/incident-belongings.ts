import type { Belonging, BelongingKind, Given } from '@haidang/contracts/incident-merge'
import type { Actor, Tx } from '@haidang/runtime/database/database'

/** What people call a thing, and how confidential that is. */
export interface Named {
  readonly label: string
  readonly tlp_rank: number
}

/**
 * A kind of thing that hangs on incidents: its module says what there is of it. Merging moves none of them; whoever
 * takes a merge back may hand on what was added to the head since.
 */
export interface IncidentBelongings {
  readonly kind: BelongingKind
  /** Ids of what hangs on these incidents, as far as the scope shows, at most 2,000. */
  idsOf(tx: Tx, incidents: readonly string[]): Promise<string[]>
  /** What people call these. */
  labelsOf(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Named>>
  /** Lets these hang on another incident. Throws Problem merge.task-there. */
  handOn(tx: Tx, actor: Actor, ids: readonly string[], incident: string): Promise<void>
}

/** Of which kind of thing there is what. */
type Held = Omit<Belonging, 'label'>

/** From so many of one kind on, an answer may leave some out. */
export const mostBelongings = 2_000

/** All that hangs on these incidents themselves. */
export async function heldBy(
  tx: Tx,
  belongings: readonly IncidentBelongings[],
  incidents: readonly string[],
): Promise<Held[]> {
  const held: Held[] = []
  for (const hung of belongings) {
    for (const id of await hung.idsOf(tx, incidents)) held.push({ kind: hung.kind, id })
  }
  return held
}

/** The same under the names people know them by. */
export async function labelled<T extends Held>(
  tx: Tx,
  belongings: readonly IncidentBelongings[],
  held: readonly T[],
): Promise<(T & Named)[]> {
  const names = new Map<string, Named>()
  for (const hung of belongings) {
    const ids = held.filter(({ kind }) => kind === hung.kind).map(({ id }) => id)
    if (ids.length === 0) continue
    for (const [id, named] of await hung.labelsOf(tx, ids)) names.set(id, named)
  }
  return held.map((one) => ({ ...one, ...(names.get(one.id) ?? { label: '', tlp_rank: 0 }) }))
}

/** Lets each of these hang on the incident it is given to. Throws as `IncidentBelongings.handOn`. */
export async function handOnAll(
  tx: Tx,
  actor: Actor,
  belongings: readonly IncidentBelongings[],
  given: readonly Given[],
): Promise<void> {
  for (const hung of belongings) {
    const ofKind = given.filter(({ kind }) => kind === hung.kind)
    for (const [to, things] of Map.groupBy(ofKind, (one) => one.to)) {
      const ids = things.map(({ id }) => id)
      await hung.handOn(tx, actor, ids, to)
    }
  }
}
