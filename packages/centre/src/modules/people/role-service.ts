import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Permission } from '@haidang/contracts/permission'
import type { Role } from '@haidang/contracts/person'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { administers, mayGrant } from './person.ts'
import type { RoleStore } from './role-store.ts'

/** Roles are rows: names, permissions, clearance and how far they see. */
export class RoleService {
  readonly #database: Database
  readonly #store: RoleStore

  constructor(database: Database, store: RoleStore) {
    this.#database = database
    this.#store = store
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Role>> {
    return this.#database.transact(caller.scope, (tx) => this.#store.list(tx, query))
  }

  /** Throws Problem role.not-found. */
  async require(tx: Tx, id: string): Promise<Role> {
    const role = await this.#store.get(tx, id)
    if (!role) throw new Problem('role.not-found', id)
    return role
  }

  /** The role, if the caller may hand it out. Throws Problem role.not-found, permission.missing. */
  async grantable(tx: Tx, caller: Caller, id: string): Promise<Role> {
    const role = await this.require(tx, id)
    if (mayGrant(caller, role)) return role
    throw new Problem('permission.missing', `role ${id} may do more than you may`)
  }

  /** Roles that allow all of these, up to a TLP at least. */
  async allowing(tx: Tx, permissions: readonly Permission[], rank: number): Promise<Role[]> {
    const roles = await this.#store.all(tx)
    return roles.filter(
      (role) =>
        tlpRank(role.clearance) >= rank &&
        permissions.every((permission) => role.permissions.includes(permission)),
    )
  }

  /** Ids of the roles whose holders can restore everybody else's rights. */
  async administering(tx: Tx): Promise<string[]> {
    return (await this.#store.all(tx)).filter(administers).map(({ id }) => id)
  }
}
