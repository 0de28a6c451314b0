import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'

/** What ids are called, as far as the asker may know: an id that is missing from the answer has no name for them. */
export interface Names {
  organisations(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Also of those the asker may not see: who is told something knows whose it is. */
  sources(tx: Tx, organisationIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  people(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** By node id: the station a node is known as, this node itself included. */
  stations(tx: Tx, nodeIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** Whom names are asked of. */
interface Named {
  readonly organisations: {
    names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
    namesOfAny(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  }
  readonly people: { names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> }
  readonly stations: { names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> }
}

/** Names as the modules of a node know them. */
export function namesOf({ organisations, people, stations }: Named): Names {
  return {
    organisations: (tx, ids) => organisations.names(tx, ids),
    sources: (tx, ids) => organisations.namesOfAny(tx, ids),
    people: (tx, ids) => people.names(tx, ids),
    stations: (tx, ids) => stations.names(tx, ids),
  }
}

/** Throws Problem person.not-found where the asker knows nobody of this id. */
export async function requirePerson(names: Names, tx: Tx, id: string): Promise<void> {
  const known = await names.people(tx, [id])
  if (!known.has(id)) throw new Problem('person.not-found')
}

/** Throws Problem organisation.not-found where the asker knows none of this id. */
export async function requireOrganisation(names: Names, tx: Tx, id: string): Promise<void> {
  const known = await names.organisations(tx, [id])
  if (!known.has(id)) throw new Problem('organisation.not-found')
}
