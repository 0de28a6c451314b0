import { type ArchiveReach, restoredTable } from '@haidang/contracts/archive'
import { isoOf } from '@haidang/runtime/clock'
import { type Scope, systemScope } from '@haidang/runtime/database/database'
import type { ArchiveParts } from './archive-parts.ts'
import { archiveColumns } from './archive-queries.ts'
import type { ArchiveFileRow } from './archive-tables.ts'

/** Files one search may reach. */
const mostFiles = 5000

export interface RestoreLimits {
  /** Events that may be back at a time. */
  readonly rows: number
  /** Milliseconds after their last use at which they go. */
  readonly keep: number
  /** Milliseconds a search waits for files to come back. */
  readonly patience: number
}

/**
 * Brings archived events back into a table beside that of the events, for searches: newest files first, as
 * many as there is room for, what was used least lately giving way.
 */
export class Restorer {
  readonly #parts: ArchiveParts
  readonly #limits: RestoreLimits
  readonly #coming = new Map<string, Promise<void>>()
  #last: Promise<void> = Promise.resolve()
  #emptied: Promise<void> | undefined

  constructor(parts: ArchiveParts, limits: RestoreLimits) {
    this.#parts = parts
    this.#limits = limits
  }

  /**
   * Brings back what of a range of event times (milliseconds since the epoch, [from, to)) lies only in the
   * archive and a scope may see. Undefined: nothing does, the event store has all.
   */
  async reach(scope: Scope, from: number, to: number): Promise<ArchiveReach | undefined> {
    const { database, store, clock } = this.#parts
    await this.#empty()
    const files = await database.transact(scope, (tx) =>
      store.reached(tx, isoOf(from), isoOf(to), mostFiles),
    )
    if (files.length === 0) return undefined
    const wanted = this.#thatFit(files)
    const coming = wanted.filter(({ restored_at }) => restored_at === null)
    const names = wanted.map(({ sha256 }) => sha256)
    await database.transact(systemScope, (tx) => store.markUsed(tx, names, clock.iso()))
    const arriving = coming.map((file) => this.#bring(file, names))
    await this.#patiently(Promise.all(arriving))
    const waiting = coming.filter(({ sha256 }) => this.#coming.has(sha256)).length
    return { files: files.length, waiting, beyond: files.length - wanted.length }
  }

  /** Takes what was brought back of these hours of receipt (since the epoch) out again. */
  async forget(hours: readonly number[]): Promise<void> {
    const { database, events, store } = this.#parts
    if (hours.length === 0) return
    const each = [...new Set(hours)]
    await database.transact(systemScope, (tx) => store.forgetRestored(tx, each))
    await events.define(each.map((hour) => `ALTER TABLE ${restoredTable} DROP PARTITION ${hour}`))
  }

  /** Takes out what was not used for long. */
  async expire(): Promise<void> {
    const { database, store, clock } = this.#parts
    const before = isoOf(clock.now() - this.#limits.keep)
    const files = await database.transact(systemScope, (tx) => store.restored(tx))
    const byHour = Map.groupBy(files, ({ hour }) => hour)
    const old = [...byHour].filter(([, some]) =>
      some.every(({ used_at }) => (used_at ?? '') < before),
    )
    await this.forget(old.map(([hour]) => hour))
  }

  /** What an earlier run brought back is brought back again by who asks for it. */
  #empty(): Promise<void> {
    const { database, events, store } = this.#parts
    this.#emptied ??= (async () => {
      await events.define([`TRUNCATE TABLE ${restoredTable}`])
      await database.transact(systemScope, (tx) => store.forgetRestored(tx))
    })().catch((error: unknown) => {
      this.#emptied = undefined
      throw error
    })
    return this.#emptied
  }

  #thatFit(files: readonly ArchiveFileRow[]): ArchiveFileRow[] {
    let rows = 0
    return files.filter((file) => {
      rows += file.rows
      return rows <= this.#limits.rows
    })
  }

  /** One file after the other. */
  #bring(file: ArchiveFileRow, wanted: readonly string[]): Promise<void> {
    const known = this.#coming.get(file.sha256)
    if (known !== undefined) return known
    const coming = this.#last
      .then(() => this.#restore(file, wanted))
      .catch((error: unknown) =>
        this.#parts.log.error(
          { file: file.sha256, error },
          'a file of the archive did not come back',
        ),
      )
      .finally(() => this.#coming.delete(file.sha256))
    this.#coming.set(file.sha256, coming)
    this.#last = coming
    return coming
  }

  async #restore(file: ArchiveFileRow, wanted: readonly string[]): Promise<void> {
    const { database, events, blobs, store, clock } = this.#parts
    await this.#makeRoom(file.rows, wanted)
    const { sha256, rows } = file
    const bytes = await blobs.get(sha256)
    if (!bytes) throw new Error('it is missing')
    await events.importParquet(restoredTable, { bytes, columns: archiveColumns, rows }, sha256)
    await database.transact(systemScope, (tx) => store.markRestored(tx, sha256, clock.iso()))
  }

  async #makeRoom(rows: number, wanted: readonly string[]): Promise<void> {
    const { database, store } = this.#parts
    const files = await database.transact(systemScope, (tx) => store.restored(tx))
    let over = files.reduce((sum, file) => sum + file.rows, rows) - this.#limits.rows
    const byHour = [...Map.groupBy(files, ({ hour }) => hour)].map(([hour, some]) => ({
      hour,
      rows: some.reduce((sum, file) => sum + file.rows, 0),
      used: some.reduce(
        (latest, { used_at }) => (latest > (used_at ?? '') ? latest : (used_at ?? '')),
        '',
      ),
      isWanted: some.some(({ sha256 }) => wanted.includes(sha256)),
    }))
    const going: number[] = []
    for (const each of byHour.toSorted((a, b) => (a.used < b.used ? -1 : 1))) {
      if (over <= 0) break
      if (each.isWanted) continue
      going.push(each.hour)
      over -= each.rows
    }
    await this.forget(going)
  }

  async #patiently(all: Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, this.#limits.patience)
    await Promise.race([all, promise])
    clearTimeout(timer)
  }
}
