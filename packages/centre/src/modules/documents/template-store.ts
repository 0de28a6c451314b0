import type { DocumentKind } from '@haidang/contracts/document'
import type { Tx } from '@haidang/runtime/database/database'
import { and, desc, eq } from 'drizzle-orm'
import { documentTemplate, type TemplateRow } from './document-tables.ts'

const most = 500

/** Versions of templates, always inside a given transaction. */
export class TemplateStore {
  /** Newest first. */
  versions(tx: Tx, organisationId: string, kind: DocumentKind): Promise<TemplateRow[]> {
    return tx
      .select()
      .from(documentTemplate)
      .where(
        and(eq(documentTemplate.organisation_id, organisationId), eq(documentTemplate.kind, kind)),
      )
      .orderBy(desc(documentTemplate.version))
      .limit(most)
  }

  async latest(
    tx: Tx,
    organisationId: string,
    kind: DocumentKind,
  ): Promise<TemplateRow | undefined> {
    return (await this.versions(tx, organisationId, kind))[0]
  }

  /** False where somebody saved this version first. */
  async add(tx: Tx, row: TemplateRow): Promise<boolean> {
    const added = await tx
      .insert(documentTemplate)
      .values(row)
      .onConflictDoNothing()
      .returning({ version: documentTemplate.version })
    return added.length > 0
  }
}
