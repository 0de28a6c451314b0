import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ApiKey } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { apiKey } from './person-tables.ts'

const shown = {
  id: apiKey.id,
  organisation_id: apiKey.organisation_id,
  role_id: apiKey.role_id,
  account_id: apiKey.account_id,
  account_name: sql<string | null>`(
    select s.name from service_account s where s.id = api_key.account_id)`,
  name: apiKey.name,
  created_at: apiKey.created_at,
  scopes: apiKey.scopes,
  expires_at: apiKey.expires_at,
  addresses: apiKey.addresses,
  last_used_at: apiKey.last_used_at,
  last_used_address: apiKey.last_used_address,
  revoked_at: apiKey.revoked_at,
}

const fields = {
  id: { column: apiKey.id, kind: 'word' },
  name: { column: apiKey.name, kind: 'text' },
  organisation_id: { column: apiKey.organisation_id, kind: 'word' },
  role_id: { column: apiKey.role_id, kind: 'word' },
  account_id: { column: apiKey.account_id, kind: 'word' },
  created_at: { column: apiKey.created_at, kind: 'time' },
  expires_at: { column: apiKey.expires_at, kind: 'time' },
  last_used_at: { column: apiKey.last_used_at, kind: 'time' },
  revoked_at: { column: apiKey.revoked_at, kind: 'time' },
} as const

/** Keys without their secret, of which only the hash is kept. */
export class KeyStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<ApiKey>> {
    const page = keyset({ query, fields, sorts: ['-created_at', 'name'], id: apiKey.id })
    return page.read(tx.select(shown).from(apiKey))
  }

  async get(tx: Tx, id: string): Promise<ApiKey | undefined> {
    const [row] = await tx.select(shown).from(apiKey).where(eq(apiKey.id, id))
    return row
  }

  /** The key of a secret's hash, unless it is revoked. */
  async valid(tx: Tx, secretHash: string): Promise<ApiKey | undefined> {
    const [row] = await tx
      .select(shown)
      .from(apiKey)
      .where(and(eq(apiKey.secret_hash, secretHash), isNull(apiKey.revoked_at)))
    return row
  }

  async add(tx: Tx, { account_name: _, ...row }: ApiKey, secretHash: string): Promise<void> {
    await tx.insert(apiKey).values({ ...row, secret_hash: secretHash })
  }

  /** Touches nothing else: a use noted while the key is revoked must not bring it back. */
  async noteUse(
    tx: Tx,
    id: string,
    last_used_at: string,
    last_used_address: string,
  ): Promise<void> {
    await tx.update(apiKey).set({ last_used_at, last_used_address }).where(eq(apiKey.id, id))
  }

  /** The keys of a service account that are not revoked, locked until the transaction ends. */
  lockOf(tx: Tx, accountId: string): Promise<ApiKey[]> {
    return tx
      .select(shown)
      .from(apiKey)
      .where(and(eq(apiKey.account_id, accountId), isNull(apiKey.revoked_at)))
      .orderBy(apiKey.id)
      .for('update')
  }

  async followRole(tx: Tx, accountId: string, role_id: string): Promise<void> {
    await tx.update(apiKey).set({ role_id }).where(eq(apiKey.account_id, accountId))
  }

  async revoke(tx: Tx, id: string, revoked_at: string): Promise<void> {
    await tx.update(apiKey).set({ revoked_at }).where(eq(apiKey.id, id))
  }
}
