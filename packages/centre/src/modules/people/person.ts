import type { Role } from '@haidang/contracts/person'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Scope } from '@haidang/runtime/database/database'

/** How far somebody in a role sees: every organisation of the node, or the own one. */
export function scopeOf(role: Role, organisationId: string, actor: Scope['actor']): Scope {
  return {
    actor,
    organisations: role.scope === 'node' ? 'all' : [organisationId],
    clearance: tlpRank(role.clearance),
  }
}

/** Whether a caller may give or take a role: nobody hands out more than they hold. */
export function mayGrant(caller: Caller, role: Role): boolean {
  return (
    (role.scope === 'organisation' || caller.scope.organisations === 'all') &&
    tlpRank(role.clearance) <= caller.scope.clearance &&
    role.permissions.every((permission) => caller.permissions.has(permission))
  )
}

/** Whether a role lets its holder restore everybody else's rights: at least one such person must remain. */
export function administers(role: Role): boolean {
  return role.scope === 'node' && role.permissions.includes('person.manage')
}
