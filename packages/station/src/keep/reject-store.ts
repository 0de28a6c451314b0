import type { Page, PageQuery } from '@haidang/contracts/page'
import type { RejectChoice } from '@haidang/contracts/reject-replay'
import type { Reject } from '@haidang/contracts/source'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, count, eq, gt, inArray, isNull, lte, max, type SQL, sql } from 'drizzle-orm'
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
  state: {
    column: sql`case when ${reject.replayed_at} is null then 'waiting' else 'replayed' end`,
    kind: 'word',
  },
} as const

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
  replayed_as: reject.replayed_as,
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

  /** Whole rows by id, in order of id. */
  async rows(tx: Tx, ids: readonly string[]): Promise<RejectRow[]> {
    return tx
      .select()
      .from(reject)
      .where(inArray(reject.id, [...ids]))
      .orderBy(reject.id)
  }

  /** A row as people see it. */
  shown(row: RejectRow): Reject {
    const { id, source_id, source_name, reason, detail, format, size, excerpt } = row
    const { received_time, replayed_at, replayed_as } = row
    const about = { id, source_id, source_name, reason, detail, format, size, excerpt }
    return { ...about, received_time, replayed_at, replayed_as }
  }

  /** How many of the chosen wait to be parsed again, and the last of their ids; empty where none does. */
  async countWaiting(tx: Tx, choice: RejectChoice): Promise<{ total: number; last: string }> {
    const [row] = await tx
      .select({ total: count(), last: max(reject.id) })
      .from(reject)
      .where(and(...isChosen(choice)))
    return { total: row?.total ?? 0, last: row?.last ?? '' }
  }

  /** Chosen ones that wait, above `after` and up to `last`, in order of id: at least one, if there is one. */
  async waiting(
    tx: Tx,
    choice: RejectChoice,
    { after, last }: { after: string; last: string },
    most: { readonly records: number; readonly bytes: number },
  ): Promise<RejectRow[]> {
    const sizes = await tx
      .select({ id: reject.id, size: reject.size })
      .from(reject)
      .where(and(...isChosen(choice), gt(reject.id, after), lte(reject.id, last)))
      .orderBy(reject.id)
      .limit(most.records)
    let bytes = 0
    const ids = sizes.filter(({ size }, i) => {
      bytes += size
      return i === 0 || bytes <= most.bytes
    })
    return ids.length === 0
      ? []
      : this.rows(
          tx,
          ids.map(({ id }) => id),
        )
  }

  /** Marks those not marked yet as read again, and as what. */
  async markReplayed(
    tx: Tx,
    ids: readonly string[],
    now: string,
    format: string | null,
  ): Promise<void> {
    if (ids.length === 0) return
    await tx
      .update(reject)
      .set({ replayed_at: now, replayed_as: format })
      .where(and(inArray(reject.id, [...ids]), isNull(reject.replayed_at)))
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

function isChosen({ ids, source_id, reason }: RejectChoice): (SQL | undefined)[] {
  return [
    isNull(reject.replayed_at),
    ids && inArray(reject.id, [...ids]),
    source_id === undefined ? undefined : eq(reject.source_id, source_id),
    reason === undefined ? undefined : eq(reject.reason, reason),
  ]
}
