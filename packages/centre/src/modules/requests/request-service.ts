import { isDeepStrictEqual } from 'node:util'
import type { Organisation } from '@haidang/contracts/organisation'
import type {
  ContactRequestDraft,
  OrganisationChange,
  OrganisationRequest,
} from '@haidang/contracts/organisation-request'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { ContactService } from '../contacts/contact-service.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { carryOut, contactDifferences, readContactRequest } from './contact-request.ts'
import type { RequestStore } from './request-store.ts'
import type { RequestRow } from './request-tables.ts'

interface RequestParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: RequestStore
  readonly organisations: OrganisationService
  readonly contacts: ContactService
}

interface Wish {
  readonly change: OrganisationChange
  readonly reason: string
  /** Whose wish it is, where the caller only puts it forward. */
  readonly asker?: Asker
}
interface ContactWish extends Omit<Wish, 'change'> {
  readonly contact: ContactRequestDraft
}
type Asker = Pick<Scope['actor'], 'id' | 'name'>

interface Decision {
  readonly verdict: 'approved' | 'refused'
  readonly amended?: OrganisationChange | undefined
  readonly reason: string
}

const asked = ['name', 'kind', 'sectors', 'unit', 'address', 'website'] as const
const mostOpen = 10

/** Organisations ask for changes of what the register says of them; the coordinator decides. */
export class RequestService {
  readonly #parts: RequestParts

  constructor(parts: RequestParts) {
    this.#parts = parts
  }

