import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, asc, count, desc, eq, getTableColumns, isNotNull, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { type AdvisoryRow, advisory, advisoryVersion, type VersionRow } from './advisory-tables.ts'

/** A row that is public. */
type PublicRow = AdvisoryRow & { readonly public_number: string; readonly public_at: string }

const isPublic = and(
  isNotNull(advisory.public_number),
  isNotNull(advisory.public_at),
  eq(advisory.tlp_rank, 0),
  eq(advisory.remote, false),
  sql`${advisory.content} ->> 'exercise' is distinct from 'true'`,
)
// The folded text of the row names the internal number, which is not for everybody.
const said = sql<string>`haidang_fold(concat_ws(' ', ${advisory.public_number},
  ${advisory.content} -> 'title', ${advisory.content} -> 'summary', ${advisory.content} -> 'cves',
  ${advisory.content} -> 'products'))`

const fields = {
  number: { column: advisory.public_number, kind: 'word' },
  text: { column: said, kind: 'text' },
  severity: {
    column: sql<number>`(array_position(
      array['informational', 'low', 'medium', 'high', 'critical'], ${advisory.content} ->> 'severity'))`,
    kind: 'number',
  },
  state: { column: advisory.state, kind: 'word' },
  published_at: { column: sql<string>`${advisory.public_at}`, kind: 'time' },
  updated_at: { column: advisory.updated_at, kind: 'time' },
} as const

const { public_number, public_at, ...columns } = getTableColumns(advisory)
const selected = {
  ...columns,
  public_number: sql<string>`${public_number}`,
  public_at: sql<string>`${public_at}`.mapWith(public_at),
}

/** Advisories of TLP:CLEAR as everybody reads them, always inside a given transaction and so inside its scope. */
export class PublicView {
  /** One page, what changed last first, and how many a filter finds. */
  async list(tx: Tx, query: PageQuery): Promise<Page<PublicRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-updated_at'],
      id: advisory.public_number,
      only: isPublic,
    })
    const { items, next } = await page.read(
      tx.select({ ...selected, row_id: advisory.id, id: selected.public_number }).from(advisory),
    )
    const [found] = await tx.select({ all: count() }).from(advisory).where(page.where)
    const rows = items.map(({ row_id, ...row }) => ({ ...row, id: row_id }))
    return { items: rows, next, total: found?.all ?? 0 }
  }

  /** Those changed last. */
  newest(tx: Tx, most: number): Promise<PublicRow[]> {
    return tx
      .select(selected)
      .from(advisory)
      .where(isPublic)
      .orderBy(desc(advisory.updated_at), desc(advisory.public_number))
      .limit(most)
  }

  async get(tx: Tx, number: string): Promise<PublicRow | undefined> {
    const [row] = await tx
      .select(selected)
      .from(advisory)
      .where(and(isPublic, eq(advisory.public_number, number)))
    return row
  }

  /** Its versions that were public, oldest first, numbered as if there were no other. */
  async versions(tx: Tx, id: string): Promise<VersionRow[]> {
    const rows = await tx
      .select()
      .from(advisoryVersion)
      .where(
        and(
          eq(advisoryVersion.advisory_id, id),
          sql`${advisoryVersion.content} ->> 'tlp' = 'clear'`,
        ),
      )
      .orderBy(asc(advisoryVersion.version))
    return rows.map((row, place) => ({
      ...row,
      version: place + 1,
      // What a first public version changed was said to those who knew the one before.
      change_note: place === 0 ? '' : row.change_note,
    }))
  }
}
