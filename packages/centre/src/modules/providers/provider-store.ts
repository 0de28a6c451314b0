import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { asc, count, eq } from 'drizzle-orm'
import { provider } from './provider-tables.ts'

export type ProviderRow = typeof provider.$inferSelect

const fields = {
  id: { column: provider.id, kind: 'word' },
  name: { column: provider.name, kind: 'text' },
  issuer: { column: provider.issuer, kind: 'text' },
  enabled: { column: provider.enabled, kind: 'boolean' },
  created_at: { column: provider.created_at, kind: 'time' },
} as const

/** Providers of single sign-on; needs the scope of the node. */
export class ProviderStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<ProviderRow>> {
    const page = keyset({ query, fields, sorts: ['name', 'created_at'], id: provider.id })
    return page.read(tx.select().from(provider))
  }

  async enabled(tx: Tx): Promise<{ id: string; name: string }[]> {
    return await tx
      .select({ id: provider.id, name: provider.name })
      .from(provider)
      .where(eq(provider.enabled, true))
      .orderBy(asc(provider.name), asc(provider.id))
  }

  async count(tx: Tx): Promise<number> {
    const [row] = await tx.select({ all: count() }).from(provider)
    return row?.all ?? 0
  }

  async get(tx: Tx, id: string): Promise<ProviderRow | undefined> {
    const [row] = await tx.select().from(provider).where(eq(provider.id, id))
    return row
  }

  /** Locked until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<ProviderRow | undefined> {
    const [row] = await tx.select().from(provider).where(eq(provider.id, id)).for('update')
    return row
  }

  async add(tx: Tx, row: ProviderRow): Promise<void> {
    await tx.insert(provider).values(row)
  }

  async replace(tx: Tx, row: ProviderRow): Promise<void> {
    await tx.update(provider).set(row).where(eq(provider.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(provider).where(eq(provider.id, id))
  }
}
