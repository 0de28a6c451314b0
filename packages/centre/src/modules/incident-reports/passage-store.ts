import type { Form } from '@haidang/contracts/form'
import type { Tx } from '@haidang/runtime/database/database'
import { and, eq } from 'drizzle-orm'
import { type PassageRow, reportedStage, reportPassage } from './incident-report-tables.ts'

/** How reports went over the link, and the forms that came with them; always inside a given transaction. */
export class PassageStore {
  async get(tx: Tx, reportId: string): Promise<PassageRow | undefined> {
    const [row] = await tx.select().from(reportPassage).where(eq(reportPassage.report_id, reportId))
    return row
  }

  /** The passage of what an organisation told by a name of its own, locked. */
  async lockTold(
    tx: Tx,
    { organisation_id, told_as }: Pick<PassageRow, 'organisation_id' | 'told_as'>,
  ): Promise<PassageRow | undefined> {
    const [row] = await tx
      .select()
      .from(reportPassage)
      .where(
        and(
          eq(reportPassage.direction, 'received'),
          eq(reportPassage.organisation_id, organisation_id),
          eq(reportPassage.told_as, told_as),
        ),
      )
      .for('update')
    return row
  }

  /** The passage of a report that was sent to the parent, locked. */
  async lockSent(tx: Tx, reportId: string): Promise<PassageRow | undefined> {
    const [row] = await tx
      .select()
      .from(reportPassage)
      .where(and(eq(reportPassage.report_id, reportId), eq(reportPassage.direction, 'sent')))
      .for('update')
    return row
  }

  async put(tx: Tx, row: PassageRow): Promise<void> {
    await tx
      .insert(reportPassage)
      .values(row)
      .onConflictDoUpdate({ target: reportPassage.report_id, set: row })
  }

  /** Keeps the forms that are not kept yet; answers how many. */
  async addForms(
    tx: Tx,
    forms: readonly Form[],
    {
      report_id,
      organisation_id,
      tlp_rank,
      at,
    }: Pick<PassageRow, 'report_id' | 'organisation_id' | 'tlp_rank' | 'at'>,
  ): Promise<number> {
    if (forms.length === 0) return 0
    const place = { report_id, organisation_id, tlp_rank, received_at: at }
    const rows = forms.map((form) => ({ ...place, form_id: form.id, form }))
    const added = await tx
      .insert(reportedStage)
      .values(rows)
      .onConflictDoNothing()
      .returning({ id: reportedStage.form_id })
    return added.length
  }

  /** The forms that came with a report, the oldest first. */
  async formsOf(tx: Tx, reportId: string): Promise<Form[]> {
    const rows = await tx
      .select({ form: reportedStage.form })
      .from(reportedStage)
      .where(eq(reportedStage.report_id, reportId))
    return rows
      .map(({ form }) => form)
      .toSorted((a, b) => (a.submitted_at ?? '').localeCompare(b.submitted_at ?? ''))
  }
}
