import { setTimeout as pause } from 'node:timers/promises'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { parquetRows } from '@haidang/runtime/event-store/parquet-footer'
import type { ArchiveParts } from './archive-parts.ts'
import { factsOf, fileOf, type Slice, type SliceFacts, slicesOf } from './archive-queries.ts'
import type { Bundle } from './archive-store.ts'
import type { ArchiveFileRow } from './archive-tables.ts'
import type { RetentionRules } from './retention-rules.ts'
import { sha256Of } from './sha256.ts'

/** What is written is given time between: the line comes first. */
const breath = 20

/**
 * Writes the events of an hour, an organisation and a TLP to the archive and enters the files into the
 * catalogue: all of them in one transaction, after each was read back. A stop anywhere repeats it; the same
 * rows give the same files. Files the bundle had while its rows are in the event store are replaced.
 */
export class BundleArchiver {
  readonly #parts: ArchiveParts
  readonly #bytes

  constructor(parts: ArchiveParts) {
    this.#parts = parts
    this.#bytes = parts.metrics.counter('archive_bytes_total', 'Bytes written to the archive')
  }

  /** Answers how many rows were written; undefined where rows came meanwhile: to be done again. */
  async archive(
    bundle: Bundle,
    rules: RetentionRules,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    const { database, events, store, clock } = this.#parts
    const files: ArchiveFileRow[] = []
    for (const slice of await slicesOf(events, bundle, rules)) {
      const file = await this.#write(bundle, slice, rules)
      if (!file) return undefined
      files.push(file)
      await pause(breath, undefined, { signal })
    }
    await database.transact(systemScope, (tx) => store.replace(tx, bundle, files, clock.iso()))
    return files.reduce((sum, { rows }) => sum + rows, 0)
  }

  async #write(
    bundle: Bundle,
    slice: Slice,
    rules: RetentionRules,
  ): Promise<ArchiveFileRow | undefined> {
    const { database, events, blobs, store, clock } = this.#parts
    const bytes = await fileOf(events, bundle, slice, rules)
    const facts = await factsOf(events, bundle, slice, rules)
    if (parquetRows(bytes) !== slice.rows || facts.rows !== slice.rows) return undefined
    const sha256 = sha256Of(bytes)
    await database.transact(systemScope, (tx) => store.intend(tx, sha256, clock.iso()))
    await blobs.put(bytes)
    await this.#readBack(sha256, slice.rows)
    this.#bytes.add(bytes.length)
    return { ...this.#rowOf(bundle, slice, facts), sha256, cut: rules.cut, bytes: bytes.length }
  }

  /** Blobs give out nothing whose checksum is not its name. */
  async #readBack(sha256: string, rows: number): Promise<void> {
    const bytes = await this.#parts.blobs.get(sha256)
    if (!bytes || parquetRows(bytes) !== rows)
      throw new Error(`The archive gave back ${sha256} otherwise than it was written`)
  }

  #rowOf({ hour, organisation_id, tlp_rank }: Bundle, { rule, rows }: Slice, facts: SliceFacts) {
    const now = this.#parts.clock.iso()
    return {
      hour,
      organisation_id,
      tlp_rank,
      rule,
      rows,
      min_time: isoOf(facts.minTime),
      max_time: isoOf(facts.maxTime),
      classes: [...facts.classes],
      sources: [...facts.sources],
      first_id: facts.firstId,
      state: 'hot' as const,
      archived_at: now,
      verified_at: now,
      fault: '',
      restored_at: null,
      used_at: null,
    }
  }
}
