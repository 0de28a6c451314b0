import { type LadderMark, LadderStep, type OrderTally } from '@haidang/contracts/order'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Tx } from '@haidang/runtime/database/database'
import { keyset } from '@haidang/runtime/database/keyset'
import { portions } from '@haidang/runtime/database/portions'
import {
  and,
  asc,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNull,
  lt,
  ne,
  type SQL,
  sql,
} from 'drizzle-orm'
import { rankedFilter } from '../../ranked-filter.ts'
import { isAnswered, tallyOf } from './order.ts'
import {
  type AddresseeRow,
  coordinationOrder,
  type EntryRow,
  type OrderRow,
  orderAddressee,
  orderEntry,
} from './order-tables.ts'

type Place = Pick<AddresseeRow, 'order_id' | 'organisation_id'>

const { folded: _folded, late_first: _late, ...columns } = getTableColumns(orderAddressee)
const { position: _position, ...entryColumns } = getTableColumns(orderEntry)
const withdrawn = sql<boolean>`(${orderAddressee.withdrawn_at} is not null)`

const fields = {
  id: { column: orderAddressee.organisation_id, kind: 'word' },
  name: { column: orderAddressee.folded, kind: 'word' },
  text: { column: orderAddressee.folded, kind: 'text', whole: true },
  late_first: { column: orderAddressee.late_first, kind: 'word' },
  role: { column: orderAddressee.role, kind: 'word' },
  step: { column: orderAddressee.step, kind: 'word' },
  overdue: { column: orderAddressee.overdue, kind: 'boolean' },
  over_link: { column: orderAddressee.over_link, kind: 'boolean' },
  withdrawn: { column: withdrawn, kind: 'boolean' },
  due_at: { column: orderAddressee.due_at, kind: 'time' },
} as const

const rowsAtOnce = 1_000

/** Rows of ladders and what was said on them, always inside a given transaction and so inside its scope. */
export class LadderStore {
  async add(tx: Tx, rows: readonly AddresseeRow[]): Promise<void> {
    for (const some of portions(rows, rowsAtOnce)) await tx.insert(orderAddressee).values(some)
  }

  /** Entries in the order given; those whose identifier is known already are left out. */
  async addEntries(tx: Tx, entries: readonly EntryRow[]): Promise<void> {
    for (const some of portions(entries, rowsAtOnce)) {
      await tx.insert(orderEntry).values(some).onConflictDoNothing()
    }
  }

  /** One page of an order's ladders, late ones first unless the query says otherwise. */
  async list(
    tx: Tx,
    orderId: string,
    query: PageQuery,
  ): Promise<Page<AddresseeRow & { readonly id: string }>> {
    const page = keysetOf(orderId, query)
    const { folded: name, late_first } = orderAddressee
    const selected = { ...columns, id: orderAddressee.organisation_id, name, late_first }
    const { items, next } = await page.read(tx.select(selected).from(orderAddressee))
    return { items: items.map(({ name: _, late_first: __, ...row }) => row), next }
  }

  /** How many ladders of an order a filter finds. */
  async count(tx: Tx, orderId: string, filter: string | undefined): Promise<number> {
    const { where } = keysetOf(orderId, { filter, limit: 1 })
    const [row] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(orderAddressee)
      .where(where)
    return row?.count ?? 0
  }

  /** The first ladders of each order: the reader's own, then late ones. */
  async first(
    tx: Tx,
    orders: readonly string[],
    reader: string,
    most: number,
  ): Promise<AddresseeRow[]> {
    if (orders.length === 0) return []
    const found = await tx.execute<{ order_id: string; organisation_id: string }>(sql`
      select l.order_id, l.organisation_id
      from jsonb_array_elements_text(${JSON.stringify(orders)}::jsonb) as o(id)
      cross join lateral (
        (select order_id, organisation_id from order_addressee
          where order_id = o.id and organisation_id = ${reader})
        union
        (select order_id, organisation_id from order_addressee
          where order_id = o.id order by late_first, organisation_id limit ${most})
      ) l`)
    const places = found.rows.map((row) => sql`(${row.order_id}, ${row.organisation_id})`)
    if (places.length === 0) return []
    const rows = await tx
      .select(columns)
      .from(orderAddressee)
      .where(
        sql`(${orderAddressee.order_id}, ${orderAddressee.organisation_id}) in (${sql.join(places, sql`, `)})`,
      )
      .orderBy(asc(orderAddressee.late_first), asc(orderAddressee.organisation_id))
    const rank = (row: AddresseeRow) => (row.organisation_id === reader ? 0 : 1)
    return rows.toSorted((a, b) => rank(a) - rank(b))
  }

  async get(tx: Tx, { order_id, organisation_id }: Place): Promise<AddresseeRow | undefined> {
    const [row] = await tx
      .select(columns)
      .from(orderAddressee)
      .where(isLadder({ order_id, organisation_id }))
    return row
  }

  /** Some ladders of one order. */
  async some(tx: Tx, orderId: string, ids: readonly string[]): Promise<AddresseeRow[]> {
    if (ids.length === 0) return []
    return tx
      .select(columns)
      .from(orderAddressee)
      .where(
        and(
          eq(orderAddressee.order_id, orderId),
          inArray(orderAddressee.organisation_id, [...ids]),
        ),
      )
      .orderBy(asc(orderAddressee.organisation_id))
  }

  async replace(tx: Tx, row: AddresseeRow): Promise<void> {
    await tx.update(orderAddressee).set(row).where(isLadder(row))
  }

