import { deliveryLabels } from '@haidang/contracts/notification'
import { kindRules } from '@haidang/contracts/notification-kind'
import type { Tx } from '@haidang/runtime/database/database'
import type { MailTokens } from '../../mail-token.ts'
import type { NotificationService, Recipient } from './notification-service.ts'
import type { NotificationStore } from './notification-store.ts'
import type { DeliveryRow, NotificationRow } from './notification-tables.ts'
import type { Recipients } from './recipients.ts'

interface SentMailParts {
  readonly store: NotificationStore
  readonly notifications: NotificationService
  readonly recipients: Recipients
  readonly tokens: MailTokens
  /** Page of the link for somebody who is told what somebody else could not be told; empty: none. */
  readonly linkFor: (tx: Tx, told: NotificationRow, to: Recipient) => Promise<string>
}

/** What somebody wrote back. */
interface Answer {
  readonly id: string
  readonly organisation_id: string
  readonly tlp_rank: number
  readonly from_name: string
  readonly from_address: string
  readonly subject: string
}

type Ended = Pick<DeliveryRow, 'cause' | 'answer'>

const answerLength = 500

/** What becomes of mails after they were sent: refused, returned, answered. All of it needs the scope of the node. */
export class SentMails {
  readonly #parts: SentMailParts

  constructor(parts: SentMailParts) {
    this.#parts = parts
  }

  /** Our mail of a Message-ID; undefined: this node did not sign it, or knows it no more. */
  async ofMessage(tx: Tx, messageId: string): Promise<DeliveryRow | undefined> {
    const { store, tokens } = this.#parts
    const id = tokens.read(messageId)
    return id === undefined ? undefined : store.getDelivery(tx, id)
  }

  /** It came back, in the words of a mail server. One that came back before, or never left, stays as it is. */
  async returned(tx: Tx, id: string, said: string): Promise<void> {
    const { store } = this.#parts
    const named = await store.getDelivery(tx, id)
    if (!named) return
    for (const row of [named, ...(await store.besides(tx, named))]) {
      const told = await store.get(tx, row.notification_id)
      if (!told || row.state !== 'sent') continue
      await this.fail(tx, row, told, { cause: 'bounced', answer: said })
    }
  }

  /** A person answered it: who caused it is told, or else who files mails there. */
  async answered(tx: Tx, id: string, answer: Answer): Promise<void> {
    const { store, notifications, recipients } = this.#parts
    const row = await store.getDelivery(tx, id)
    const told = row && (await store.get(tx, row.notification_id))
    if (!row || !told) return
    const senders = told.sender_person_id
      ? await recipients.people(tx, [told.sender_person_id])
      : await recipients.able(tx, 'mail.file', answer)
    await notifications.tell(
      tx,
      {
        kind: 'mail-answered',
        object_id: row.object_id,
        once: `answered:${answer.id}`,
        tlp_rank: answer.tlp_rank,
        path: `/mails/${answer.id}`,
        sender_id: null,
        sender_person_id: null,
        facts: () => ({
          from: answer.from_name || answer.from_address,
          subject: answer.subject,
          title: row.title,
        }),
      },
      senders,
    )
  }

  /** It will not arrive: who caused it learns of it, and the next contact is written to where the kind says so. */
  async fail(
    tx: Tx,
    row: DeliveryRow,
    told: NotificationRow,
    { cause, answer }: Ended,
  ): Promise<void> {
    const { store } = this.#parts
    await store.change(tx, row.id, {
      state: 'failed',
      cause,
      answer: answer.slice(0, answerLength),
      sealed: '',
    })
    await this.#tellSender(tx, { ...row, cause }, told)
    await this.#tellNext(tx, row, told)
  }

  /** Who caused it learns that somebody did not get it. */
  async #tellSender(tx: Tx, row: DeliveryRow, told: NotificationRow): Promise<void> {
    const { notifications, recipients } = this.#parts
    if (told.sender_person_id === null || row.kind === 'delivery-failed') return
    const { id, recipient_name, address, title, tlp_rank, cause, sender_id } = row
    await notifications.tell(
      tx,
      {
        kind: 'delivery-failed',
        object_id: row.object_id,
        once: `failed:${id}`,
        tlp_rank,
        path: '/notifications?view=deliveries',
        sender_id,
        sender_person_id: null,
        facts: (language) => ({
          recipient: recipient_name,
          address,
          title,
          cause: deliveryLabels.deliveryCause[cause][language],
        }),
      },
      await recipients.people(tx, [told.sender_person_id]),
    )
  }

  async #tellNext(tx: Tx, row: DeliveryRow, told: NotificationRow): Promise<void> {
    const { store, notifications, recipients, linkFor } = this.#parts
    if (!kindRules[row.kind].escalates) return
    const tried = await store.tried(tx, row.object_id, row.organisation_id)
    const next = await recipients.next(tx, row.organisation_id, tried)
    if (next) await notifications.repeat(tx, told, next, await linkFor(tx, told, next))
  }
}
