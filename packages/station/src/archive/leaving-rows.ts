import { setTimeout as pause } from 'node:timers/promises'
import { eventTable } from '@haidang/contracts/event-columns'
import { systemScope } from '@haidang/runtime/database/database'
import type { ArchiveParts } from './archive-parts.ts'
import { idsHeld } from './archive-queries.ts'
import type { ArchiveFileRow } from './archive-tables.ts'

const look = 100

/**
 * Files whose rows are being deleted from the event store. Whether they were, also by a node that was
 * stopped meanwhile, is seen by the first row of each: an engine deletes all rows of a deletion, or none.
 */
export class LeavingRows {
  readonly #parts: ArchiveParts

  constructor(parts: ArchiveParts) {
    this.#parts = parts
  }

  /**
   * Says of every such file where its rows are. With a signal, waits for deletions under way; without, or
   * when it aborts, answers false while there are some.
   */
  async settle(signal?: AbortSignal): Promise<boolean> {
    while (await this.#isDeleting()) {
      if (!signal || signal.aborted) return false
      await pause(look, undefined, { signal }).catch(() => undefined)
    }
    const { database, store } = this.#parts
    const files = await database.transact(systemScope, (tx) => store.inState(tx, 'leaving'))
    const byHour = Map.groupBy(files, ({ hour }) => hour)
    for (const [hour, some] of byHour) await this.#hour(hour, some)
    return true
  }

  async #hour(hour: number, files: readonly ArchiveFileRow[]): Promise<void> {
    const { database, events, store } = this.#parts
    const hours = { from: hour, to: hour + 1 }
    const ids = files.map(({ first_id }) => first_id)
    const held = await idsHeld(events, hours.from, hours.to, ids)
    if (held > 0 && held < ids.length)
      throw new Error(`Of hour ${hour} only a part was deleted from the event store`)
    const state = held === 0 ? 'archived' : 'hot'
    await database.transact(systemScope, (tx) => store.move(tx, 'leaving', state, hours))
  }

  async #isDeleting(): Promise<boolean> {
    const [row] = await this.#parts.events.query<{ n: unknown }>(
      `SELECT count() AS n FROM system.mutations
       WHERE database = currentDatabase() AND table = '${eventTable}' AND NOT is_done`,
      {},
    )
    return Number(row?.n ?? 0) > 0
  }
}
