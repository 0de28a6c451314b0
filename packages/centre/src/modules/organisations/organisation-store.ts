import type { Organisation } from '@haidang/contracts/organisation'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq, inArray, sql } from 'drizzle-orm'
import { organisation } from './organisation-tables.ts'

const fields = {
  id: { column: organisation.id, kind: 'word' },
  code: { column: organisation.code, kind: 'word' },
  name: { column: organisation.name, kind: 'text' },
  kind: { column: organisation.kind, kind: 'word' },
  home: { column: organisation.home, kind: 'boolean' },
  simulated: { column: organisation.simulated, kind: 'boolean' },
  created_at: { column: organisation.created_at, kind: 'time' },
} as const

/** Rows of organisations, always inside a given transaction and so inside its scope. */
export class OrganisationStore {
  /** One page, by name unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<Organisation>> {
    const page = keyset({
      query,
      fields,
      sorts: ['name', 'code', 'created_at'],
      id: organisation.id,
    })
    return page.read(tx.select().from(organisation))
  }

  async get(tx: Tx, id: string): Promise<Organisation | undefined> {
    const [row] = await tx.select().from(organisation).where(eq(organisation.id, id))
    return row
  }

  /** The organisation this node belongs to; undefined before set-up. */
  async home(tx: Tx): Promise<Organisation | undefined> {
    const [row] = await tx.select().from(organisation).where(eq(organisation.home, true))
    return row
  }

  /** In any case of its letters. */
  async codeTaken(tx: Tx, code: string): Promise<boolean> {
    const rows = await tx
      .select({ id: organisation.id })
      .from(organisation)
      .where(eq(sql`lower(${organisation.code})`, code.toLowerCase()))
    return rows.length > 0
  }

  async add(tx: Tx, row: Organisation): Promise<void> {
    await tx.insert(organisation).values(row)
  }

  async replace(tx: Tx, row: Organisation): Promise<void> {
    await tx.update(organisation).set(row).where(eq(organisation.id, row.id))
  }

  /** Names by identifier, as far as the scope shows them. */
  async names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: organisation.id, name: organisation.name })
      .from(organisation)
      .where(inArray(organisation.id, [...new Set(ids)]))
    return new Map(rows.map(({ id, name }) => [id, name]))
  }
}
