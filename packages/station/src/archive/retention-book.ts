import type { RetentionPolicy, RetentionVersion } from '@haidang/contracts/archive'
import type { Page } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { desc, lt } from 'drizzle-orm'
import { type RetentionVersionRow, retentionVersion } from './archive-tables.ts'

interface BookParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  /** The organisation of this node; null before set-up. */
  readonly home: () => Promise<string | null>
  /** Days events stay in the event store until somebody writes a policy. */
  readonly hotDays: number
  /** Whether there is an archive until somebody writes a policy, and for how many days. */
  readonly archiveDays: number
}

/** How long events are kept, as the owner decided, version by version. */
export class RetentionBook {
  readonly #parts: BookParts

  constructor(parts: BookParts) {
    this.#parts = parts
  }

  /** The organisation retention is a decision of; null before set-up. */
  home(): Promise<string | null> {
    return this.#parts.home()
  }

  /** The version in force; the default where none was written. */
  async inForce(tx: Tx): Promise<RetentionVersion> {
    const [row] = await tx
      .select()
      .from(retentionVersion)
      .orderBy(desc(retentionVersion.version))
      .limit(1)
    return row ? versionOf(row) : this.#unwritten
  }

  /** Versions the owner wrote, newest first. */
  async list(
    tx: Tx,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<RetentionVersion>> {
    const before = cursor === undefined ? undefined : Number(decodeCursor(cursor, 1)[0])
    const rows = await tx
      .select()
      .from(retentionVersion)
      .where(before === undefined ? undefined : lt(retentionVersion.version, before))
      .orderBy(desc(retentionVersion.version))
      .limit(limit + 1)
    const items = rows.slice(0, limit).map(versionOf)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? encodeCursor([last.version]) : null }
  }

  /** Puts a policy into force. Throws Problem retention.changed-meanwhile where another version came first. */
  async publish(
    { scope }: Caller,
    change: { policy: RetentionPolicy; reason: string; based_on: number },
  ): Promise<RetentionVersion> {
    const { database, journal, clock, home } = this.#parts
    const organisation_id = await home()
    if (organisation_id === null)
      throw new Problem('organisation.not-found', 'set the node up first')
    const { policy, reason, based_on } = change
    try {
      return await database.transact(scope, async (tx) => {
        const before = await this.inForce(tx)
        if (before.version !== based_on) throw new Problem('retention.changed-meanwhile')
        const row: RetentionVersionRow = {
          version: based_on + 1,
          organisation_id,
          policy,
          reason,
          actor_id: scope.actor.id,
          actor_name: scope.actor.name,
          created_at: clock.iso(),
        }
        await tx.insert(retentionVersion).values(row)
        await journal.append(tx, {
          type: 'retention.changed',
          organisation_id,
          actor: scope.actor,
          authority: 'station.manage',
          subject: `retention:${row.version}`,
          reason,
          before: { version: before.version, policy: before.policy },
          after: { version: row.version, policy },
        })
        return versionOf(row)
      })
    } catch (error) {
      if (!violates(error, 'retention_version_pkey')) throw error
      throw new Problem('retention.changed-meanwhile')
    }
  }

  get #unwritten(): RetentionVersion {
    const { hotDays, archiveDays } = this.#parts
    const otherwise = { hot_days: hotDays, archive_days: archiveDays, clause: '' }
    const policy = { archive: archiveDays > 0, rules: [], otherwise }
    return { version: 0, policy, reason: '', actor_name: '', created_at: null }
  }
}

function versionOf({ version, policy, reason, actor_name, created_at }: RetentionVersionRow) {
  return { version, policy, reason, actor_name, created_at } satisfies RetentionVersion
}