  /** One page of the requests the caller may see. */
  list(caller: Caller, query: PageQuery): Promise<Page<OrganisationRequest>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.#named(tx, items), next }
    })
  }

  /** Throws Problem organisation.not-found, request.invalid (changes nothing; unit; too many wait). */
  ask(caller: Caller, organisationId: string, wish: Wish): Promise<OrganisationRequest> {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.askIn(tx, caller, organisationId, wish),
    )
  }

  /** `ask` inside the transaction of a larger act. */
  async askIn(
    tx: Tx,
    caller: Caller,
    organisationId: string,
    { change, reason, asker = caller.scope.actor }: Wish,
  ): Promise<OrganisationRequest> {
    const now = await this.#lock(tx, organisationId)
    const read = await this.#parts.organisations.readChange(tx, change)
    const { before, after } = differing(now, read)
    if (Object.keys(after).length === 0) {
      throw new Problem('request.invalid', 'it changes nothing', [
        { field: 'change', cause: 'as it is already', remedy: 'another value' },
      ])
    }
    const asking = { before, asked: after, contact: null, reason, asker }
    return this.#keep(tx, caller, organisationId, asking, { before, after })
  }

  /** Throws Problem organisation.not-found, contact.not-found, contact.key-invalid, request.invalid. */
  askContact(caller: Caller, organisationId: string, wish: ContactWish) {
    return this.#parts.database.transact(caller.scope, (tx) =>
      this.askContactIn(tx, caller, organisationId, wish),
    )
  }

  /** `askContact` inside the transaction of a larger act. */
  async askContactIn(
    tx: Tx,
    caller: Caller,
    organisationId: string,
    { contact: draft, reason, asker = caller.scope.actor }: ContactWish,
  ): Promise<OrganisationRequest> {
    await this.#lock(tx, organisationId)
    const contact = await readContactRequest(tx, this.#parts.contacts, organisationId, draft)
    const asking = { before: {}, asked: {}, contact, reason, asker }
    const { before, asked: after } = contact
    return this.#keep(tx, caller, organisationId, asking, { before, after })
  }

  /** Throws Problem organisation-request.not-found, organisation-request.decided, organisation-request.own, request.invalid. */
  decide(caller: Caller, id: string, decision: Decision): Promise<OrganisationRequest> {
    const { database, store, clock } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { actor } = caller.scope
      const row = await this.#toDecide(tx, actor, id)
      const kept = await this.#keptBy(tx, row, decision)
      if (kept) await this.#carryOut(tx, actor, row, kept)
      const isAmended = kept !== null && !isDeepStrictEqual(kept, row.asked)
      const after: RequestRow = {
        ...row,
        kept,
        state: isAmended ? 'amended' : decision.verdict,
        decision: decision.reason,
        decided_by: actor.name,
        decided_at: clock.iso(),
      }
      await store.replace(tx, after)
      const asked = row.contact?.asked ?? row.asked
      await this.#journal(tx, caller, 'organisation.change-decided', after, asked, kept)
      return this.#one(tx, after)
    })
  }

  async #toDecide(tx: Tx, { id: person }: Scope['actor'], id: string): Promise<RequestRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('organisation-request.not-found')
    if (row.state !== 'open') throw new Problem('organisation-request.decided')
    if (row.asked_by_id === person) throw new Problem('organisation-request.own')
    return row
  }

  async #carryOut(tx: Tx, actor: Scope['actor'], row: RequestRow, kept: OrganisationChange) {
    const { contacts, organisations } = this.#parts
    if (row.contact) await carryOut(tx, contacts, { actor }, row.organisation_id, row.contact)
    else await organisations.change(tx, actor, row.organisation_id, kept)
  }

  /** Nothing else is asked of the organisation until the transaction ends. */
  async #lock(tx: Tx, organisationId: string) {
    const now = await this.#parts.organisations.lock(tx, organisationId)
    if ((await this.#parts.store.countOpen(tx, organisationId)) < mostOpen) return now
    throw new Problem('request.invalid', `${mostOpen} requests wait already`)
  }

  async #keep(
    tx: Tx,
    caller: Caller,
    organisationId: string,
    {
      asker,
      ...asking
    }: Pick<RequestRow, 'before' | 'asked' | 'contact' | 'reason'> & {
      readonly asker: Asker
    },
    { before, after }: { readonly before: unknown; readonly after: unknown },
  ): Promise<OrganisationRequest> {
    const { store, clock, newId } = this.#parts
    const row: RequestRow = {
      id: newId('request'),
      organisation_id: organisationId,
      state: 'open',
      ...asking,
      kept: null,
      asked_by_id: asker.id,
      asked_by: asker.name,
      asked_at: clock.iso(),
      decision: '',
      decided_by: '',
      decided_at: null,
    }
    await store.add(tx, row)
    await this.#journal(tx, caller, 'organisation.change-asked', row, before, after)
    return this.#one(tx, row)
  }

  async #keptBy(tx: Tx, row: RequestRow, { verdict, amended }: Decision) {
    if (verdict === 'refused') return null
    if (amended && row.contact) {
      throw new Problem(
        'request.invalid',
        'a request about a contact point stands as it is asked',
        [
          {
            field: 'amended',
            cause: 'not of a contact point',
            remedy: 'approve it, then change it',
          },
        ],
      )
    }
    return amended ? await this.#parts.organisations.readChange(tx, amended) : row.asked
  }

  #journal(
    tx: Tx,
    { scope }: Caller,
    type: 'organisation.change-asked' | 'organisation.change-decided',
    { id, organisation_id, reason, decision }: RequestRow,
    before: unknown,
    after: unknown,
  ) {
    const isAsked = type === 'organisation.change-asked'
    return this.#parts.journal.append(tx, {
      type,
      organisation_id,
      actor: scope.actor,
      subject: organisation_id,
      related: [id],
      authority: isAsked ? 'organisation.propose' : 'organisation.manage',
      reason: isAsked ? reason : decision,
      before,
      after,
    })
  }

  async #one(tx: Tx, row: RequestRow): Promise<OrganisationRequest> {
    const [named] = await this.#named(tx, [row])
    if (!named) throw new Error('a request was not named')
    return named
  }

  async #named(tx: Tx, rows: readonly RequestRow[]): Promise<OrganisationRequest[]> {
    const ids = rows.map(({ organisation_id }) => organisation_id)
    const names = await this.#parts.organisations.names(tx, ids)
    return rows.map(({ before, asked: wanted, kept, contact, asked_by_id: _, ...row }) => ({
      ...row,
      organisation_name: names.get(row.organisation_id) ?? '',
      contact: contact && { act: contact.act, name: contact.name },
      differences: contact
        ? contactDifferences(contact, kept !== null)
        : ownDifferences({ before, asked: wanted, kept }),
    }))
  }
}

function ownDifferences({
  before,
  asked: wanted,
  kept,
}: Pick<RequestRow, 'before' | 'asked' | 'kept'>) {
  return asked
    .filter((field) => wanted[field] !== undefined || kept?.[field] !== undefined)
    .map((field) => ({
      field,
      before: before[field] ?? '',
      asked: wanted[field] ?? before[field] ?? '',
      kept: kept?.[field] ?? null,
    }))
}

/** What a change says that is not so already. */
function differing(now: Organisation, change: OrganisationChange) {
  const names = asked.filter(
    (name) => change[name] !== undefined && !isDeepStrictEqual(change[name], now[name]),
  )
  const pick = (from: OrganisationChange): OrganisationChange =>
    Object.fromEntries(names.map((name) => [name, from[name]]))
  return { before: pick(now), after: pick(change) }
}