  /** Puts every open ladder of an order back to where it must be told of a new version; answers them as they stood. */
  async restart(
    tx: Tx,
    order: Pick<OrderRow, 'id' | 'version' | 'report_due_at'>,
  ): Promise<AddresseeRow[]> {
    const open = and(
      eq(orderAddressee.order_id, order.id),
      isNull(orderAddressee.withdrawn_at),
      ne(orderAddressee.step, 'closed'),
    )
    const rows = await tx
      .select(columns)
      .from(orderAddressee)
      .where(open)
      .orderBy(asc(orderAddressee.organisation_id))
    const due = sql`case when ${orderAddressee.role} = 'for_information' then null
      else ${order.report_due_at}::timestamptz end`
    await tx
      .update(orderAddressee)
      .set({ step: 'issued', version: order.version, overdue: false, due_at: due })
      .where(open)
    return rows
  }

  /** What was said on these ladders, oldest first. */
  async entries(tx: Tx, ladders: readonly Place[]): Promise<EntryRow[]> {
    if (ladders.length === 0) return []
    return tx
      .select(entryColumns)
      .from(orderEntry)
      .where(inPlaces(ladders))
      .orderBy(asc(orderEntry.position))
  }

  /** As `entries`, without what was said. */
  async marks(tx: Tx, ladders: readonly Place[]): Promise<(LadderMark & Place)[]> {
    if (ladders.length === 0) return []
    const { id, order_id, organisation_id, step, time, actor_name } = orderEntry
    return tx
      .select({ id, order_id, organisation_id, step, time, actor_name })
      .from(orderEntry)
      .where(inPlaces(ladders))
      .orderBy(asc(orderEntry.position))
  }

  async entriesById(tx: Tx, ids: readonly string[]): Promise<EntryRow[]> {
    if (ids.length === 0) return []
    return tx
      .select(entryColumns)
      .from(orderEntry)
      .where(inArray(orderEntry.id, [...ids]))
      .orderBy(asc(orderEntry.position))
  }

  /** What was said last on a ladder. */
  async last(tx: Tx, place: Place): Promise<EntryRow | undefined> {
    const [row] = await tx
      .select(entryColumns)
      .from(orderEntry)
      .where(inPlaces([place]))
      .orderBy(desc(orderEntry.position))
      .limit(1)
    return row
  }

  /** How far everybody has come, by order. */
  async tallies(tx: Tx, orders: readonly string[]): Promise<ReadonlyMap<string, OrderTally>> {
    if (orders.length === 0) return new Map()
    const isWithdrawn = sql<boolean>`(${orderAddressee.withdrawn_at} is not null)`
    const { order_id, role, step, overdue } = orderAddressee
    const undelivered = sql<number>`(count(*) filter (where ${step} = 'issued'))::int`
    const rows = await tx
      .select({
        order_id,
        role,
        step,
        overdue,
        withdrawn: isWithdrawn,
        undelivered,
        count: sql<number>`count(*)::int`,
      })
      .from(orderAddressee)
      .where(inArray(order_id, [...orders]))
      .groupBy(order_id, role, step, overdue, isWithdrawn)
    return new Map(
      [...Map.groupBy(rows, (row) => row.order_id)].map(([id, some]) => [id, tallyOf(some)]),
    )
  }

  /** The indicators of an action that belong to addressees, of all those who may be seen and are held to it. */
  async ownIndicators(tx: Tx, orderId: string, actionId: string): Promise<string[]> {
    const { rows } = await tx.execute<{ text: string }>(sql`
      select distinct value as text
      from order_addressee a, jsonb_array_elements_text(a.indicators -> ${actionId}::text)
      where a.order_id = ${orderId} and a.withdrawn_at is null order by 1 limit 50000`)
    return rows.map(({ text }) => text)
  }

  /** Ladders of orders in force whose addressees read this portal and were not told yet. */
  async undelivered(tx: Tx, most: number): Promise<AddresseeRow[]> {
    return laddersInForce(
      tx,
      and(eq(orderAddressee.step, 'issued'), eq(orderAddressee.over_link, false)),
    )
      .orderBy(asc(orderAddressee.order_id), asc(orderAddressee.organisation_id))
      .limit(most)
  }

  /** Marks ladders whose deadline is over and not met, at most 500; answers them. */
  async markOverdue(tx: Tx, now: string): Promise<AddresseeRow[]> {
    const unanswered = LadderStep.options.filter((step) => !isAnswered(step))
    const late = await laddersInForce(
      tx,
      and(
        eq(orderAddressee.overdue, false),
        lt(orderAddressee.due_at, now),
        inArray(orderAddressee.step, unanswered),
      ),
    ).limit(500)
    for (const row of late) {
      await tx.update(orderAddressee).set({ overdue: true }).where(isLadder(row))
    }
    return late.map((row) => ({ ...row, overdue: true }))
  }
}

/** Ladders of orders in force that were not withdrawn. */
function laddersInForce(tx: Tx, which: SQL | undefined) {
  return tx
    .select(columns)
    .from(orderAddressee)
    .innerJoin(coordinationOrder, eq(coordinationOrder.id, orderAddressee.order_id))
    .where(and(which, isNull(orderAddressee.withdrawn_at), eq(coordinationOrder.state, 'issued')))
}

function keysetOf(orderId: string, query: PageQuery) {
  return keyset({
    query: { ...query, filter: rankedFilter(query.filter) },
    fields,
    sorts: ['late_first', 'name'],
    id: orderAddressee.organisation_id,
    only: eq(orderAddressee.order_id, orderId),
  })
}

function isLadder(row: Place) {
  return and(
    eq(orderAddressee.order_id, row.order_id),
    eq(orderAddressee.organisation_id, row.organisation_id),
  )
}

function inPlaces(places: readonly Place[]) {
  const pairs = places.map((one) => sql`(${one.order_id}, ${one.organisation_id})`)
  return sql`(${orderEntry.order_id}, ${orderEntry.organisation_id}) in (${sql.join(pairs, sql`, `)})`
}
