import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { searchedText } from './advisory.ts'
import { type AdvisoryRow, advisory, advisoryVersion, type VersionRow } from './advisory-tables.ts'

const inContent = (name: string) => sql<string>`(${advisory.content} ->> ${sql.raw(`'${name}'`)})`
const severity = sql<number>`(array_position(
  array['informational', 'low', 'medium', 'high', 'critical'], ${advisory.content} ->> 'severity'))`
const overdue = sql<boolean>`exists (select from advisory_addressee a
  where a.advisory_id = ${advisory.id} and a.overdue)`

const fields = {
  id: { column: advisory.id, kind: 'word' },
  number: { column: advisory.number, kind: 'word' },
  kind: { column: inContent('kind'), kind: 'word' },
  state: { column: advisory.state, kind: 'word' },
  severity: { column: severity, kind: 'number' },
  tlp: { column: advisory.tlp_rank, kind: 'number' },
  issuer_id: { column: advisory.organisation_id, kind: 'word' },
  simulated: { column: advisory.simulated, kind: 'boolean' },
  overdue: { column: overdue, kind: 'boolean' },
  published_at: { column: advisory.published_at, kind: 'time' },
  updated_at: { column: advisory.updated_at, kind: 'time' },
  text: { column: advisory.folded, kind: 'text' },
} as const

/** A row without what the store itself derives. */
export type AdvisoryFacts = Omit<AdvisoryRow, 'folded'>

/** Rows of what was published, always inside a given transaction and so inside its scope. */
export class AdvisoryStore {
  /** One page, what was published or changed last first. */
  list(tx: Tx, query: PageQuery): Promise<Page<AdvisoryRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-updated_at', 'published_at', 'number'],
      id: advisory.id,
    })
    return page.read(tx.select(getTableColumns(advisory)).from(advisory))
  }

  async get(tx: Tx, id: string): Promise<AdvisoryRow | undefined> {
    const [row] = await tx.select().from(advisory).where(eq(advisory.id, id))
    return row
  }

  /** The advisory, locked until the transaction ends: its ladders move one step at a time. */
  async lock(tx: Tx, id: string): Promise<AdvisoryRow | undefined> {
    const [row] = await tx.select().from(advisory).where(eq(advisory.id, id)).for('update')
    return row
  }

  async add(tx: Tx, row: AdvisoryFacts): Promise<void> {
    await tx.insert(advisory).values({ ...row, folded: searchedText(row.number, row.content) })
  }

  async replace(tx: Tx, row: AdvisoryFacts): Promise<void> {
    const changed = { ...row, folded: searchedText(row.number, row.content) }
    await tx.update(advisory).set(changed).where(eq(advisory.id, row.id))
  }

  async addVersion(tx: Tx, row: VersionRow): Promise<void> {
    await tx.insert(advisoryVersion).values(row)
  }

  /** What it said in one version. */
  async version(tx: Tx, id: string, version: number): Promise<VersionRow | undefined> {
    const [row] = await tx
      .select()
      .from(advisoryVersion)
      .where(and(eq(advisoryVersion.advisory_id, id), eq(advisoryVersion.version, version)))
    return row
  }

  /** What it said in each version, the newest first. */
  versions(tx: Tx, id: string): Promise<VersionRow[]> {
    return tx
      .select()
      .from(advisoryVersion)
      .where(eq(advisoryVersion.advisory_id, id))
      .orderBy(desc(advisoryVersion.version))
      .limit(200)
  }
}
