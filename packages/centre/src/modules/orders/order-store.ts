import { foldVietnamese } from '@haidang/contracts/fold'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import {
  and,
  asc,
  desc,
  eq,
  exists,
  getTableColumns,
  gt,
  inArray,
  isNull,
  ne,
  sql,
} from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import {
  type AddresseeRow,
  coordinationOrder,
  type OrderRow,
  orderAddressee,
  orderEntry,
  orderVersion,
  type VersionRow,
} from './order-tables.ts'

const overdue = sql<boolean>`exists (select from order_addressee a
  where a.order_id = ${coordinationOrder.id} and a.overdue)`

const { folded: _folded, late_first: _late, ...ladderColumns } = getTableColumns(orderAddressee)

const fields = {
  id: { column: coordinationOrder.id, kind: 'word' },
  number: { column: coordinationOrder.number, kind: 'word' },
  kind: { column: coordinationOrder.kind, kind: 'word' },
  urgency: { column: coordinationOrder.urgency, kind: 'word' },
  state: { column: coordinationOrder.state, kind: 'word' },
  tlp: { column: coordinationOrder.tlp_rank, kind: 'number' },
  title: { column: coordinationOrder.title, kind: 'text' },
  issuer_id: { column: coordinationOrder.organisation_id, kind: 'word' },
  incident_id: { column: coordinationOrder.incident_id, kind: 'word' },
  overdue: { column: overdue, kind: 'boolean' },
  simulated: { column: coordinationOrder.simulated, kind: 'boolean' },
  issued_at: { column: coordinationOrder.issued_at, kind: 'time' },
  updated_at: { column: coordinationOrder.updated_at, kind: 'time' },
  report_due_at: { column: coordinationOrder.report_due_at, kind: 'time' },
  text: { column: coordinationOrder.folded, kind: 'text' },
} as const

/** A row without what the store itself derives. */
export type OrderFacts = Omit<OrderRow, 'folded'>

/** A ladder on which something was delivered and not answered yet. */
export interface DeliveredLadder {
  readonly order_id: string
  readonly number: string
  readonly organisation_name: string
  readonly delivered_at: string
}

/** Rows of orders and ladders, always inside a given transaction and so inside its scope. */
export class OrderStore {
  /** False where an order of this identifier is there already: then nothing is written. */
  async add(tx: Tx, order: OrderFacts): Promise<boolean> {
    const added = await tx
      .insert(coordinationOrder)
      .values({ ...order, folded: foldedOf(order) })
      .onConflictDoNothing()
    return added.rowCount !== 0
  }

  /** One page, newest first unless the query says otherwise. */
  async list(tx: Tx, query: PageQuery): Promise<Page<OrderRow>> {
    const page = keyset({
      query: { ...query, filter: rankedFilter(query.filter) },
      fields,
      sorts: ['-issued_at', 'updated_at', 'number'],
      id: coordinationOrder.id,
    })
    return page.read(tx.select(getTableColumns(coordinationOrder)).from(coordinationOrder))
  }

  async get(tx: Tx, id: string): Promise<OrderRow | undefined> {
    const [row] = await tx.select().from(coordinationOrder).where(eq(coordinationOrder.id, id))
    return row
  }

  /** The order, locked until the transaction ends: ladders move one step at a time. */
  async lock(tx: Tx, id: string): Promise<OrderRow | undefined> {
    const [row] = await tx
      .select()
      .from(coordinationOrder)
      .where(eq(coordinationOrder.id, id))
      .for('update')
    return row
  }

  /** All ladders of these orders, thousands of them perhaps, or those of one organisation only. */
  async addressees(tx: Tx, orders: readonly string[], only?: string): Promise<AddresseeRow[]> {
    if (orders.length === 0) return []
    return tx
      .select(ladderColumns)
      .from(orderAddressee)
      .where(
        and(
          inArray(orderAddressee.order_id, [...orders]),
          only === undefined ? undefined : eq(orderAddressee.organisation_id, only),
        ),
      )
      .orderBy(asc(orderAddressee.role), asc(orderAddressee.organisation_name))
  }

  /** Addressees of the version in force who are told by this node, in the order of their ids, from behind one. */
  async toTell(
    tx: Tx,
    order: Pick<OrderRow, 'id' | 'version' | 'remote'>,
    after: string,
    most: number,
  ): Promise<AddresseeRow[]> {
    return tx
      .select(ladderColumns)
      .from(orderAddressee)
      .where(
        and(
          eq(orderAddressee.order_id, order.id),
          eq(orderAddressee.version, order.version),
          isNull(orderAddressee.withdrawn_at),
          order.remote ? undefined : eq(orderAddressee.over_link, false),
          gt(orderAddressee.organisation_id, after),
        ),
      )
      .orderBy(asc(orderAddressee.organisation_id))
      .limit(most)
  }

