import { isoOf } from '@haidang/runtime/clock'
import { systemScope } from '@haidang/runtime/database/database'
import { type ArchiveParts, dayHours, dayMilliseconds } from './archive-parts.ts'
import type { ArchiveFileRow } from './archive-tables.ts'
import type { Restorer } from './restorer.ts'
import type { RetentionRules } from './retention-rules.ts'

/** Milliseconds for which a file that is in no catalogue is left alone: it may be about to be entered. */
const sweepAfter = 3_600_000
const atOnce = 500

/** Lets go of files that have been in the archive for as long as they are to be, and of what stops left behind. */
export class ArchiveExpiry {
  readonly #parts: ArchiveParts
  readonly #restorer: Restorer
  /** Day and policy for which every file was looked at. */
  #looked = ''

  constructor(parts: ArchiveParts, restorer: Restorer) {
    this.#parts = parts
    this.#restorer = restorer
  }

  /** Once a day, and when the policy changed: `version` names the policy. */
  async turn(rules: RetentionRules, version: number): Promise<void> {
    const name = `${this.#today} ${version}`
    if (this.#looked !== name) {
      const files = await expired(this.#parts, rules, this.#today)
      for (let from = 0; from < files.length; from += atOnce)
        await this.#remove(files.slice(from, from + atOnce), version)
      this.#looked = name
    }
    await this.#sweep()
  }

  get #today(): number {
    return Math.floor(this.#parts.clock.now() / dayMilliseconds)
  }

  async #remove(files: readonly ArchiveFileRow[], version: number): Promise<void> {
    const { database, store, journal, book, clock } = this.#parts
    const brought = files.filter(({ restored_at }) => restored_at !== null)
    await this.#restorer.forget(brought.map(({ hour }) => hour))
    const days = files.map(({ hour }) => isoOf(hour * 3_600_000).slice(0, 10)).toSorted()
    const after = {
      files: files.length,
      events: files.reduce((sum, { rows }) => sum + rows, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    }
    await database.transact(systemScope, async (tx) => {
      const names = files.map(({ sha256 }) => sha256)
      await store.remove(tx, names, isoOf(clock.now() - sweepAfter))
      await journal.append(tx, {
        type: 'retention.deleted',
        organisation_id: await book.home(),
        actor: systemScope.actor,
        authority: `retention:${version}`,
        subject: `archive:${days[0]}/${days.at(-1)}`,
        reason: 'kept for as long as the policy says',
        after,
      })
    })
  }

  /** A name is let go of only after its file is. */
  async #sweep(): Promise<void> {
    const { database, store, blobs, clock } = this.#parts
    const before = isoOf(clock.now() - sweepAfter)
    const names = await database.transact(systemScope, (tx) => store.litter(tx, before))
    for (const name of names) {
      await blobs.remove(name)
      await database.transact(systemScope, (tx) => store.swept(tx, name))
    }
  }
}

/** Files of the archive that nothing in must be kept any longer, on a day since the epoch. */
export async function expired(
  { database, store }: Pick<ArchiveParts, 'database' | 'store'>,
  rules: RetentionRules,
  today: number,
): Promise<ArchiveFileRow[]> {
  const found: ArchiveFileRow[] = []
  let after: ArchiveFileRow | undefined
  do {
    const some = await database.transact(systemScope, (tx) => store.archived(tx, after, 5000))
    const isOver = (file: ArchiveFileRow) =>
      today - Math.floor(file.hour / dayHours) > rules.daysOf(file)
    found.push(...some.filter(isOver))
    after = some.at(-1)
  } while (after)
  return found
}
