import type { AdvisoryDraftLine } from '@haidang/contracts/advisory'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq, getTableColumns, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { searchedText } from './advisory.ts'
import { advisoryDraft, type DraftRow } from './advisory-tables.ts'

const kind = sql<string>`(${advisoryDraft.content} ->> 'kind')`
const { addressees: _, ...columns } = getTableColumns(advisoryDraft)

const fields = {
  id: { column: advisoryDraft.id, kind: 'word' },
  number: { column: sql`coalesce(${advisoryDraft.number}, '')`, kind: 'word' },
  kind: { column: kind, kind: 'word' },
  stage: { column: advisoryDraft.stage, kind: 'word' },
  tlp: { column: advisoryDraft.tlp_rank, kind: 'number' },
  updated_at: { column: advisoryDraft.updated_at, kind: 'time' },
  created_at: { column: advisoryDraft.created_at, kind: 'time' },
  text: { column: advisoryDraft.folded, kind: 'text' },
} as const

/** A row without what the store itself derives. */
export type DraftFacts = Omit<DraftRow, 'folded'>
/** A row of a list: its addressees are only counted. */
export type DraftLineRow = Omit<DraftRow, 'addressees'> & { readonly addressee_count: number }

/** Rows of drafts, always inside a given transaction and so inside its scope. */
export class DraftStore {
  /** One page, what was worked on last first. */
  list(tx: Tx, query: PageQuery): Promise<Page<DraftLineRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-updated_at', 'created_at'],
      id: advisoryDraft.id,
    })
    const addressee_count = sql<number>`jsonb_array_length(${advisoryDraft.addressees})`
    return page.read(tx.select({ ...columns, addressee_count }).from(advisoryDraft))
  }

  async get(tx: Tx, id: string): Promise<DraftRow | undefined> {
    const [row] = await tx.select().from(advisoryDraft).where(eq(advisoryDraft.id, id))
    return row
  }

  /** The draft, locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<DraftRow | undefined> {
    const [row] = await tx
      .select()
      .from(advisoryDraft)
      .where(eq(advisoryDraft.id, id))
      .for('update')
    return row
  }

  /** False where what is published has a draft already. */
  async add(tx: Tx, row: DraftFacts): Promise<boolean> {
    const added = await tx
      .insert(advisoryDraft)
      .values({ ...row, folded: searchedText(row.number, row.content) })
      .onConflictDoNothing()
    return added.rowCount !== 0
  }

  async replace(tx: Tx, row: DraftFacts): Promise<void> {
    const changed = { ...row, folded: searchedText(row.number, row.content) }
    await tx.update(advisoryDraft).set(changed).where(eq(advisoryDraft.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(advisoryDraft).where(eq(advisoryDraft.id, id))
  }
}

/** A draft as lists show it. */
export function lineOf(row: Omit<DraftLineRow, 'folded'>): AdvisoryDraftLine {
  const { id, number, published_version, revision, stage, content, addressee_count } = row
  const { change_note, author_name, reviewer_name, review_note, created_at, updated_at } = row
  return {
    id,
    number,
    published_version,
    revision,
    stage,
    content,
    addressee_count,
    change_note,
    author_name,
    reviewer_name,
    review_note,
    created_at,
    updated_at,
  }
}
