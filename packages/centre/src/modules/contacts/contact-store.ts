import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import {
  and,
  count,
  desc,
  eq,
  getTableColumns,
  gt,
  isNotNull,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { type ContactRow, contactPoint } from './contact-tables.ts'

const stateAt = (now: string) => sql`case when verified_at is null then 'unverified'
  when due_at < ${now}::timestamptz then 'overdue' else 'verified' end`
/** When somebody has to look after it: at once where nobody confirmed it. */
const due = sql<string>`coalesce(due_at, '1970-01-01T00:00:00Z')`

const fieldsAt = (now: string) =>
  ({
    id: { column: contactPoint.id, kind: 'word' },
    organisation_id: { column: contactPoint.organisation_id, kind: 'word' },
    purpose: { column: contactPoint.purpose, kind: 'word' },
    name: { column: contactPoint.name, kind: 'text' },
    email: { column: contactPoint.email, kind: 'word' },
    phone: { column: contactPoint.phone, kind: 'word' },
    state: { column: stateAt(now), kind: 'word' },
    due: { column: due, kind: 'time' },
  }) as const

/** Rows of contact points, always inside a given transaction and so inside its scope. */
export class ContactStore {
  /** One page, those to be verified soonest first. */
  list(tx: Tx, query: PageQuery, now: string): Promise<Page<ContactRow & { due: string }>> {
    const page = keyset({
      query,
      fields: fieldsAt(now),
      sorts: ['due', 'email'],
      id: contactPoint.id,
    })
    return page.read(tx.select({ ...getTableColumns(contactPoint), due }).from(contactPoint))
  }

  /** Of one organisation; nobody else changes it until the transaction ends. */
  async lock(tx: Tx, organisationId: string, id: string): Promise<ContactRow | undefined> {
    const [row] = await tx
      .select()
      .from(contactPoint)
      .where(and(eq(contactPoint.organisation_id, organisationId), eq(contactPoint.id, id)))
      .for('update')
    return row
  }

  async ofOrganisation(tx: Tx, organisationId: string): Promise<ContactRow[]> {
    return tx
      .select()
      .from(contactPoint)
      .where(eq(contactPoint.organisation_id, organisationId))
      .orderBy(contactPoint.created_at, contactPoint.id)
  }

  async organisationsAt(tx: Tx, email: string): Promise<string[]> {
    const rows = await tx
      .selectDistinct({ id: contactPoint.organisation_id })
      .from(contactPoint)
      .where(eq(sql`lower(${contactPoint.email})`, email.toLowerCase()))
    return rows.map(({ id }) => id)
  }

  /** Armoured keys of an e-mail at one organisation, confirmed or not. */
  keysOf(tx: Tx, email: string, organisationId: string): Promise<string[]> {
    return this.#keys(tx, email, eq(contactPoint.organisation_id, organisationId))
  }

  /** Armoured keys of an e-mail that who reads it confirmed, at any organisation. */
  confirmedKeysOf(tx: Tx, email: string): Promise<string[]> {
    return this.#keys(tx, email, isNotNull(contactPoint.key_confirmed_at))
  }

  async #keys(tx: Tx, email: string, which: SQL): Promise<string[]> {
    const rows = await tx
      .select({ openpgp: contactPoint.openpgp })
      .from(contactPoint)
      .where(
        and(
          eq(sql`lower(${contactPoint.email})`, email.toLowerCase()),
          ne(contactPoint.openpgp, ''),
          which,
        ),
      )
      .orderBy(desc(contactPoint.updated_at), contactPoint.id)
    return rows.map(({ openpgp }) => openpgp)
  }

  async count(tx: Tx, organisationId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(contactPoint)
      .where(eq(contactPoint.organisation_id, organisationId))
    return row?.count ?? 0
  }

  /** Whose link, seen or mailed, has this token and holds at `now`; locked, so that a link is used once. */
  async ofToken(tx: Tx, tokenHash: string, now: string): Promise<ContactRow | undefined> {
    const [row] = await tx
      .select()
      .from(contactPoint)
      .where(
        and(
          or(eq(contactPoint.token_hash, tokenHash), eq(contactPoint.mailed_hash, tokenHash)),
          gt(contactPoint.token_expires_at, now),
        ),
      )
      .for('update')
    return row
  }

  async add(tx: Tx, row: ContactRow): Promise<void> {
    await tx.insert(contactPoint).values(row)
  }

  async addAll(tx: Tx, rows: readonly ContactRow[]): Promise<void> {
    if (rows.length > 0) await tx.insert(contactPoint).values([...rows])
  }

  async replace(tx: Tx, row: ContactRow): Promise<void> {
    await tx.update(contactPoint).set(row).where(eq(contactPoint.id, row.id))
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.delete(contactPoint).where(eq(contactPoint.id, id))
  }
}
