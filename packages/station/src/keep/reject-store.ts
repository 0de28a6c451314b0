import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Reject } from '@haidang/contracts/source'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm'
import { type RejectRow, reject } from './station-tables.ts'

const fields = {
  id: { column: reject.id, kind: 'word' },
  source_id: { column: reject.source_id, kind: 'word' },
  source_name: { column: reject.source_name, kind: 'word' },
  reason: { column: reject.reason, kind: 'word' },
  format: { column: reject.format, kind: 'word' },
  size: { column: reject.size, kind: 'number' },
  excerpt: { column: reject.excerpt, kind: 'text' },
  received_time: { column: reject.received_time, kind: 'time' },
  replayed_at: { column: reject.replayed_at, kind: 'time' },
} as const

/** Which rejects to parse again; no field: all that wait. */
export interface RejectChoice {
  readonly ids?: readonly string[] | undefined
  readonly source_id?: string | undefined
  readonly reason?: string | undefined
}

const listed = {
  id: reject.id,
  source_id: reject.source_id,
  source_name: reject.source_name,
  reason: reject.reason,
  detail: reject.detail,
  format: reject.format,
  size: reject.size,
  excerpt: reject.excerpt,
  received_time: reject.received_time,
  replayed_at: reject.replayed_at,
}

/** Rows of records that could not be parsed. */
export class RejectStore {
  /** Keeps rejects; one kept already (a range done again) changes nothing. */
  async add(tx: Tx, rows: readonly RejectRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += 500) {
      await tx
        .insert(reject)
        .values(rows.slice(from, from + 500))
        .onConflictDoNothing()
    }
  }

  /** One page, newest first. */
  async list(tx: Tx, query: PageQuery): Promise<Page<Reject>> {
    const page = keyset({ query, fields, sorts: ['-received_time'], id: reject.id })
    return page.read(tx.select(listed).from(reject))
  }

  /** Rejects that wait to be parsed again, in order of id after `after`. */
  async waiting(tx: Tx, choice: RejectChoice, after: string, limit: number): Promise<RejectRow[]> {
    const { ids, source_id, reason } = choice
    return tx
      .select()
      .from(reject)
      .where(
        and(
          isNull(reject.replayed_at),
          gt(reject.id, after),
          ids && inArray(reject.id, [...ids]),
          source_id === undefined ? undefined : eq(reject.source_id, source_id),
          reason === undefined ? undefined : eq(reject.reason, reason),
        ),
      )
      .orderBy(reject.id)
      .limit(limit)
  }

  /** Marks those not marked yet; answers whose mark is new. */
  async markReplayed(tx: Tx, ids: readonly string[], now: string): Promise<Set<string>> {
    if (ids.length === 0) return new Set()
    const rows = await tx
      .update(reject)
      .set({ replayed_at: now })
      .where(and(inArray(reject.id, [...ids]), isNull(reject.replayed_at)))
      .returning({ id: reject.id })
    return new Set(rows.map(({ id }) => id))
  }

  /** Drops the oldest beyond `most`; answers how many went. */
  async prune(tx: Tx, most: number): Promise<number> {
    const result = await tx.execute(sql`
      delete from ${reject} where ${reject.id} in (
        select ${reject.id} from ${reject}
        order by ${reject.received_time} desc, ${reject.id} desc offset ${most}
      )`)
    return result.rowCount ?? 0
  }
}
