import type { Permission } from '@haidang/contracts/permission'
import type { Role } from '@haidang/contracts/person'
import { expect, test } from 'vitest'
import { administers, callerIn, mayGrant } from './person.ts'

function role(change: Partial<Role> = {}): Role {
  return {
    id: 'x',
    name_vi: 'x',
    name_en: 'x',
    permissions: ['person.manage', 'alert.read'],
    clearance: 'amber',
    scope: 'node',
    ...change,
  }
}

const actor = { id: 'usr_1', name: 'Lan' }
const holder = (of: Role) => callerIn(of, { actor, organisation_id: 'org_a', language: 'vi' })

test('a role of scope organisation sees its own, one of scope node all, both up to their clearance', () => {
  expect(holder(role()).scope).toEqual({ actor, organisations: 'all', clearance: 2 })
  expect(holder(role({ scope: 'organisation' })).scope.organisations).toEqual(['org_a'])
})

test('a role hands out itself and less, never more permissions, clearance or scope', () => {
  const caller = holder(role())
  expect(mayGrant(caller, role())).toBe(true)
  expect(mayGrant(caller, role({ permissions: ['alert.read'], scope: 'organisation' }))).toBe(true)
  expect(mayGrant(caller, role({ permissions: ['audit.read'] }))).toBe(false)
  expect(mayGrant(caller, role({ clearance: 'red' }))).toBe(false)
  expect(mayGrant(holder(role({ scope: 'organisation' })), role())).toBe(false)
})

test('only who manages people on the whole node can restore the rights of others', () => {
  const without: Permission[] = ['alert.read']
  expect(
    [role(), role({ scope: 'organisation' }), role({ permissions: without })].map(administers),
  ).toEqual([true, false, false])
})
