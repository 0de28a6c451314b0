import { millisecondsOf } from '@haidang/contracts/instant'
import type { JournalEntry } from '@haidang/contracts/journal'
import { labels } from '@haidang/contracts/labels'
import { isoOf } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { JournalReader } from '@haidang/runtime/journal'
import { z } from 'zod'
import type { ClockService, Subject } from './modules/deadlines/clock-service.ts'
import type { OwnTerm } from './modules/deadlines/deadline.ts'
import type { LadderStore } from './modules/orders/ladder-store.ts'
import { isAnswered } from './modules/orders/order.ts'
import type { OrderStore } from './modules/orders/order-store.ts'
import type { AddresseeRow, OrderRow } from './modules/orders/order-tables.ts'

interface OrderClockParts {
  readonly orders: Pick<OrderStore, 'get' | 'addressees'>
  readonly ladders: Pick<LadderStore, 'entriesById'>
  readonly clocks: ClockService
}

const { actor } = systemScope
const reportWords = { vi: 'Báo cáo kết quả thực hiện', en: 'Report the result' }
const Stepped = z.object({ step: z.string().default('delivered'), entries: z.array(z.string()) })

/**
 * The deadlines of an addressee: to acknowledge the order by the regulations, to report by its term and to do each thing
 * by its own. They are started by a reader of the journal, since an order may be issued to thousands.
 */
export class OrderClock implements JournalReader {
  readonly name = 'order-clock'
  readonly types = [
    'order.stepped',
    'order.received',
    'order.changed',
    'order.released',
    'order.withdrawn',
  ] as const
  readonly #parts: OrderClockParts

  constructor(parts: OrderClockParts) {
    this.#parts = parts
  }

  async handle(tx: Tx, entry: JournalEntry): Promise<void> {
    const { orders, clocks } = this.#parts
    const order = await orders.get(tx, entry.subject)
    if (!order) return
    if (entry.type === 'order.withdrawn') {
      return clocks.stop(tx, actor, order.id, 'the order was withdrawn')
    }
    // What the former version asked is over; the new one starts when it is delivered.
    if (entry.type === 'order.changed') await clocks.stop(tx, actor, order.id, 'the order changed')
    const said = Stepped.safeParse(entry.after)
    const ladder = await this.#ladder(tx, order, entry.organisation_id)
    if (!ladder) return
    if (entry.type === 'order.released') {
      const why = 'the order was withdrawn for this addressee'
      return clocks.stop(tx, actor, order.id, why, ladder.organisation_id)
    }
    if (said.success) await this.#step(tx, { order, ladder, entry }, said.data)
  }

  async #ladder(tx: Tx, order: OrderRow, held: string | null): Promise<AddresseeRow | undefined> {
    if (held === null) return undefined
    const [ladder] = await this.#parts.orders.addressees(tx, [order.id], held)
    return ladder?.role === 'for_information' ? undefined : ladder
  }

  async #step(
    tx: Tx,
    { order, ladder, entry }: Happened,
    { step, entries }: z.infer<typeof Stepped>,
  ): Promise<void> {
    const { clocks } = this.#parts
    const subject = subjectOf(order, ladder)
    const of = { subject_id: order.id, organisation_id: ladder.organisation_id, at: entry.time }
    if (step === 'delivered') {
      if (!isOpen(order, ladder)) return
      await clocks.follow(tx, actor, subject, [{ trigger: 'order.delivered', at: entry.time }])
      return clocks.set(tx, actor, subject, termsOf(order, entry.time))
    }
    await clocks.meet(tx, actor, { ...of, note: 'acknowledged' }, ({ trigger }) => trigger !== null)
    if (step === 'returned') {
      if (!isOpen(order, ladder)) return
      // What was met is asked again: terms of their own, by the same times.
      return clocks.set(tx, actor, subject, termsOf(order, entry.time, entry.id))
    }
    if (step === 'completed' || step === 'verified' || step === 'closed') {
      return clocks.meet(tx, actor, { ...of, note: 'reported' }, () => true)
    }
    const done = await this.#doneIn(tx, entries)
    await clocks.meet(tx, actor, { ...of, note: 'done' }, ({ key }) =>
      done.has(key.split(' ')[2] ?? ''),
    )
  }

  /** Actions an answer says are done. */
  async #doneIn(tx: Tx, entries: readonly string[]): Promise<ReadonlySet<string>> {
    const said = await this.#parts.ladders.entriesById(tx, entries)
    const results = said.flatMap((entry) => entry.results)
    return new Set(
      results
        .filter(({ outcome }) => outcome === 'done')
        .map(({ action_id }) => taskKey(action_id)),
    )
  }
}

interface Happened {
  readonly order: OrderRow
  readonly ladder: AddresseeRow
  readonly entry: JournalEntry
}

/** Whether anything is still asked of an addressee. */
function isOpen({ state, version }: OrderRow, ladder: AddresseeRow): boolean {
  const { step, withdrawn_at } = ladder
  return (
    state === 'issued' && withdrawn_at === null && ladder.version === version && !isAnswered(step)
  )
}

/** The terms of the version in force; `again` tells those after a return apart from those before. */
function termsOf(order: OrderRow, from_at: string, again = ''): OwnTerm[] {
  const { version, report_due_at, actions } = order
  const idOf = (what: string) => `v${version} ${what}${again && ` ${again}`}`
  const report = report_due_at
    ? [{ id: idOf('report'), name: reportWords, from_at, due_at: report_due_at }]
    : []
  const tasks = actions.flatMap(({ id, kind, due_at }) =>
    due_at === null
      ? []
      : [
          {
            id: idOf(taskKey(id)),
            name: labels.actionKind[kind],
            from_at,
            due_at: isoOf(millisecondsOf(due_at)),
          },
        ],
  )
  return [...report, ...tasks]
}

/** An action in the key of its term, whatever its id is written with. */
function taskKey(actionId: string): string {
  return `task:${encodeURIComponent(actionId)}`
}

function subjectOf(order: OrderRow, ladder: AddresseeRow): Subject {
  return {
    subject_kind: 'order',
    subject_id: order.id,
    subject_label: order.number,
    organisation_id: ladder.organisation_id,
    watcher_id: order.organisation_id,
    tlp_rank: order.tlp_rank,
    assignee_id: null,
    simulated: order.simulated,
    grade: null,
  }
}
