import type { PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { and, desc, eq } from 'drizzle-orm'
import { type DocumentRow, documentReader, issuedDocument } from './document-tables.ts'

const fields = {
  issued_at: { column: issuedDocument.issued_at, kind: 'time' },
  kind: { column: issuedDocument.kind, kind: 'word' },
  state: { column: issuedDocument.state, kind: 'word' },
  number: { column: issuedDocument.number, kind: 'word' },
  subject: { column: issuedDocument.subject, kind: 'word' },
} as const

/** Rows of issued documents, always inside a given transaction and so inside its scope. */
export class DocumentStore {
  list(tx: Tx, query: PageQuery): Promise<{ items: DocumentRow[]; next: string | null }> {
    const sorted = { ...query, sort: query.sort ?? '-issued_at' }
    const page = keyset({ query: sorted, fields, sorts: ['issued_at'], id: issuedDocument.id })
    return page.read(tx.select().from(issuedDocument))
  }

  async add(tx: Tx, row: DocumentRow, readers: readonly string[]): Promise<void> {
    const { id, organisation_id: issuer_id, tlp_rank } = row
    await tx.insert(issuedDocument).values(row)
    if (readers.length === 0) return
    await tx.insert(documentReader).values(
      readers.map((organisation_id) => ({
        document_id: id,
        organisation_id,
        issuer_id,
        tlp_rank,
      })),
    )
  }

  async lock(tx: Tx, id: string): Promise<DocumentRow | undefined> {
    const [row] = await tx
      .select()
      .from(issuedDocument)
      .where(eq(issuedDocument.id, id))
      .for('update')
    return row
  }

  /** The newest about a thing. */
  async about(tx: Tx, subject: string): Promise<DocumentRow | undefined> {
    const [row] = await tx
      .select()
      .from(issuedDocument)
      .where(eq(issuedDocument.subject, subject))
      .orderBy(desc(issuedDocument.issued_at), desc(issuedDocument.id))
      .limit(1)
    return row
  }

  /** The one about a thing that is in force. */
  async inForce(tx: Tx, subject: string): Promise<DocumentRow | undefined> {
    const [row] = await tx
      .select()
      .from(issuedDocument)
      .where(and(eq(issuedDocument.subject, subject), eq(issuedDocument.state, 'issued')))
    return row
  }

  async byCode(tx: Tx, code: string): Promise<DocumentRow | undefined> {
    const [row] = await tx.select().from(issuedDocument).where(eq(issuedDocument.code, code))
    return row
  }

  async byHash(tx: Tx, sha256: string): Promise<DocumentRow | undefined> {
    const [row] = await tx
      .select()
      .from(issuedDocument)
      .where(eq(issuedDocument.pdf_sha256, sha256))
      .limit(1)
    return row
  }

  async withdraw(tx: Tx, id: string, at: string, reason: string): Promise<void> {
    await tx
      .update(issuedDocument)
      .set({ state: 'withdrawn', withdrawn_at: at, withdrawal: reason })
      .where(eq(issuedDocument.id, id))
  }
}
