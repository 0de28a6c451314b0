import { idPrefixes } from '@haidang/contracts/id'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { ReceivedMail } from '@haidang/contracts/received-mail'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import type { MailPosition } from '@haidang/runtime/mail/mailbox'
import { and, count, desc, eq, gte, inArray, like, lt, ne, notLike, sql } from 'drizzle-orm'
import { mailboxPosition, type ReceivedMailRow, receivedMail } from './received-mail-tables.ts'

const fields = {
  id: { column: receivedMail.id, kind: 'word' },
  kind: { column: receivedMail.kind, kind: 'word' },
  state: { column: receivedMail.state, kind: 'word' },
  from: { column: receivedMail.from_address, kind: 'text' },
  name: { column: receivedMail.from_name, kind: 'text' },
  subject: { column: receivedMail.subject, kind: 'text' },
  object_id: { column: receivedMail.object_id, kind: 'word' },
  received_at: { column: receivedMail.received_at, kind: 'time' },
} as const

const reports = `${idPrefixes.incidentReport}\\_%`

/** Mails that came in and how far the mailbox was read, always inside a given transaction. */
export class ReceivedMailStore {
  /** False where it came before: then nothing is written. */
  async add(tx: Tx, row: ReceivedMailRow): Promise<boolean> {
    const added = await tx
      .insert(receivedMail)
      .values(row)
      .onConflictDoNothing({ target: receivedMail.once })
      .returning({ id: receivedMail.id })
    return added.length === 1
  }

  async list(tx: Tx, query: PageQuery): Promise<Page<ReceivedMail>> {
    const page = keyset({ query, fields, sorts: ['-received_at'], id: receivedMail.id })
    const { items, next } = await page.read(tx.select().from(receivedMail))
    return { items: items.map(shown), next }
  }

  async get(tx: Tx, id: string): Promise<ReceivedMailRow | undefined> {
    const [row] = await tx.select().from(receivedMail).where(eq(receivedMail.id, id))
    return row
  }

  /** The row as it is afterwards; undefined: somebody settled it before. */
  async settle(
    tx: Tx,
    id: string,
    change: Partial<ReceivedMailRow>,
  ): Promise<ReceivedMailRow | undefined> {
    const [row] = await tx
      .update(receivedMail)
      .set(change)
      .where(and(eq(receivedMail.id, id), eq(receivedMail.state, 'unfiled')))
      .returning()
    return row
  }

  /** How many came from an address since. */
  async since(tx: Tx, address: string, time: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(receivedMail)
      .where(
        and(
          eq(sql`lower(${receivedMail.from_address})`, address.toLowerCase()),
          gte(receivedMail.received_at, time),
        ),
      )
    return row?.count ?? 0
  }

  /** What the newest mail of an address with one of these Message-IDs was filed under as a report. */
  async threadOf(
    tx: Tx,
    messageIds: readonly string[],
    address: string,
  ): Promise<Pick<ReceivedMailRow, 'object_id' | 'tlp_rank'> | undefined> {
    if (messageIds.length === 0) return undefined
    const [row] = await tx
      .select({ object_id: receivedMail.object_id, tlp_rank: receivedMail.tlp_rank })
      .from(receivedMail)
      .where(
        and(
          inArray(receivedMail.message_id, [...messageIds]),
          ne(receivedMail.message_id, ''),
          like(receivedMail.object_id, reports),
          eq(sql`lower(${receivedMail.from_address})`, address.toLowerCase()),
        ),
      )
      .orderBy(desc(receivedMail.received_at))
      .limit(1)
    return row
  }

  /** What stands with a report is part of it, and stays. */
  async removeBefore(tx: Tx, time: string): Promise<void> {
    await tx
      .delete(receivedMail)
      .where(and(lt(receivedMail.received_at, time), notLike(receivedMail.object_id, reports)))
  }

  async position(tx: Tx, mailbox: string): Promise<MailPosition | undefined> {
    const [row] = await tx
      .select({ validity: mailboxPosition.validity, uid: mailboxPosition.uid })
      .from(mailboxPosition)
      .where(eq(mailboxPosition.mailbox, mailbox))
    return row
  }

  async move(tx: Tx, mailbox: string, { validity, uid }: MailPosition): Promise<void> {
    await tx
      .insert(mailboxPosition)
      .values({ mailbox, validity, uid })
      .onConflictDoUpdate({ target: mailboxPosition.mailbox, set: { validity, uid } })
  }
}

/** A row as people see it in a list. */
export function shown(row: ReceivedMailRow): ReceivedMail {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    from_name: row.from_name,
    from_address: row.from_address,
    subject: row.subject,
    size: row.size,
    files: [...row.files],
    encryption: row.encryption,
    signature: row.signature,
    signer: row.signer,
    tlp: tlpOf(row.tlp_rank),
    object_id: row.object_id,
    delivery_id: row.delivery_id,
    sent_at: row.sent_at,
    received_at: row.received_at,
    settled_by: row.settled_by,
    settled_at: row.settled_at,
    settled_reason: row.settled_reason,
  }
}
