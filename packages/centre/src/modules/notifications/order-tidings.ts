import type { JournalEntry } from '@haidang/contracts/journal'
import { labelOf } from '@haidang/contracts/labels'
import type { NotificationKind } from '@haidang/contracts/notification-kind'
import type { Language } from '@haidang/contracts/person'
import type { Tx } from '@haidang/runtime/database/database'
import { z } from 'zod'
import { vietnamTime } from '../../vietnam-date.ts'
import type { AnswerLinkService } from '../answers/answer-link-service.ts'
import type { Occasion, TellingService } from '../tellings/telling-service.ts'
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
  readonly version: number
  readonly state: string
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
  readonly tellings: TellingService
  readonly links: AnswerLinkService
  readonly orders: {
    get(tx: Tx, id: string): Promise<OrderFacts | undefined>
    addressees(tx: Tx, orders: readonly string[], only?: string): Promise<readonly Ladder[]>
    toTell(tx: Tx, order: OrderFacts, after: string, most: number): Promise<readonly Ladder[]>
  }
}

/** Of an entry about one ladder. */
const Stepped = z.object({
  organisation_id: z.string(),
  step: z.string(),
  help: z.boolean().default(false),
})

/** Answers the issuer is told of; progress is read in the matrix. */
const answers = ['disputed', 'completed']
const judgements = ['verified', 'returned']
/** What is told to all addressees, by the entry it follows from. */
const toAll: Readonly<Record<string, NotificationKind>> = {
  'order.issued': 'order-given',
  'order.received': 'order-given',
  'order.changed': 'order-changed',
  'order.withdrawn': 'order-withdrawn',
}
/** Kinds whose mail may be answered by its link. */
const answerable: readonly NotificationKind[] = [
  'order-given',
  'order-changed',
  'order-reminded',
  'order-overdue',
  'order-judged',
]
/** Kinds whose sender learns where they cannot be delivered. */
const own: readonly NotificationKind[] = ['order-given', 'order-changed', 'order-reminded']
/** Addressees told in one transaction. */
const atOnce = 100

/** Who is told what of an order: the addressees who read this portal, and its issuer. */
export class OrderTidings {
  readonly #parts: OrderTidingsParts

  constructor(parts: OrderTidingsParts) {
    this.#parts = parts
  }

  async tell(tx: Tx, entry: JournalEntry): Promise<void> {
    const { id: entry_id, type, subject: subject_id, actor_id, reason } = entry
    const occasion = { entry_id, type, subject_id, actor_id, reason }
    if (toAll[type]) return this.#parts.tellings.begin(tx, occasion, this.tellSome)
    const order = await this.#parts.orders.get(tx, subject_id)
    const said = Stepped.safeParse(entry.after)
    if (!order || !said.success) return
    const { step, organisation_id, help } = said.data
    const [ladder] = await this.#parts.orders.addressees(tx, [order.id], organisation_id)
    if (!ladder) return
    const isHere = order.remote || !ladder.over_link
    const addressee = (kind: NotificationKind) =>
      isHere ? this.#addressee(tx, kind, order, ladder, occasion) : undefined
    if (type === 'order.overdue') {
      await this.#issuer(tx, 'order-overdue', order, ladder, occasion)
      await addressee('order-overdue')
    } else if (type === 'order.reminded') await addressee('order-reminded')
    else if (type === 'order.released') await addressee('order-withdrawn')
    else if (help) await this.#issuer(tx, 'order-help', order, ladder, occasion)
    else if (answers.includes(step)) {
      await this.#issuer(tx, 'order-answered', order, ladder, occasion)
    } else if (judgements.includes(step)) await addressee('order-judged')
  }

  /** Tells an order to some of its addressees. */
  readonly tellSome = async (tx: Tx, occasion: Occasion, from: string) => {
    const order = await this.#parts.orders.get(tx, occasion.subject_id)
    const kind = toAll[occasion.type]
    const isWithdrawal = kind === 'order-withdrawn'
    if (!order || !kind || (order.state === 'withdrawn') !== isWithdrawal) return undefined
    const ladders = await this.#parts.orders.toTell(tx, order, from, atOnce)
    for (const ladder of ladders) await this.#addressee(tx, kind, order, ladder, occasion)
    return ladders.length < atOnce ? undefined : ladders.at(-1)?.organisation_id
  }

  async #addressee(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    occasion: Occasion,
  ): Promise<void> {
    const { organisation_id } = ladder
    const of = { organisation_id, tlp_rank: order.tlp_rank }
    const who = await this.#parts.recipients.onDuty(tx, 'order.answer', of)
    await this.#say(tx, kind, order, ladder, occasion, who)
  }

  /** An order of another node is told to its issuer there. */
  async #issuer(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    occasion: Occasion,
  ): Promise<void> {
    if (order.remote) return
    const { organisation_id, tlp_rank } = order
    const of = { organisation_id, tlp_rank }
    const who = await this.#parts.recipients.able(tx, 'order.issue', of)
    await this.#say(tx, kind, order, ladder, occasion, who)
  }

  async #say(
    tx: Tx,
    kind: NotificationKind,
    order: OrderFacts,
    ladder: Ladder,
    { entry_id, actor_id, reason }: Occasion,
    who: readonly Recipient[],
  ): Promise<void> {
    const { id, tlp_rank, number, title, organisation_name, report_due_at } = order
    const due = ladder.due_at ?? report_due_at
    const isOwn = own.includes(kind) && actor_id.startsWith('usr_') && !order.remote
    await this.#parts.notifications.tell(
      tx,
      {
        kind,
        object_id: id,
        tlp_rank,
        path: `/orders/${id}`,
        once: `${entry_id}:${ladder.organisation_id}`,
        sender_id: order.remote ? null : order.organisation_id,
        sender_person_id: isOwn ? actor_id : null,
        facts: (language: Language) => ({
          number,
          title,
          issuer: organisation_name,
          organisation: ladder.organisation_name,
          due: due === null ? '–' : vietnamTime(due, language),
          reason: reason || '–',
          step: labelOf('ladderStep', ladder.step, language),
        }),
        link: (to) => this.linkFor(tx, { kind, object_id: id }, to),
      },
      who,
    )
  }

  /** Page of the link by which somebody answers what a mail says; empty: they sign in. */
  async linkFor(
    tx: Tx,
    { kind, object_id }: { readonly kind: NotificationKind; readonly object_id: string },
    to: Recipient,
  ): Promise<string> {
    return answerable.includes(kind) ? this.#parts.links.make(tx, object_id, to) : ''
  }
}
