import type { Tx } from '@haidang/runtime/database/database'
import { eq } from 'drizzle-orm'
import { type CertificateRow, documentCertificate } from './certificate-tables.ts'

/** Certificates organisations brought, always inside a given transaction. */
export class CertificateStore {
  async of(tx: Tx, organisationId: string): Promise<CertificateRow | undefined> {
    const [row] = await tx
      .select()
      .from(documentCertificate)
      .where(eq(documentCertificate.organisation_id, organisationId))
    return row
  }

  async put(tx: Tx, row: CertificateRow): Promise<void> {
    const { organisation_id: _, ...rest } = row
    await tx
      .insert(documentCertificate)
      .values(row)
      .onConflictDoUpdate({ target: documentCertificate.organisation_id, set: rest })
  }

  async remove(tx: Tx, organisationId: string): Promise<void> {
    await tx
      .delete(documentCertificate)
      .where(eq(documentCertificate.organisation_id, organisationId))
  }
}
