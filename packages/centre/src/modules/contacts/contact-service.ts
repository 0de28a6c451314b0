import type { ContactDraft, ContactPoint, ContactState } from '@haidang/contracts/contact-point'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { readContactKey } from './contact-key.ts'
import type { ContactStore } from './contact-store.ts'
import type { ContactRow } from './contact-tables.ts'

interface ContactParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: ContactStore
  readonly organisations: OrganisationService
}

/** Fields of a contact point to be written anew. */
export type ContactChange = { readonly [K in keyof ContactDraft]?: ContactDraft[K] | undefined }
/** Whom to reach at any hour, as a sheet names them: without a key. */
export type DutyContact = Pick<ContactRow, 'organisation_id' | 'name' | 'phone' | 'email'>
type Place = { readonly id: string; readonly contact: string }

const most = 20

/** Whom to reach at an organisation, for what, and by which key. */
export class ContactService {
  readonly #parts: ContactParts

  constructor(parts: ContactParts) {
    this.#parts = parts
  }

  /** One page of the contact points the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<ContactPoint>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query, this.#parts.clock.iso())
      return { items: await this.#named(tx, items), next }
    })
  }

  /** Throws Problem organisation.not-found, contact.key-invalid, request.invalid (too many). */
  add({ scope }: Caller, organisationId: string, draft: ContactDraft): Promise<ContactPoint> {
    return this.#parts.database.transact(scope, async (tx) => {
      await this.#parts.organisations.lock(tx, organisationId)
      return this.#one(tx, await this.addIn(tx, scope, organisationId, draft))
    })
  }

  /** `add` inside a transaction that holds the organisation. */
  async addIn(
    tx: Tx,
    scope: Pick<Scope, 'actor'>,
    organisationId: string,
    draft: ContactDraft,
  ): Promise<ContactRow> {
    const { store, newId, clock } = this.#parts
    const key = draft.openpgp ? await readContactKey(draft.openpgp, draft.email) : null
    if ((await store.count(tx, organisationId)) >= most) {
      throw new Problem('request.invalid', `an organisation has at most ${most} contact points`)
    }
    const now = clock.iso()
    const row: ContactRow = {
      ...draft,
      id: newId('contact'),
      organisation_id: organisationId,
      key,
      ...unconfirmed,
      created_at: now,
      updated_at: now,
    }
    await store.add(tx, row)
    await this.journal(tx, scope, 'contact.added', { after: row })
    return row
  }

  /** Those of organisations that were just made, in the transaction of a larger act, which writes the journal. */
  async addDuties(tx: Tx, duties: readonly DutyContact[]): Promise<void> {
    const { store, newId, clock } = this.#parts
    const now = clock.iso()
    const rows = duties.map((duty) => ({
      ...duty,
      id: newId('contact'),
      purpose: 'duty' as const,
      position: '',
      openpgp: '',
      key: null,
      ...unconfirmed,
      created_at: now,
      updated_at: now,
    }))
    await store.addAll(tx, rows)
  }

  /** Who can be written to at an organisation, in the order in which one tries: duty, technical, leader. */
  async reachable(tx: Tx, organisationId: string): Promise<ContactRow[]> {
    const rows = await this.#parts.store.ofOrganisation(tx, organisationId)
    return (['duty', 'technical', 'leader'] as const).flatMap((purpose) =>
      rows.filter((row) => row.purpose === purpose && row.email !== ''),
    )
  }

  /** Organisations with a contact point of this e-mail. */
  organisationsAt(tx: Tx, email: string): Promise<string[]> {
    return this.#parts.store.organisationsAt(tx, email)
  }

  /** Armoured OpenPGP keys an organisation says an e-mail has, the latest first: one may encrypt to them. */
  keysOf(tx: Tx, email: string, organisationId: string): Promise<string[]> {
    return this.#parts.store.keysOf(tx, email, organisationId)
  }

  /** Armoured OpenPGP keys of an e-mail that its reader confirmed, the latest first: they prove who signed. */
  confirmedKeysOf(tx: Tx, email: string): Promise<string[]> {
    return this.#parts.store.confirmedKeysOf(tx, email)
  }

  /** Throws Problem contact.not-found, contact.key-invalid. */
  change({ scope }: Caller, place: Place, change: ContactChange): Promise<ContactPoint> {
    return this.#parts.database.transact(scope, async (tx) =>
      this.#one(tx, await this.changeIn(tx, scope, place, change)),
    )
  }

  /** `change` inside a transaction. */
  async changeIn(
    tx: Tx,
    scope: Pick<Scope, 'actor'>,
    place: Place,
    change: ContactChange,
  ): Promise<ContactRow> {
    const { store, clock } = this.#parts
    const before = await this.lock(tx, place)
    const told = Object.fromEntries(
      Object.entries(change).filter(([, value]) => value !== undefined),
    )
    const after: ContactRow = { ...before, ...told, updated_at: clock.iso() }
    const isKeyTouched = after.openpgp !== before.openpgp || after.email !== before.email
    if (!after.openpgp) after.key = null
    else if (isKeyTouched) after.key = await readContactKey(after.openpgp, after.email)
    const isSame = reached.every((name) => before[name] === after[name])
    const kept = isSame ? after : { ...after, ...unconfirmed }
    await store.replace(tx, kept)
    await this.journal(tx, scope, 'contact.changed', { before, after: kept })
    return kept
  }

  /** Throws Problem contact.not-found. */
  async remove({ scope }: Caller, place: Place): Promise<Record<string, never>> {
    await this.#parts.database.transact(scope, (tx) => this.removeIn(tx, scope, place))
    return {}
  }

  /** `remove` inside a transaction. */
  async removeIn(tx: Tx, scope: Pick<Scope, 'actor'>, place: Place): Promise<void> {
    const before = await this.lock(tx, place)
    await this.#parts.store.remove(tx, before.id)
    await this.journal(tx, scope, 'contact.removed', { before })
  }

  /** Of the key a contact point would have; empty without one. Throws Problem contact.key-invalid. */
  async fingerprint({ openpgp, email }: Pick<ContactDraft, 'openpgp' | 'email'>): Promise<string> {
    return openpgp ? (await readContactKey(openpgp, email)).fingerprint : ''
  }

  /** The contact point, held until the transaction ends. Throws Problem contact.not-found. */
  async lock(tx: Tx, { id, contact }: Place): Promise<ContactRow> {
    const found = await this.#parts.store.lock(tx, id, contact)
    if (!found) throw new Problem('contact.not-found')
    return found
  }

  /** How far what is written may be relied on at this moment. */
  stateOf({ verified_at, due_at }: Pick<ContactRow, 'verified_at' | 'due_at'>): ContactState {
    if (verified_at === null) return 'unverified'
    const isOverdue = due_at !== null && millisecondsOf(due_at) < this.#parts.clock.now()
    return isOverdue ? 'overdue' : 'verified'
  }

  /** Writes what was done to a contact point, never the token of its link. */
  journal(
    tx: Tx,
    { actor }: Pick<Scope, 'actor'>,
    type: EntryType,
    { before, after }: { readonly before?: ContactRow; readonly after?: ContactRow },
  ) {
    const row = after ?? before
    if (!row) throw new Error('an act without its contact point')
    return this.#parts.journal.append(tx, {
      type,
      actor,
      organisation_id: row.organisation_id,
      authority: 'organisation.manage',
      subject: row.organisation_id,
      related: [row.id],
      before: before && recorded(before),
      after: after && recorded(after),
    })
  }

  async #one(tx: Tx, row: ContactRow): Promise<ContactPoint> {
    const [named] = await this.#named(tx, [row])
    if (!named) throw new Error('a contact point was not named')
    return named
  }

  async #named(tx: Tx, rows: readonly ContactRow[]): Promise<ContactPoint[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.organisations.names(tx, ids)
    return rows.map(({ token_hash: _, mailed_hash: __, token_expires_at, asked_at, ...row }) => {
      const isOpen =
        token_expires_at !== null && millisecondsOf(token_expires_at) > this.#parts.clock.now()
      return {
        ...row,
        organisation_name: names.get(row.organisation_id) ?? '',
        state: this.stateOf(row),
        asked_at: isOpen ? asked_at : null,
      }
    })
  }
}

/** What one reaches somebody by: a change of it has to be confirmed by who it says. */
const reached = ['name', 'phone', 'email', 'openpgp'] as const

/** Nobody has confirmed it, and no link waits. */
export const unconfirmed = {
  verified_at: null,
  due_at: null,
  key_confirmed_at: null,
  token_hash: null,
  mailed_hash: null,
  asked_at: null,
  token_expires_at: null,
} as const

function recorded({ token_hash: _, mailed_hash: __, openpgp: ___, ...row }: ContactRow) {
  return row
}
