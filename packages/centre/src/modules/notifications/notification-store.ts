import type { Delivery, Notification } from '@haidang/contracts/notification'
import type { Page, PageQuery } from '@haidang/contracts/page'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  ne,
  sql,
} from 'drizzle-orm'
import {
  type DeliveryRow,
  delivery,
  type NotificationRow,
  notification,
} from './notification-tables.ts'

const isRead = sql<boolean>`(${notification.read_at} is not null)`

const fields = {
  id: { column: notification.id, kind: 'word' },
  kind: { column: notification.kind, kind: 'word' },
  object_id: { column: notification.object_id, kind: 'word' },
  title: { column: notification.title, kind: 'text' },
  urgent: { column: notification.urgent, kind: 'boolean' },
  created_at: { column: notification.created_at, kind: 'time' },
  read: { column: isRead, kind: 'boolean' },
} as const

const deliveryFields = {
  id: { column: delivery.id, kind: 'word' },
  kind: { column: delivery.kind, kind: 'word' },
  object_id: { column: delivery.object_id, kind: 'word' },
  organisation_id: { column: delivery.organisation_id, kind: 'word' },
  title: { column: delivery.title, kind: 'text' },
  recipient: { column: delivery.recipient_name, kind: 'text' },
  address: { column: delivery.address, kind: 'text' },
  state: { column: delivery.state, kind: 'word' },
  cause: { column: delivery.cause, kind: 'word' },
  protection: { column: delivery.protection, kind: 'word' },
  created_at: { column: delivery.created_at, kind: 'time' },
  sent_at: { column: delivery.sent_at, kind: 'time' },
} as const

/** Rows of notifications and their mails, always inside a given transaction and so inside its scope. */
export class NotificationStore {
  /** False where it was told before: then nothing is written. */
  async add(tx: Tx, row: NotificationRow): Promise<boolean> {
    const added = await tx
      .insert(notification)
      .values(row)
      .onConflictDoNothing({ target: notification.once })
      .returning({ id: notification.id })
    return added.length === 1
  }

  async get(tx: Tx, id: string): Promise<NotificationRow | undefined> {
    const [row] = await tx.select().from(notification).where(eq(notification.id, id))
    return row
  }

  async addDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
    await tx.insert(delivery).values(row)
  }

  async getDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
    const [row] = await tx.select().from(delivery).where(eq(delivery.id, id))
    return row
  }

  async ofPerson(tx: Tx, personId: string, query: PageQuery): Promise<Page<Notification>> {
    const only = eq(notification.person_id, personId)
    const page = keyset({ query, fields, sorts: ['-created_at'], id: notification.id, only })
    const { items, next } = await page.read(tx.select().from(notification))
    return { items: items.map(shown), next }
  }

  async unread(tx: Tx, personId: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(notification)
      .where(and(eq(notification.person_id, personId), isNull(notification.read_at)))
    return row?.count ?? 0
  }

  async markRead(
    tx: Tx,
    personId: string,
    ids: readonly string[] | undefined,
    read_at: string,
  ): Promise<void> {
    await tx
      .update(notification)
      .set({ read_at })
      .where(
        and(
          eq(notification.person_id, personId),
          isNull(notification.read_at),
          ids && inArray(notification.id, [...ids]),
        ),
      )
  }

  async deliveries(tx: Tx, query: PageQuery): Promise<Page<Omit<Delivery, 'organisation_name'>>> {
    const page = keyset({
      query,
      fields: deliveryFields,
      sorts: ['-created_at'],
      id: delivery.id,
    })
    const { items, next } = await page.read(tx.select().from(delivery))
    return {
      items: items.map(
        ({ sealed: _, timing: __, digest_id: ___, planned_at: ____, leased_at: _____, ...row }) =>
          row,
      ),
      next,
    }
  }

  async waiting(tx: Tx, address: string): Promise<number> {
    const [row] = await tx
      .select({ count: count() })
      .from(delivery)
      .where(and(eq(delivery.address, address), eq(delivery.state, 'queued')))
    return row?.count ?? 0
  }

  /** Addresses at an organisation to which mails about an object were written, in lower case. */
  async tried(tx: Tx, objectId: string, organisationId: string): Promise<string[]> {
    const rows = await tx
      .selectDistinct({ address: delivery.address })
      .from(delivery)
      .where(and(eq(delivery.object_id, objectId), eq(delivery.organisation_id, organisationId)))
    return rows.map(({ address }) => address.toLowerCase())
  }

  /** Mails whose time has come, urgent ones first, locked until the transaction ends; others' locks are passed by. */
  async due(tx: Tx, now: string, limit: number): Promise<DeliveryRow[]> {
    return tx
      .select()
      .from(delivery)
      .where(and(eq(delivery.state, 'queued'), lte(delivery.due_at, now)))
      .orderBy(desc(delivery.urgent), asc(delivery.due_at))
      .limit(limit)
      .for('update', { skipLocked: true })
  }

  /** What goes out in one mail with a row: those put together with it before, or all that are gathered for its reader now. */
  async gathered(tx: Tx, row: DeliveryRow, now: string): Promise<DeliveryRow[]> {
    const isSame = row.digest_id
      ? eq(delivery.digest_id, row.digest_id)
      : and(
          eq(delivery.digest_id, ''),
          eq(delivery.address, row.address),
          eq(delivery.organisation_id, row.organisation_id),
          lte(delivery.due_at, now),
        )
    return tx
      .select()
      .from(delivery)
      .where(and(eq(delivery.state, 'queued'), eq(delivery.timing, 'digest'), isSame))
      .orderBy(asc(delivery.created_at), asc(delivery.id))
      .for('update')
  }

  /** The others that went out in the mail of a row. */
  async besides(tx: Tx, { id, digest_id }: DeliveryRow): Promise<DeliveryRow[]> {
    if (digest_id === '') return []
    return tx
      .select()
      .from(delivery)
      .where(and(eq(delivery.digest_id, digest_id), ne(delivery.id, id)))
  }

  async change(tx: Tx, id: string, change: Partial<DeliveryRow>): Promise<void> {
    await tx.update(delivery).set(change).where(eq(delivery.id, id))
  }

  /** Makes every claimed mail due now; only while nobody else sends. */
  async endLeases(tx: Tx, now: string): Promise<void> {
    await tx
      .update(delivery)
      .set({ due_at: now, leased_at: null })
      .where(and(eq(delivery.state, 'queued'), isNotNull(delivery.leased_at)))
  }

  /** Removes what is older, with its mails. */
  async removeBefore(tx: Tx, time: string): Promise<void> {
    await tx.delete(notification).where(lt(notification.created_at, time))
  }
}

function shown({ tlp_rank, ...row }: NotificationRow): Notification {
  const { id, kind, object_id, title, text, path, urgent, created_at, read_at } = row
  return {
    id,
    kind,
    object_id,
    title,
    text,
    path,
    urgent,
    created_at,
    read_at,
    tlp: tlpOf(tlp_rank),
  }
}
