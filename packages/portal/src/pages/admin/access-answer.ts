import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
import type { Permission } from '@haidang/contracts/permission'
import type { Person, Role } from '@haidang/contracts/person'

/** Whether a person may do something here, and what says so. */
export type AccessAnswer =
  | { readonly may: true; readonly role: Role }
  /** `needs`: the roles that would allow it. */
  | {
      readonly may: false
      readonly why: 'disabled' | 'role' | 'scope'
      readonly needs: readonly Role[]
    }

/** Somebody, or something, that may do what a role allows: a person, or a key with a scope. */
export interface Holder
  extends Pick<Person, 'id' | 'name' | 'email' | 'organisation_name' | 'role_id' | 'disabled'> {
  /** What of its role a key may do; undefined or null: all of it. */
  readonly scopes?: readonly Permission[] | null
}

/** Permissions are given by roles, narrowed by the scope of a key, and by nothing else; a disabled person has none. */
export function accessAnswer(
  person: Pick<Holder, 'role_id' | 'disabled' | 'scopes'>,
  permission: Permission,
  roles: readonly Role[],
): AccessAnswer {
  const role = roles.find(({ id }) => id === person.role_id)
  const gives = (one: Role) => one.permissions.includes(permission)
  if (person.disabled) return { may: false, why: 'disabled', needs: [] }
  const left = person.scopes?.includes(permission) ?? true
  if (role && gives(role) && !left) return { may: false, why: 'scope', needs: [] }
  if (role && gives(role)) return { may: true, role }
  return { may: false, why: 'role', needs: roles.filter(gives) }
}

/** People and keys × permissions as CSV (RFC 4180); the mark in front tells spreadsheets that it is UTF-8. */
export function accessCsv(
  people: readonly Holder[],
  permissions: readonly Permission[],
  roles: readonly Role[],
): string {
  const head = ['name', 'email', 'organisation', 'role', 'scope', 'clearance', 'disabled']
  const lines = people.map((person) => {
    const role = roles.find(({ id }) => id === person.role_id)
    return [
      ...[person.name, person.email, person.organisation_name, person.role_id],
      ...[role?.scope ?? '', role?.clearance ?? '', person.disabled ? 'yes' : 'no'],
      ...permissions.map((one) => (accessAnswer(person, one, roles).may ? 'yes' : 'no')),
    ]
  })
  const rows = [[...head, ...permissions], ...lines]
  return `${csvMark}${rows.map(csvLine).join('')}`
}
