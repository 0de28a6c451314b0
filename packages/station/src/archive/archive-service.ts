import type {
  ArchiveFile,
  ArchiveReach,
  ArchiveStatus,
  RetentionPolicy,
  RetentionPreview,
  RetentionVersion,
} from '@haidang/contracts/archive'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Page } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf } from '@haidang/runtime/clock'
import { type Scope, systemScope } from '@haidang/runtime/database/database'
import { parquetRows } from '@haidang/runtime/event-store/parquet-footer'
import { Problem } from '@haidang/runtime/problem'
import { ArchiveExpiry } from './archive-expiry.ts'
import { type ArchiveParts, hourMilliseconds } from './archive-parts.ts'
import type { ArchiveFileRow } from './archive-tables.ts'
import { Archiver } from './archiver.ts'
import { LeavingRows } from './leaving-rows.ts'
import { type RestoreLimits, Restorer } from './restorer.ts'
import { effectOf } from './retention-effect.ts'
import { RetentionKeeper } from './retention-keeper.ts'
import { RetentionRules } from './retention-rules.ts'

/** The archive of events and their retention: run in turns, shown and steered by people. */
export class ArchiveService {
  readonly #parts: ArchiveParts
  readonly #archiver: Archiver
  readonly #keeper: RetentionKeeper
  readonly #restorer: Restorer
  readonly #expiry: ArchiveExpiry
  #turn: Promise<void> = Promise.resolve()
  #lastTurn: string | null = null
  #lastError = ''

  constructor(parts: ArchiveParts, limits: RestoreLimits) {
    this.#parts = parts
    this.#archiver = new Archiver(parts)
    this.#restorer = new Restorer(parts, limits)
    this.#keeper = new RetentionKeeper(parts, this.#archiver, new LeavingRows(parts))
    this.#expiry = new ArchiveExpiry(parts, this.#restorer)
  }

  /** Archives closed hours, then deletes what was kept long enough. Turns follow each other. */
  turn(signal: AbortSignal): Promise<void> {
    const turn = this.#turn.then(() => this.#once(signal))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** See Restorer.reach. */
  reach(scope: Scope, from: number, to: number): Promise<ArchiveReach | undefined> {
    return this.#restorer.reach(scope, from, to)
  }

  async status({ scope }: Pick<Caller, 'scope'>): Promise<ArchiveStatus> {
    const { database, store, book } = this.#parts
    return await database.transact(scope, async (tx) => ({
      ...(await store.totals(tx)),
      on: (await book.inForce(tx)).policy.archive,
      troubles: this.#archiver.troubles.map(({ hour, cause }) => ({
        hour: isoOf(hour * hourMilliseconds),
        cause,
      })),
      waiting_hours: this.#archiver.waitingHours,
      last_turn_at: this.#lastTurn,
      last_error: this.#lastError,
    }))
  }

  /** Newest hour first. */
  files(
    { scope }: Caller,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<ArchiveFile>> {
    const { database, store } = this.#parts
    return database.transact(scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: items.map(fileOf), next }
    })
  }

  async run(caller: Caller, signal: AbortSignal): Promise<ArchiveStatus> {
    await this.turn(signal)
    return this.status(caller)
  }

  /** Reads files of hours of receipt back; what is wrong with one stands in the catalogue then. */
  async verify(
    caller: Caller,
    range: { from: string; to: string },
  ): Promise<{ verified: number; faulty: number }> {
    const { database, store, clock } = this.#parts
    const { from, to } = millisecondsIn(range)
    const hours = {
      from: Math.floor(from / hourMilliseconds),
      to: Math.ceil(to / hourMilliseconds),
    }
    const files = await database.transact(caller.scope, async (tx) => [
      ...(await store.inState(tx, 'hot', hours)),
      ...(await store.inState(tx, 'archived', hours)),
    ])
    let faulty = 0
    for (const { sha256, rows } of files) {
      const fault = await this.#faultOf(sha256, rows)
      if (fault) faulty += 1
      await database.transact(systemScope, (tx) =>
        store.markVerified(tx, sha256, clock.iso(), fault),
      )
    }
    return { verified: files.length, faulty }
  }

  async restore({ scope }: Caller, range: { from: string; to: string }): Promise<ArchiveReach> {
    const { from, to } = millisecondsIn(range)
    return (await this.reach(scope, from, to)) ?? { files: 0, waiting: 0, beyond: 0 }
  }

  retention({ scope }: Caller): Promise<RetentionVersion> {
    const { database, book } = this.#parts
    return database.transact(scope, (tx) => book.inForce(tx))
  }

  retentionVersions(
    { scope }: Caller,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<Page<RetentionVersion>> {
    const { database, book } = this.#parts
    return database.transact(scope, (tx) => book.list(tx, query))
  }

  publishRetention(
    caller: Caller,
    change: { policy: RetentionPolicy; reason: string; based_on: number },
  ): Promise<RetentionVersion> {
    return this.#parts.book.publish(caller, change)
  }

  async previewRetention(
    caller: Caller,
    { policy }: { policy: RetentionPolicy },
  ): Promise<RetentionPreview> {
    const { policy: inForce } = await this.retention(caller)
    return {
      in_force: await effectOf(this.#parts, inForce),
      tried: await effectOf(this.#parts, policy),
    }
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { database, book, clock } = this.#parts
    if ((await book.home()) === null) return
    try {
      const { policy, version } = await database.transact(systemScope, (tx) => book.inForce(tx))
      const rules = new RetentionRules(policy)
      if (policy.archive) await this.#archiver.turn(rules, signal)
      await this.#keeper.turn(rules, policy.archive, signal)
      await this.#expiry.turn(rules, version)
      await this.#restorer.expire()
      this.#lastTurn = clock.iso()
      this.#lastError = ''
    } catch (error) {
      if (signal.aborted) return
      this.#lastError = error instanceof Error ? error.message : String(error)
      throw error
    }
  }

  async #faultOf(sha256: string, rows: number): Promise<string> {
    try {
      const bytes = await this.#parts.blobs.get(sha256)
      if (!bytes) return 'the file is missing'
      const found = parquetRows(bytes)
      return found === rows ? '' : `the file holds ${found} events instead of ${rows}`
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
}

function millisecondsIn({ from, to }: { from: string; to: string }): { from: number; to: number } {
  const range = { from: millisecondsOf(from), to: millisecondsOf(to) }
  if (range.from < range.to) return range
  throw new Problem('request.invalid', 'from must be an instant before to')
}

function fileOf({ hour, tlp_rank, state, restored_at, ...row }: ArchiveFileRow): ArchiveFile {
  const { sha256, organisation_id, rows, bytes, min_time, max_time } = row
  const { classes, sources, archived_at, verified_at, fault } = row
  return {
    sha256,
    organisation_id,
    rows,
    bytes,
    min_time,
    max_time,
    classes,
    sources,
    archived_at,
    verified_at,
    fault,
    hour: isoOf(hour * hourMilliseconds),
    tlp: tlpOf(tlp_rank),
    state: restored_at === null ? state : 'restored',
  }
}
