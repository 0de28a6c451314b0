import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
import type { Permission } from '@haidang/contracts/permission'
import type { Person, Role } from '@haidang/contracts/person'

/** Whether a person may do something here, and what says so. */
export type AccessAnswer =
  | { readonly may: true; readonly role: Role }
  /** `needs`: the roles that would allow it. */
  | { readonly may: false; readonly why: 'disabled' | 'role'; readonly needs: readonly Role[] }

/** Permissions are given by roles and by nothing else; a disabled person has none. */
export function accessAnswer(
  person: Pick<Person, 'role_id' | 'disabled'>,
  permission: Permission,
  roles: readonly Role[],
): AccessAnswer {
  const role = roles.find(({ id }) => id === person.role_id)
  const gives = (one: Role) => one.permissions.includes(permission)
  if (person.disabled) return { may: false, why: 'disabled', needs: [] }
  if (role && gives(role)) return { may: true, role }
  return { may: false, why: 'role', needs: roles.filter(gives) }
}

/** People × permissions as CSV (RFC 4180); the mark in front tells spreadsheets that it is UTF-8. */
export function accessCsv(
  people: readonly Person[],
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
