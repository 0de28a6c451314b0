import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  Provider,
  ProviderChange,
  ProviderCheck,
  ProviderDraft,
} from '@haidang/contracts/provider'
import type { Seal } from '@haidang/link/keys/seal'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { requireWholeNode } from '../../signed-in.ts'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import { lookedAt, type Party } from './oidc.ts'
import type { ProviderRow, ProviderStore } from './provider-store.ts'

interface ProviderParts {
  readonly database: Database
  readonly store: ProviderStore
  readonly organisations: OrganisationService
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly seal: Seal
  /** Where providers send browsers back to; undefined while the node has no public address. */
  readonly redirectUri: string | undefined
}

/** More than a sign-in page has room for. */
const most = 20

/** Providers of single sign-on: data of the node, kept by those whose role sees all of it. */
export class ProviderService {
  readonly #parts: ProviderParts

  constructor(parts: ProviderParts) {
    this.#parts = parts
  }

  /** Throws Problem permission.missing for a role bound to one organisation. */
  list(caller: Caller, query: PageQuery): Promise<Page<Provider>> {
    requireWholeNode(caller)
    return this.#parts.database.transact(systemScope, async (tx) => {
      const page = await this.#parts.store.list(tx, query)
      return { ...page, items: page.items.map((row) => this.#shown(row)) }
    })
  }

  /** Throws Problem permission.missing, provider.exists, provider.organisation-missing, provider.values-missing. */
  create(caller: Caller, { client_secret, ...draft }: ProviderDraft): Promise<Provider> {
    requireWholeNode(caller)
    const { database, store, clock, newId } = this.#parts
    const now = clock.iso()
    const id = newId('provider')
    const sealed_secret = this.#sealed(id, client_secret) ?? null
    const row = { ...draft, id, sealed_secret, created_at: now, updated_at: now }
    return unlessThere(() =>
      database.transact(systemScope, async (tx) => {
        await this.#requireWhole(tx, row)
        if ((await store.count(tx)) >= most) {
          throw new Problem('request.invalid', `at most ${most} providers`)
        }
        await store.add(tx, row)
        await this.#journal(tx, caller, 'provider.created', undefined, row)
        return this.#shown(row)
      }),
    )
  }

  /** Throws Problem permission.missing, provider.not-found, provider.exists and what `create` throws of its fields. */
  change(
    caller: Caller,
    id: string,
    { client_secret, ...change }: ProviderChange,
  ): Promise<Provider> {
    requireWholeNode(caller)
    const { database, store, clock } = this.#parts
    return unlessThere(() =>
      database.transact(systemScope, async (tx) => {
        const before = await store.lock(tx, id)
        if (!before) throw new Problem('provider.not-found', id)
        const given = Object.entries(change).filter(([, value]) => value !== undefined)
        const sealed_secret = this.#sealed(id, client_secret) ?? before.sealed_secret
        const changed: ProviderRow = { ...before, ...Object.fromEntries(given) }
        const after = { ...changed, sealed_secret, updated_at: clock.iso() }
        await this.#requireWhole(tx, after)
        await store.replace(tx, after)
        await this.#journal(tx, caller, 'provider.changed', before, after)
        return this.#shown(after)
      }),
    )
  }

  /** Identities linked to it go with it. Throws Problem permission.missing, provider.not-found. */
  remove(caller: Caller, id: string): Promise<Provider> {
    requireWholeNode(caller)
    const { database, store } = this.#parts
    return database.transact(systemScope, async (tx) => {
      const before = await store.lock(tx, id)
      if (!before) throw new Problem('provider.not-found', id)
      await store.remove(tx, id)
      await this.#journal(tx, caller, 'provider.removed', before, undefined)
      return this.#shown(before)
    })
  }

  /** Throws Problem permission.missing, provider.not-found, provider.unreachable, provider.barred, provider.untrusted. */
  async check(caller: Caller, id: string): Promise<ProviderCheck> {
    requireWholeNode(caller)
    const { database, store, clock } = this.#parts
    const row = await database.transact(systemScope, (tx) => store.get(tx, id))
    if (!row) throw new Problem('provider.not-found', id)
    return lookedAt(this.party(row), clock.now())
  }

  /** The same for everybody: what the sign-in page offers. */
  offered(): Promise<{ items: { id: string; name: string }[] }> {
    return this.#parts.database.transact(systemScope, async (tx) => ({
      items: await this.#parts.store.enabled(tx),
    }))
  }

  /** Throws Problem provider.not-found, also for one that is turned off. */
  async require(tx: Tx, id: string): Promise<ProviderRow> {
    const row = await this.#parts.store.get(tx, id)
    if (!row?.enabled) throw new Problem('provider.not-found', id)
    return row
  }

  party({ id, issuer, client_id, sealed_secret, inside }: ProviderRow): Party {
    const secret = sealed_secret === null ? undefined : this.#parts.seal.open(id, sealed_secret)
    return { issuer, client_id, secret, inside }
  }

  #sealed(id: string, secret: string | undefined): string | undefined {
    return secret === undefined ? undefined : this.#parts.seal.seal(id, secret)
  }

  async #requireWhole(tx: Tx, row: ProviderRow): Promise<void> {
    const { organisation_id, creates, matching, second_factor, factor_values } = row
    if (creates && (organisation_id === null || matching !== 'verified-email')) {
      throw new Problem('provider.organisation-missing')
    }
    if (second_factor === 'stated' && factor_values.length === 0) {
      throw new Problem('provider.values-missing')
    }
    if (organisation_id !== null) await this.#parts.organisations.require(tx, organisation_id)
  }

  #shown({ sealed_secret, ...row }: ProviderRow): Provider {
    const redirect_uri = this.#parts.redirectUri ?? null
    return { ...row, secret_set: sealed_secret !== null, redirect_uri }
  }

  async #journal(
    tx: Tx,
    caller: Caller,
    type: EntryDraft['type'],
    before: ProviderRow | undefined,
    after: ProviderRow | undefined,
  ): Promise<void> {
    const renewed = before && after && before.sealed_secret !== after.sealed_secret
    await this.#parts.journal.append(tx, {
      type,
      organisation_id: caller.organisation_id || null,
      actor: caller.scope.actor,
      authority: 'person.manage',
      subject: (after ?? before)?.id ?? '',
      reason: renewed ? 'secret replaced' : '',
      ...(before ? { before: this.#shown(before) } : {}),
      ...(after ? { after: this.#shown(after) } : {}),
    })
  }
}

async function unlessThere<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!violates(error, 'provider_issuer')) throw error
    throw new Problem('provider.exists')
  }
}
