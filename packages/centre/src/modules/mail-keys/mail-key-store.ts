import type { Tx } from '@haidang/runtime/database/database'
import { desc, eq, sql } from 'drizzle-orm'
import { type MailKeyRow, mailKey } from './mail-key-tables.ts'

/** Keys of the node for its mails, always inside a given transaction. */
export class MailKeyStore {
  /** Newest first. */
  all(tx: Tx): Promise<MailKeyRow[]> {
    return tx.select().from(mailKey).orderBy(desc(mailKey.created_at), mailKey.fingerprint)
  }

  /** Nobody else makes one until the transaction ends. */
  async hold(tx: Tx): Promise<void> {
    await tx.execute(sql`lock table mail_key in share row exclusive mode`)
  }

  async current(tx: Tx): Promise<MailKeyRow | undefined> {
    const [row] = await tx.select().from(mailKey).where(eq(mailKey.state, 'current'))
    return row
  }

  async add(tx: Tx, row: MailKeyRow): Promise<void> {
    await tx.insert(mailKey).values(row)
  }

  async end(
    tx: Tx,
    fingerprint: string,
    change: Pick<MailKeyRow, 'state' | 'armoured'>,
  ): Promise<void> {
    await tx.update(mailKey).set(change).where(eq(mailKey.fingerprint, fingerprint))
  }
}
