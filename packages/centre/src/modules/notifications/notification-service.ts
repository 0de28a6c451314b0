import type { Delivery, DeliveryCause, Notification } from '@haidang/contracts/notification'
import { kindRules, type NotificationKind } from '@haidang/contracts/notification-kind'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Language } from '@haidang/contracts/person'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { LinkMail, LinkPost } from '../../link-post.ts'
import { personIdOf } from '../../signed-in.ts'
import { vietnamTime } from '../../vietnam-date.ts'
import type { NotificationStore } from './notification-store.ts'
import type { NotificationRow } from './notification-tables.ts'
import { type Facts, oneLine, worded } from './notification-texts.ts'

interface NotificationParts {
  readonly database: Database
  readonly store: NotificationStore
  readonly clock: Clock
  readonly newId: NewId
  /** Whether mails leave this node. */
  readonly hasMail: boolean
  /** Seals a one-time link for the delivery of this id. */
  readonly seal: (id: string, path: string) => string
}

/** Who is told. A person reads it in the portal, too; a contact point has nothing but its mail. */
export interface Recipient {
  readonly organisation_id: string
  readonly person_id: string | null
  readonly contact_id: string | null
  readonly name: string
  /** Empty: no mail. */
  readonly address: string
  readonly language: Language
}

/** Something to tell. */
export interface Telling {
  readonly kind: NotificationKind
  /** What it is about; mails about the same object stand in one thread. */
  readonly object_id: string
  /** Names this occasion: whoever was told of it is not told again. */
  readonly once: string
  readonly tlp_rank: number
  /** Put into the text of the kind (notification-texts). */
  readonly facts: (language: Language) => Facts
  /** Page of the portal; empty: none. */
  readonly path: string
  /** Organisation that sees what became of it, and the person told where it fails. */
  readonly sender_id: string | null
  readonly sender_person_id: string | null
  /** Page that only this recipient’s mail leads to; empty: it leads to `path`. */
  readonly link?: (to: Recipient) => Promise<string>
}

/** More than this waiting for one address is a flood, and no reader is helped by it. */
const mostWaiting = 200

/**
 * Tells people and contact points, each once an occasion, in the transaction of the act or of a reader of the
 * journal. Mails are sent later, by DispatchService; what is told stands from the commit on.
 */
export class NotificationService implements LinkPost {
  readonly #parts: NotificationParts

  constructor(parts: NotificationParts) {
    this.#parts = parts
  }

