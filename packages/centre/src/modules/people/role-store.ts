import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Role } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { eq } from 'drizzle-orm'
import { role } from './person-tables.ts'

const fields = {
  id: { column: role.id, kind: 'word' },
  name_vi: { column: role.name_vi, kind: 'text' },
  name_en: { column: role.name_en, kind: 'text' },
  scope: { column: role.scope, kind: 'word' },
} as const

export class RoleStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<Role>> {
    const page = keyset({ query, fields, sorts: ['id', 'name_vi', 'name_en'], id: role.id })
    return page.read(tx.select().from(role))
  }

  async get(tx: Tx, id: string): Promise<Role | undefined> {
    const [row] = await tx.select().from(role).where(eq(role.id, id))
    return row
  }

  async all(tx: Tx): Promise<Role[]> {
    return await tx.select().from(role)
  }
}
