import type { Language, Role } from '@haidang/contracts/person'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Scope } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'

interface Holder {
  readonly actor: Scope['actor']
  readonly organisation_id: string
  readonly language: Language
}

interface Standing {
  readonly id: string
  readonly role_id: string
  readonly disabled: boolean
}

/** What the holder of a role may do and how far they see: every organisation of the node, or the own one. */
export function callerIn(role: Role, { actor, organisation_id, language }: Holder): Caller {
  return {
    scope: {
      actor,
      organisations: role.scope === 'node' ? 'all' : [organisation_id],
      clearance: tlpRank(role.clearance),
    },
    permissions: new Set(role.permissions),
    language,
    organisation_id,
    person_id: null,
    session_id: null,
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

/** Refuses to take the rights of the last person who could give them back. Throws Problem person.last-administrator. */
export function keepAdministrator(
  before: Standing,
  after: Standing,
  administering: readonly string[],
  holders: readonly string[],
): void {
  const was = !before.disabled && administering.includes(before.role_id)
  const stays = !after.disabled && administering.includes(after.role_id)
  if (!was || stays) return
  if (!holders.some((id) => id !== before.id)) throw new Problem('person.last-administrator')
}