  /**
   * Writes the notification and its mail for each recipient. The transaction must see either the recipient's
   * organisation or the sender's. Answers to how many a mail is queued.
   */
  async tell(tx: Tx, telling: Telling, recipients: readonly Recipient[]): Promise<number> {
    let queued = 0
    for (const recipient of recipients) {
      if (await this.#tellOne(tx, telling, recipient, '')) queued += 1
    }
    return queued
  }

  /** Mails a one-time link; in the portal nobody sees it. */
  async post(tx: Tx, mail: LinkMail): Promise<boolean> {
    const { hasMail } = this.#parts
    if (!hasMail || mail.to.address === '') return false
    const { kind, object_id, once, to, by, expires_at, organisation, path } = mail
    const telling: Telling = {
      kind,
      object_id,
      once: `${kind}:${once}`,
      tlp_rank: 0,
      path: '',
      sender_id: by.organisation_id || null,
      sender_person_id: by.person_id,
      facts: (language) => ({
        who: by.name,
        organisation,
        until: vietnamTime(expires_at, language),
      }),
    }
    return this.#tellOne(tx, telling, { ...to, person_id: null, contact_id: null }, path)
  }

  /** The same for somebody else, after the first could not be reached. */
  async repeat(tx: Tx, told: NotificationRow, to: Recipient, link: string): Promise<void> {
    const { store, newId, clock } = this.#parts
    const once = `${occasionOf(told)}:${recipientKey(to)}`
    const { organisation_id, person_id, contact_id } = to
    const row: NotificationRow = {
      ...told,
      id: newId('notification'),
      once,
      organisation_id,
      person_id,
      contact_id,
      created_at: clock.iso(),
      read_at: null,
    }
    if (await store.add(tx, row)) await this.#queue(tx, row, to, link)
  }

  /** Throws Problem session.required for an API key. */
  list(caller: Caller, query: PageQuery): Promise<Page<Notification>> {
    const { database, store } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(caller.scope, (tx) => store.ofPerson(tx, personId, query))
  }

  /** Throws Problem session.required for an API key. */
  unread(caller: Caller): Promise<{ unread: number }> {
    const { database, store } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(caller.scope, async (tx) => ({
      unread: await store.unread(tx, personId),
    }))
  }

  /** Somebody else's are passed by. Throws Problem session.required for an API key. */
  markRead(caller: Caller, ids: readonly string[] | undefined): Promise<{ unread: number }> {
    const { database, store, clock } = this.#parts
    const personId = personIdOf(caller)
    return database.transact(caller.scope, async (tx) => {
      await store.markRead(tx, personId, ids, clock.iso())
      return { unread: await store.unread(tx, personId) }
    })
  }

  /** Mails to and from the organisations the caller sees. */
  deliveries(
    caller: Caller,
    query: PageQuery,
    names: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  ): Promise<Page<Delivery>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.deliveries(tx, query)
      const known = await names(
        tx,
        items.map(({ organisation_id }) => organisation_id),
      )
      return {
        items: items.map((row) => ({
          ...row,
          organisation_name: known.get(row.organisation_id) ?? '',
        })),
        next,
      }
    })
  }

  async #tellOne(tx: Tx, telling: Telling, to: Recipient, link: string): Promise<boolean> {
    const { store, clock, newId } = this.#parts
    const { kind, object_id, tlp_rank, path, sender_id, sender_person_id } = telling
    const { title, lines } = worded(kind, to.language, telling.facts(to.language))
    const row: NotificationRow = {
      id: newId('notification'),
      kind,
      object_id,
      tlp_rank,
      path,
      title,
      once: `${telling.once}:${recipientKey(to)}`,
      organisation_id: to.organisation_id,
      sender_id,
      sender_person_id,
      person_id: to.person_id,
      contact_id: to.contact_id,
      text: lines.join('\n'),
      urgent: kindRules[kind].urgent !== undefined,
      created_at: clock.iso(),
      read_at: null,
    }
    if (!(await store.add(tx, row))) return false
    const page = link || !telling.link ? link : await telling.link(to)
    return this.#queue(tx, row, to, page)
  }

  async #queue(tx: Tx, row: NotificationRow, to: Recipient, link: string): Promise<boolean> {
    const { store, newId, seal } = this.#parts
    const cause = await this.#hindrance(tx, to)
    const id = newId('delivery')
    const { kind, object_id, organisation_id, sender_id, tlp_rank, title, urgent, created_at } = row
    await store.addDelivery(tx, {
      id,
      notification_id: row.id,
      organisation_id,
      sender_id,
      tlp_rank,
      kind,
      object_id,
      title,
      urgent,
      recipient_name: oneLine(to.name),
      address: to.address,
      language: to.language,
      state: cause ? 'suppressed' : 'queued',
      cause,
      answer: '',
      protection: '',
      key_fingerprint: '',
      timing: '',
      digest_id: '',
      leased_at: null,
      planned_at: null,
      attempts: 0,
      sealed: link && !cause ? seal(id, link) : '',
      due_at: created_at,
      created_at,
      sent_at: null,
    })
    return !cause
  }

  async #hindrance(tx: Tx, { address }: Recipient): Promise<DeliveryCause> {
    if (!this.#parts.hasMail) return 'mail-off'
    if (address === '') return 'no-address'
    return (await this.#parts.store.waiting(tx, address)) < mostWaiting ? '' : 'too-many'
  }
}

function recipientKey({ person_id, contact_id, address }: Recipient): string {
  return person_id ?? contact_id ?? address
}

function occasionOf({ once }: NotificationRow): string {
  return once.slice(0, once.lastIndexOf(':'))
}
