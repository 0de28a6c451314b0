import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Person, Role } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { person } from './person-tables.ts'

/** A person as the row has it; the name of the organisation is asked of the organisations. */
export type PersonRow = Omit<Person, 'organisation_name'> & { readonly updated_at: string }

const fields = {
  id: { column: person.id, kind: 'word' },
  name: { column: person.name, kind: 'text' },
  email: { column: person.email, kind: 'text' },
  organisation_id: { column: person.organisation_id, kind: 'word' },
  role_id: { column: person.role_id, kind: 'word' },
  disabled: { column: person.disabled, kind: 'boolean' },
  created_at: { column: person.created_at, kind: 'time' },
} as const

export class PersonStore {
  async list(tx: Tx, query: PageQuery): Promise<Page<PersonRow>> {
    const page = keyset({ query, fields, sorts: ['name', 'email', 'created_at'], id: person.id })
    return page.read(tx.select().from(person))
  }

  async get(tx: Tx, id: string): Promise<PersonRow | undefined> {
    const [row] = await tx.select().from(person).where(eq(person.id, id))
    return row
  }

  /** Whose a person is; people have no TLP. */
  async belonging(tx: Tx, id: string) {
    const row = await this.get(tx, id)
    return row && { organisation_id: row.organisation_id, tlp_rank: null }
  }

  /** The row, locked until the transaction ends: who writes a whole row must have read the last one. */
  async lock(tx: Tx, id: string): Promise<PersonRow | undefined> {
    const [row] = await tx.select().from(person).where(eq(person.id, id)).for('update')
    return row
  }

  /** In any case of its letters; nobody changes the row until the transaction ends. */
  async byEmail(tx: Tx, email: string): Promise<PersonRow | undefined> {
    const [row] = await tx
      .select()
      .from(person)
      .where(eq(sql`lower(${person.email})`, email.toLowerCase()))
      .for('share')
    return row
  }

  async add(tx: Tx, row: PersonRow): Promise<void> {
    await tx.insert(person).values(row)
  }

  async replace(tx: Tx, row: PersonRow): Promise<void> {
    await tx.update(person).set(row).where(eq(person.id, row.id))
  }

  /** Enabled people who hold one of these roles where it reaches an organisation. */
  async inRoles(tx: Tx, roles: readonly Role[], organisationId: string): Promise<string[]> {
    const rows = await tx
      .select()
      .from(person)
      .where(
        and(
          inArray(
            person.role_id,
            roles.map(({ id }) => id),
          ),
          eq(person.disabled, false),
        ),
      )
    const wide = new Set(roles.filter(({ scope }) => scope === 'node').map(({ id }) => id))
    return rows
      .filter((row) => wide.has(row.role_id) || row.organisation_id === organisationId)
      .map(({ id }) => id)
  }

  /** Enabled people of one organisation who hold one of these roles. */
  async ofOrganisation(
    tx: Tx,
    roles: readonly Role[],
    organisationId: string,
  ): Promise<PersonRow[]> {
    const ids = roles.map(({ id }) => id)
    return tx
      .select()
      .from(person)
      .where(
        and(
          eq(person.organisation_id, organisationId),
          inArray(person.role_id, ids),
          eq(person.disabled, false),
        ),
      )
      .orderBy(person.id)
  }

  /** Enabled people in these roles, locked until the transaction ends. */
  async holdersOf(tx: Tx, roleIds: readonly string[]): Promise<string[]> {
    const rows = await tx
      .select({ id: person.id })
      .from(person)
      .where(and(inArray(person.role_id, [...roleIds]), eq(person.disabled, false)))
      .orderBy(person.id)
      .for('update')
    return rows.map(({ id }) => id)
  }

  async names(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await tx
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(inArray(person.id, [...new Set(ids)]))
    return new Map(rows.map(({ id, name }) => [id, name]))
  }

  /** What identifies some people, as far as the scope shows them. */
  async named(tx: Tx, ids: readonly string[]) {
    if (ids.length === 0) return []
    const { id, name, organisation_id, disabled } = person
    return tx
      .select({ id, name, organisation_id, disabled })
      .from(person)
      .where(inArray(id, [...ids]))
  }
}
