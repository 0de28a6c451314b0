import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import { vietnamTime } from '../../vietnam-date.ts'
import type { NotificationService, Recipient } from './notification-service.ts'
import type { Recipients } from './recipients.ts'

/** What is told of an order. */
interface OrderFacts {
  readonly id: string
  readonly organisation_id: string
  readonly organisation_name: string
  readonly number: string
  readonly title: string
  readonly tlp_rank: number
  readonly remote: boolean
  readonly report_due_at: string | null
}

interface Ladder {
  readonly organisation_id: string
  readonly organisation_name: string
  readonly step: string
  readonly due_at: string | null
  readonly over_link: boolean
}

interface OrderTidingsParts {
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly orders: {
    get(tx: Tx, id: string): Promise<OrderFacts | undefined>
    addressees(tx: Tx, orders: readonly string[], only?: string): Promise<readonly Ladder[]>
  }
}

/** Of an entry about one ladder. */
const Stepped = z.object({ organisation_id: z.string(), step: z.string() })

/** Answers the issuer is told of; progress is read in the matrix. */
const answers = ['disputed', 'completed']
const judgements = ['verified', 'returned']

/** Who is told what of an order: the addressees who read this portal, and its issuer. */
export class OrderTidings {
  readonly #parts: OrderTidingsParts

  constructor(parts: OrderTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const order = await this.#parts.orders.get(tx, entry.subject)
    if (!order) return
    // An order may have thousands of ladders: what is said on one does not read the others.
    const said = Stepped.safeParse(entry.after)
    const only = said.data?.organisation_id
    const ladders = await this.#parts.orders.addressees(tx, [order.id], only)
    const here = ladders.filter(({ over_link }) => !over_link)
    switch (entry.type) {
      case 'order.issued':
      case 'order.received':
        for (const ladder of here) await this.#addressee(tx, 'order-given', order, ladder, entry)
        return
      case 'order.withdrawn':
        for (const ladder of here) {
          await this.#addressee(tx, 'order-withdrawn', order, ladder, entry)
        }
        return
      default:
        await this.#stepped(tx, order, ladders, entry)
    }
  }

  async #stepped(
    tx: Tx,
    order: OrderFacts,
    ladders: readonly Ladder[],
    entry: JournalEntry,
  ): Promise<void> {
    const said = Stepped.safeParse(entry.after)
    const ladder = ladders.find(
      ({ organisation_id }) => organisation_id === said.data?.organisation_id,
    )
    if (!said.success || !ladder) return
    const { step } = said.data
    if (entry.type === 'order.overdue') {
      await this.#issuer(tx, 'order-overdue', order, ladder, entry)
      if (!ladder.over_link) await this.#addressee(tx, 'order-overdue', order, ladder, entry)
    } else if (answers.includes(step)) {
      await this.#issuer(tx, 'order-answered', order, ladder, entry)
    } else if (judgements.includes(step) && !ladder.over_link) {
      await this.#addressee(tx, 'order-judged', order, ladder, entry)
    }
  }

  async #addressee(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    entry: JournalEntry,
  ): Promise<void> {
    const { organisation_id } = ladder
    const of = { organisation_id, tlp_rank: order.tlp_rank }
    const who = await this.#parts.recipients.onDuty(tx, 'order.answer', of)
    await this.#say(tx, kind, order, ladder, entry, who)
  }

  /** An order of another node is told to its issuer there. */
  async #issuer(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    entry: JournalEntry,
  ): Promise<void> {
    if (order.remote) return
    const { organisation_id, tlp_rank } = order
    const of = { organisation_id, tlp_rank }
    const who = await this.#parts.recipients.able(tx, 'order.issue', of)
    await this.#say(tx, kind, order, ladder, entry, who)
  }

  async #say(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    entry: JournalEntry,
    who: readonly Recipient[],
  ): Promise<void> {
    const { id, tlp_rank, number, title, organisation_name, report_due_at } = order
    const due = ladder.due_at ?? report_due_at
    const isOwn = kind === 'order-given' && entry.actor_id.startsWith('usr_') && !order.remote
    await this.#parts.notifications.tell(
      tx,
      {
        kind,
        object_id: id,
        tlp_rank,
        path: `/orders/${id}`,
        once: `${entry.id}:${ladder.organisation_id}`,
        sender_id: order.remote ? null : order.organisation_id,
        sender_person_id: isOwn ? entry.actor_id : null,
        facts: (language: Language) => ({
          number,
          title,
          issuer: organisation_name,
          organisation: ladder.organisation_name,
          due: due === null ? '–' : vietnamTime(due, language),
          reason: entry.reason,
          step: labelOf('ladderStep', ladder.step, language),
        }),
      },
      who,
    )
  }
}
