import type { Tx } from '@haidang/runtime/database/database'

/** What ids are called, as far as the asker may know: an id that is missing from the answer has no name for them. */
export interface Names {
  organisations(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  people(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** By node id: the station a node is known as, this node itself included. */
  stations(tx: Tx, nodeIds: readonly string[]): Promise<ReadonlyMap<string, string>>
}
