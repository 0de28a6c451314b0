import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq, gt } from 'drizzle-orm'
import { type FormRow, form, formDefinition } from './form-tables.ts'

const fields = {
  id: { column: form.id, kind: 'word' },
  organisation_id: { column: form.organisation_id, kind: 'word' },
  use: { column: form.use, kind: 'word' },
  subject: { column: form.subject, kind: 'word' },
  definition: { column: form.definition_id, kind: 'word' },
  state: { column: form.state, kind: 'word' },
  version: { column: form.version, kind: 'number' },
  updated_at: { column: form.updated_at, kind: 'time' },
  submitted_at: { column: form.submitted_at, kind: 'time' },
} as const

/** What a form is about. */
export type About = Pick<FormRow, 'use' | 'subject'>

/** Rows of forms and their definitions, always inside a given transaction and so inside its scope. */
export class FormStore {
  /** One page, the last changed first. */
  list(tx: Tx, query: PageQuery): Promise<Page<FormRow>> {
    const page = keyset({ query, fields, sorts: ['-updated_at'], id: form.id })
    return page.read(tx.select().from(form))
  }

  async get(tx: Tx, id: string): Promise<FormRow | undefined> {
    const [row] = await tx.select().from(form).where(eq(form.id, id))
    return row
  }

  /** Nobody else changes it until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<FormRow | undefined> {
    const [row] = await tx.select().from(form).where(eq(form.id, id)).for('update')
    return row
  }

  /** The draft about something; at most one is open. */
  async draft(tx: Tx, about: About): Promise<FormRow | undefined> {
    const [row] = await tx
      .select()
      .from(form)
      .where(and(sameAs(about), eq(form.state, 'draft')))
    return row
  }

  /** What was submitted last about something, of whatever state; locked. */
  async latest(tx: Tx, about: About): Promise<FormRow | undefined> {
    const [row] = await tx
      .select()
      .from(form)
      .where(and(sameAs(about), gt(form.version, 0)))
      .orderBy(desc(form.version))
      .limit(1)
      .for('update')
    return row
  }

  /** Every form about something that was submitted, whatever became of it, the oldest first. */
  submittedAbout(tx: Tx, subject: string): Promise<FormRow[]> {
    return tx
      .select()
      .from(form)
      .where(and(eq(form.subject, subject), gt(form.version, 0)))
      .orderBy(form.submitted_at, form.id)
  }

  /** False where another draft about the same is open already. */
  async add(tx: Tx, row: FormRow): Promise<boolean> {
    const added = await tx.insert(form).values(row).onConflictDoNothing().returning({ id: form.id })
    return added.length === 1
  }

  async replace(tx: Tx, row: FormRow): Promise<void> {
    await tx.update(form).set(row).where(eq(form.id, row.id))
  }

  /** Keeps versions of definitions that are not kept yet, and tells all there are. */
  async keepDefinitions(
    tx: Tx,
    rows: readonly (typeof formDefinition.$inferInsert)[],
  ): Promise<(typeof formDefinition.$inferSelect)[]> {
    if (rows.length > 0) {
      await tx
        .insert(formDefinition)
        .values([...rows])
        .onConflictDoNothing()
    }
    return tx.select().from(formDefinition)
  }
}

function sameAs({ use, subject }: About) {
  return and(eq(form.use, use), eq(form.subject, subject))
}