  async replace(tx: Tx, row: OrderRow): Promise<void> {
    const changed = { ...row, folded: foldedOf(row) }
    await tx.update(coordinationOrder).set(changed).where(eq(coordinationOrder.id, row.id))
  }

  /** The order an organisation issued by an act of its own naming. */
  async byRequest(
    tx: Tx,
    organisationId: string,
    requestId: string,
  ): Promise<OrderRow | undefined> {
    const [row] = await tx
      .select()
      .from(coordinationOrder)
      .where(
        and(
          eq(coordinationOrder.organisation_id, organisationId),
          eq(coordinationOrder.request_id, requestId),
        ),
      )
    return row
  }

  /** Keeps what an order said until now. */
  async addVersion(tx: Tx, row: VersionRow): Promise<void> {
    await tx.insert(orderVersion).values(row).onConflictDoNothing()
  }

  /** What an order said before, the newest first. */
  versions(tx: Tx, orderId: string): Promise<VersionRow[]> {
    return tx
      .select()
      .from(orderVersion)
      .where(eq(orderVersion.order_id, orderId))
      .orderBy(desc(orderVersion.version))
      .limit(200)
  }

  /** Ladders of orders in force that nobody answered since they were delivered: when each was, newest first. */
  async delivered(tx: Tx, limit: number): Promise<DeliveredLadder[]> {
    return await tx
      .select({
        order_id: coordinationOrder.id,
        number: coordinationOrder.number,
        organisation_name: orderAddressee.organisation_name,
        delivered_at: orderEntry.time,
      })
      .from(orderAddressee)
      .innerJoin(coordinationOrder, eq(coordinationOrder.id, orderAddressee.order_id))
      .innerJoin(
        orderEntry,
        and(
          eq(orderEntry.order_id, orderAddressee.order_id),
          eq(orderEntry.organisation_id, orderAddressee.organisation_id),
          eq(orderEntry.step, 'delivered'),
        ),
      )
      .where(
        and(
          eq(coordinationOrder.state, 'issued'),
          inArray(orderAddressee.step, ['delivered', 'read']),
        ),
      )
      .orderBy(desc(orderEntry.time), desc(orderEntry.id))
      .limit(limit)
  }

  /** How many orders are in force, and how many of them have a late ladder. */
  async openCounts(tx: Tx): Promise<{ open: number; overdue: number }> {
    const [row] = await tx
      .select({
        open: sql<number>`count(*)::int`,
        overdue: sql<number>`(count(*) filter (where ${overdue}))::int`,
      })
      .from(coordinationOrder)
      .where(eq(coordinationOrder.state, 'issued'))
    return row ?? { open: 0, overdue: 0 }
  }

  /** Orders in force in which an organisation has the next word, the most pressing first. */
  async waitingFor(tx: Tx, organisationId: string, limit: number): Promise<OrderRow[]> {
    const mine = and(
      eq(orderAddressee.organisation_id, organisationId),
      inArray(orderAddressee.step, ['delivered', 'read', 'accepted', 'acting', 'returned']),
      ne(orderAddressee.role, 'for_information'),
      isNull(orderAddressee.withdrawn_at),
    )
    const toJudge = and(
      eq(orderAddressee.issuer_id, organisationId),
      inArray(orderAddressee.step, ['disputed', 'completed', 'verified']),
      isNull(orderAddressee.withdrawn_at),
    )
    const ladder = tx
      .select({ one: sql`1` })
      .from(orderAddressee)
      .where(and(eq(orderAddressee.order_id, coordinationOrder.id), sql`(${mine} or ${toJudge})`))
    return tx
      .select()
      .from(coordinationOrder)
      .where(and(eq(coordinationOrder.state, 'issued'), exists(ladder)))
      .orderBy(asc(coordinationOrder.report_due_at), asc(coordinationOrder.id))
      .limit(limit)
  }

  /** Whether an order is over: all who must act are closed; where nobody must, all who were told are. */
  async isOver(tx: Tx, orderId: string): Promise<boolean> {
    const { rows } = await tx.execute<{ over: boolean }>(sql`
      select case when count(*) filter (where role <> 'for_information') > 0
        then count(*) filter (where role <> 'for_information' and step <> 'closed') = 0
        else count(*) filter (where step <> 'closed') = 0 end as over
      from order_addressee where order_id = ${orderId} and withdrawn_at is null`)
    return rows[0]?.over ?? true
  }
}

function foldedOf({ number, title, situation }: OrderFacts): string {
  return foldVietnamese([number, title, situation].join(' '))
}
