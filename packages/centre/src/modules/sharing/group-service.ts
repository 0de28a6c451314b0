import { membershipRights } from '@haidang/contracts/membership'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type {
  SharingGroup,
  SharingGroupDraft,
  SharingGroupWhole,
} from '@haidang/contracts/sharing-group'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { GroupStore } from './group-store.ts'

interface GroupParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: GroupStore
  readonly organisations: OrganisationService
}

type Change = { readonly [K in keyof SharingGroupDraft]?: SharingGroupDraft[K] | undefined }
type Act = 'group.created' | 'group.changed' | 'group.joined' | 'group.parted'

/** Which organisations share with each other what nobody else may see. */
export class GroupService {
  readonly #parts: GroupParts

  constructor(parts: GroupParts) {
    this.#parts = parts
  }

  /** One page of the groups the caller is in; who acts for the node sees all. */
  list(caller: Caller, query: PageQuery): Promise<Page<SharingGroup>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, (tx) => store.list(tx, query))
  }

  /** Throws Problem group.not-found. */
  get(caller: Caller, id: string): Promise<SharingGroupWhole> {
    return this.#parts.database.transact(caller.scope, (tx) => this.#whole(tx, id))
  }

  /** Throws Problem group.name-taken, permission.missing (a caller bound to one organisation). */
  create(caller: Caller, draft: SharingGroupDraft): Promise<SharingGroupWhole> {
    const { store, clock, newId } = this.#parts
    return this.#changing(caller, async (tx) => {
      const now = clock.iso()
      const row = { ...draft, id: newId('group'), created_at: now, updated_at: now }
      await store.add(tx, row)
      return { id: row.id, act: 'group.created', after: draft }
    })
  }

  /** Throws Problem group.not-found, group.name-taken, permission.missing. */
  update(caller: Caller, id: string, change: Change): Promise<SharingGroupWhole> {
    const { store, clock } = this.#parts
    return this.#changing(caller, async (tx) => {
      const { members: _, ...before } = await this.#require(tx, id)
      const { name = before.name, purpose = before.purpose } = change
      await store.replace(tx, { ...before, name, purpose, updated_at: clock.iso() })
      return { id, act: 'group.changed', after: { name, purpose } }
    })
  }

  /** Takes in an active member; who is in already stays. Throws Problem group.not-found, organisation.not-found, group.members-only. */
  join(caller: Caller, id: string, organisationId: string): Promise<SharingGroupWhole> {
    const { store, organisations, clock } = this.#parts
    return this.#changing(caller, async (tx) => {
      await this.#require(tx, id)
      const { membership, name } = await organisations.lock(tx, organisationId)
      if (!membershipRights[membership].includes('joins_groups')) {
        throw new Problem('group.members-only', `${name}: ${membership}`)
      }
      const row = { group_id: id, organisation_id: organisationId, added_at: clock.iso() }
      const isNew = await store.join(tx, row)
      return { id, act: isNew ? 'group.joined' : undefined, related: [organisationId] }
    })
  }

  /** Throws Problem group.not-found. Who is not in it is out already. */
  part(caller: Caller, id: string, organisationId: string): Promise<SharingGroupWhole> {
    return this.#changing(caller, async (tx) => {
      await this.#require(tx, id)
      const wasIn = await this.#parts.store.part(tx, id, organisationId)
      return { id, act: wasIn ? 'group.parted' : undefined, related: [organisationId] }
    })
  }

  async #changing(
    { scope }: Caller,
    work: (tx: Tx) => Promise<{
      readonly id: string
      readonly act: Act | undefined
      readonly related?: readonly string[]
      readonly after?: unknown
    }>,
  ): Promise<SharingGroupWhole> {
    const { database, journal } = this.#parts
    if (scope.organisations !== 'all') {
      throw new Problem('permission.missing', 'only a role of scope node keeps sharing groups')
    }
    try {
      return await database.transact(scope, async (tx) => {
        const { id, act, related = [], after } = await work(tx)
        if (act) {
          await journal.append(tx, {
            type: act,
            organisation_id: null,
            actor: scope.actor,
            authority: 'group.manage',
            subject: id,
            related,
            after,
          })
        }
        return this.#whole(tx, id)
      })
    } catch (error) {
      if (!violates(error, 'sharing_group_name')) throw error
      throw new Problem('group.name-taken')
    }
  }

  async #require(tx: Tx, id: string): Promise<SharingGroup> {
    const found = await this.#parts.store.get(tx, id)
    if (!found) throw new Problem('group.not-found')
    return found
  }

  async #whole(tx: Tx, id: string): Promise<SharingGroupWhole> {
    const { store, organisations } = this.#parts
    const group = await this.#require(tx, id)
    const rows = await store.members(tx, id)
    const ids = rows.map(({ organisation_id }) => organisation_id)
    // Who is in a group knows the others by name, though nothing else of them.
    const names = await organisations.namesOfAny(tx, ids)
    const member_list = rows.map(({ organisation_id, added_at }) => ({
      organisation_id,
      added_at,
      organisation_name: names.get(organisation_id) ?? '',
    }))
    return { ...group, member_list }
  }
}
