import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ServiceAccount } from '@haidang/contracts/service-account'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import { serviceAccount } from './person-tables.ts'

export type ServiceAccountRow = typeof serviceAccount.$inferSelect

const fields = {
  id: { column: serviceAccount.id, kind: 'word' },
  name: { column: serviceAccount.name, kind: 'text' },
  purpose: { column: serviceAccount.purpose, kind: 'text' },
  organisation_id: { column: serviceAccount.organisation_id, kind: 'word' },
  role_id: { column: serviceAccount.role_id, kind: 'word' },
  owner_id: { column: serviceAccount.owner_id, kind: 'word' },
  disabled: { column: serviceAccount.disabled, kind: 'boolean' },
  created_at: { column: serviceAccount.created_at, kind: 'time' },
} as const

const owner = sql`from person p where p.id = service_account.owner_id`
const keys = sql`from api_key k where k.account_id = service_account.id`

/** What is shown of an account at a moment. */
const shownAt = (now: string) => ({
  ...getTableColumns(serviceAccount),
  owner_name: sql<string>`coalesce((select p.name ${owner}), '')`,
  needs_owner: sql<boolean>`not exists (select 1 ${owner} and not p.disabled)`,
  open_keys: sql<number>`(select count(*)::int ${keys} and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > ${now}))`,
  last_used_at: sql<string | null>`(select max(k.last_used_at) ${keys})`.mapWith(
    serviceAccount.created_at,
  ),
})

/** Rows of service accounts, always inside a given transaction and so inside its scope. */
export class ServiceAccountStore {
  list(tx: Tx, query: PageQuery, now: string): Promise<Page<ServiceAccount>> {
    const page = keyset({ query, fields, sorts: ['name', 'created_at'], id: serviceAccount.id })
    return page.read(tx.select(shownAt(now)).from(serviceAccount))
  }

  async get(tx: Tx, id: string, now: string): Promise<ServiceAccount | undefined> {
    const [row] = await tx
      .select(shownAt(now))
      .from(serviceAccount)
      .where(eq(serviceAccount.id, id))
    return row
  }

  /** Locked until the transaction ends: `share` keeps it as it is, `update` is for who changes it. */
  async lock(
    tx: Tx,
    id: string,
    strength: 'share' | 'update',
  ): Promise<ServiceAccountRow | undefined> {
    const [row] = await tx
      .select()
      .from(serviceAccount)
      .where(eq(serviceAccount.id, id))
      .for(strength)
    return row
  }

  /** The enabled accounts somebody answers for, locked until the transaction ends. */
  lockOwned(tx: Tx, ownerId: string): Promise<ServiceAccountRow[]> {
    return tx
      .select()
      .from(serviceAccount)
      .where(and(eq(serviceAccount.owner_id, ownerId), eq(serviceAccount.disabled, false)))
      .orderBy(serviceAccount.id)
      .for('update')
  }

  async ownerOf(tx: Tx, id: string): Promise<string | undefined> {
    const [row] = await tx
      .select({ owner_id: serviceAccount.owner_id })
      .from(serviceAccount)
      .where(eq(serviceAccount.id, id))
    return row?.owner_id
  }

  async add(tx: Tx, row: ServiceAccountRow): Promise<void> {
    await tx.insert(serviceAccount).values(row)
  }

  async replace(tx: Tx, row: ServiceAccountRow): Promise<void> {
    await tx.update(serviceAccount).set(row).where(eq(serviceAccount.id, row.id))
  }
}
