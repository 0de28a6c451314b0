import type { AnswerProof } from '@haidang/contracts/answer-proof'
import { idPrefixes } from '@haidang/contracts/id'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Permission } from '@haidang/contracts/permission'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { Problem } from '@haidang/runtime/problem'
import { hashOf, newSecret } from '../../secret.ts'
import type { ContactService } from '../contacts/contact-service.ts'
import type { AnswerLinkStore } from './answer-link-store.ts'
import type { AnswerLinkRow } from './answer-link-tables.ts'

/** What the links of every kind need. */
export interface KeeperParts {
  readonly database: Database
  readonly store: AnswerLinkStore
  readonly contacts: Pick<ContactService, 'reachable'>
  readonly clock: Clock
  readonly newId: NewId
}

/** Whose mail a link goes into. */
export interface LinkHolder {
  readonly organisation_id: string
  readonly contact_id: string | null
  readonly name: string
  readonly address: string
}

/** What a link is to be about. */
interface LinkSubject {
  readonly id: string
  readonly version: number
  readonly issuer_id: string
  readonly tlp_rank: number
  readonly due_at: string | null
}

/** What is answered by links, and under which permission. */
const permissions = {
  order: 'order.answer',
  advisory: 'advisory.answer',
} as const satisfies Record<string, Permission>
type LinkKind = keyof typeof permissions

/** How long a link holds after the answer is due, or after it was made where that is later. */
const linkMilliseconds = 14 * 86_400_000
/** Answers by one link. */
const mostAnswers = 20
/** The highest TLP that is shown to whom the link alone makes known. */
const clearance = tlpRank('amber')

/**
 * Links by which contact points answer without an account. Of the token only the hash is kept. Whoever holds a
 * link sees and does what its organisation may, on the one thing it is about, up to TLP:AMBER, while the contact
 * point it was sent to stands with that address.
 */
export class LinkKeeper {
  readonly #kind: LinkKind
  readonly #parts: KeeperParts

  constructor(kind: LinkKind, parts: KeeperParts) {
    this.#kind = kind
    this.#parts = parts
  }

  /** The token of a new link; undefined for people with an account, who sign in. */
  async make(tx: Tx, subject: LinkSubject, holder: LinkHolder): Promise<string | undefined> {
    const { store, clock, newId } = this.#parts
    const { organisation_id, contact_id, name, address } = holder
    if (contact_id === null) return undefined
    const token = newSecret('')
    const now = clock.now()
    const due = subject.due_at === null ? now : millisecondsOf(subject.due_at)
    await store.add(tx, {
      id: newId('answerLink'),
      token_hash: hashOf(token),
      subject: subject.id,
      version: subject.version,
      organisation_id,
      issuer_id: subject.issuer_id,
      tlp_rank: subject.tlp_rank,
      contact_id,
      contact_name: name,
      address,
      made_at: isoOf(now),
      expires_at: isoOf(Math.max(now, due) + linkMilliseconds),
      answers: 0,
      last_request: null,
      answered_at: null,
    })
    return token
  }

  /** The link of a token. Throws Problem (kind).link-unknown, (kind).link-expired. */
  async require(token: string): Promise<AnswerLinkRow> {
    const { database, store, clock } = this.#parts
    const prefix = `${idPrefixes[this.#kind]}_`
    const link = await database.transact(systemScope, async (tx) => {
      const found = await store.ofToken(tx, hashOf(token))
      const isOurs = found?.subject.startsWith(prefix) && (await this.#isReached(tx, found))
      return isOurs ? found : undefined
    })
    if (!link) throw new Problem(`${this.#kind}.link-unknown`)
    if (millisecondsOf(link.expires_at) <= clock.now()) {
      throw new Problem(`${this.#kind}.link-expired`)
    }
    return link
  }

  /** Whether the thing may be shown to whom the link alone makes known. */
  isShown({ tlp_rank }: AnswerLinkRow): boolean {
    return tlp_rank <= clearance
  }

  /**
   * Acts once for each request, nobody else by the same link meanwhile; with the act the use is written. Throws
   * Problem (kind).link-unknown, (kind).link-used-up, and what the act throws.
   */
  async take(
    known: AnswerLinkRow,
    { request_id, ip }: { readonly request_id: string; readonly ip: string },
    act: (tx: Tx, proof: AnswerProof) => Promise<unknown>,
  ): Promise<void> {
    const { database, store, clock } = this.#parts
    await database.transact(this.callerOf(known).scope, async (tx) => {
      const { id, answers, last_request, contact_id, address } = await this.#lock(tx, known.id)
      if (last_request === request_id) return
      if (answers >= mostAnswers) throw new Problem(`${this.#kind}.link-used-up`)
      await act(tx, { link_id: id, contact_id, address, ip })
      const change = { answers: answers + 1, last_request: request_id, answered_at: clock.iso() }
      await store.change(tx, id, change)
    })
  }

  /** Whom a link makes known: somebody of one organisation, for what is asked of it. */
  callerOf({ contact_id, contact_name, organisation_id }: AnswerLinkRow): Caller {
    return {
      scope: {
        actor: { id: contact_id, name: contact_name },
        organisations: [organisation_id],
        clearance,
      },
      permissions: new Set([permissions[this.#kind]]),
      language: 'vi',
      organisation_id,
      person_id: null,
      session_id: null,
    }
  }

  async #lock(tx: Tx, id: string): Promise<AnswerLinkRow> {
    const link = await this.#parts.store.lock(tx, id)
    if (!link) throw new Problem(`${this.#kind}.link-unknown`)
    return link
  }

  /** A link ends with the contact point it was sent to: taken off, or with another address. */
  async #isReached(tx: Tx, { organisation_id, contact_id, address }: AnswerLinkRow) {
    const contacts = await this.#parts.contacts.reachable(tx, organisation_id)
    return contacts.some(({ id, email }) => id === contact_id && email === address)
  }
}
