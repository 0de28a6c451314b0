import type { AccessPolicy } from '@haidang/contracts/factor'
import type { Caller } from '@haidang/runtime/caller'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { requireWholeNode } from '../../signed-in.ts'
import type { RoleService } from '../people/role-service.ts'
import type { PolicyStore } from './policy-store.ts'

interface PolicyParts {
  readonly database: Database
  readonly store: PolicyStore
  readonly roles: RoleService
  readonly journal: Journal
  readonly node: { readonly id: string; readonly demo: boolean }
}

type Change = { [K in keyof AccessPolicy]?: AccessPolicy[K] | undefined }

/** A demonstration's people sign in with its one password. */
const usual = (demo: boolean): AccessPolicy => ({
  factor_roles: demo ? [] : ['coordinator'],
  idle_minutes: 60,
  absolute_hours: 24,
})

/** Which roles need a second factor and how long sessions last: data of the node, the same for all its people. */
export class PolicyService {
  readonly #parts: PolicyParts

  constructor(parts: PolicyParts) {
    this.#parts = parts
  }

  /** Needs the scope of the node. */
  async of(tx: Tx): Promise<AccessPolicy> {
    return (await this.#parts.store.read(tx)) ?? usual(this.#parts.node.demo)
  }

  /** Throws Problem permission.missing for a role bound to one organisation. */
  read(caller: Caller): Promise<AccessPolicy> {
    requireWholeNode(caller)
    return this.#parts.database.transact(systemScope, (tx) => this.of(tx))
  }

  /** Holds from the next request on, also for sessions that are open. Throws Problem role.not-found, permission.missing. */
  change(caller: Caller, change: Change): Promise<AccessPolicy> {
    requireWholeNode(caller)
    const { database, store, roles, journal, node } = this.#parts
    return database.transact(systemScope, async (tx) => {
      for (const id of change.factor_roles ?? []) await roles.require(tx, id)
      const before = await this.of(tx)
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const after: AccessPolicy = { ...before, ...Object.fromEntries(given) }
      await store.write(tx, after)
      await journal.append(tx, {
        type: 'access-policy.changed',
        organisation_id: caller.organisation_id || null,
        actor: caller.scope.actor,
        authority: 'person.manage',
        subject: node.id,
        before,
        after,
      })
      return after
    })
  }
}
