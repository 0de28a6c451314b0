import type { Person, Role } from '@haidang/contracts/person'
import { expect, test } from 'vitest'
import { accessAnswer, accessCsv } from './access-answer.ts'

const role = (id: string, permissions: Role['permissions']): Role => ({
  id,
  name_vi: id,
  name_en: id,
  clearance: 'amber',
  scope: 'node',
  permissions,
})
const officer = role('watch-officer', ['alert.read', 'alert.triage'])
const reader = role('reader', ['alert.read'])
const roles = [officer, reader]
const person: Person = {
  id: 'usr_1',
  organisation_id: 'org_1',
  organisation_name: 'Trung tâm',
  name: 'An',
  email: 'an@x.example',
  role_id: 'reader',
  language: 'vi',
  disabled: false,
  created_at: '2026-11-22T00:00:00.000Z',
}

test('a role gives what it lists, and the answer names the role', () => {
  expect(accessAnswer(person, 'alert.read', roles)).toEqual({ may: true, role: reader })
})

test('a refusal names the roles that would allow it', () => {
  const refused = { may: false, why: 'role', needs: [officer] }
  expect(accessAnswer(person, 'alert.triage', roles)).toEqual(refused)
  expect(accessAnswer({ ...person, role_id: 'gone' }, 'audit.read', roles)).toEqual({
    ...refused,
    needs: [],
  })
})

test('who is disabled may nothing, whatever the role', () => {
  const answer = accessAnswer({ ...person, disabled: true }, 'alert.read', roles)
  expect(answer).toEqual({ may: false, why: 'disabled', needs: [] })
})

test('the sheet has a line a person and no formula', () => {
  const people = [person, { ...person, name: '=HYPERLINK("x")', disabled: true }]
  expect(accessCsv(people, ['alert.read', 'alert.triage'], roles).split('\r\n')).toEqual([
    '\ufeffname,email,organisation,role,scope,clearance,disabled,alert.read,alert.triage',
    'An,an@x.example,Trung tâm,reader,node,amber,no,yes,no',
    `"'=HYPERLINK(""x"")",an@x.example,Trung tâm,reader,node,amber,yes,no,no`,
    '',
  ])
})

test('a key may what its role gives and its scope leaves in', () => {
  const key = { role_id: 'watch-officer', disabled: false, scopes: ['alert.read'] as const }
  expect(accessAnswer(key, 'alert.read', roles)).toEqual({ may: true, role: officer })
  const left = { may: false, why: 'scope', needs: [] }
  expect(accessAnswer(key, 'alert.triage', roles)).toEqual(left)
  expect(accessAnswer({ ...key, scopes: ['audit.read'] }, 'audit.read', roles)).toMatchObject({
    may: false,
    why: 'role',
  })
})
