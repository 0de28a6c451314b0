import { expect, test } from 'vitest'
import { changesOf } from './changes.ts'

test('fields of both sides stand beside each other, nested ones by their path', () => {
  const before = { state: 'new', owner: { id: 'usr_1' }, tags: ['a', 'b'], gone: 1 }
  const after = { state: 'closed', owner: { id: 'usr_1' }, tags: [], note: null }
  expect(changesOf(before, after)).toEqual([
    { name: 'state', before: 'new', after: 'closed' },
    { name: 'owner.id', before: 'usr_1', after: 'usr_1' },
    { name: 'tags', before: 'a, b', after: '—' },
    { name: 'gone', before: '1', after: undefined },
    { name: 'note', before: undefined, after: '—' },
  ])
})

test('a side that is not there has no fields; lists of objects are named by place', () => {
  expect(changesOf(null, { files: [{ name: 'a' }] })).toEqual([
    { name: 'files.0.name', before: undefined, after: 'a' },
  ])
  expect(changesOf(undefined, undefined)).toEqual([])
  expect(changesOf('x', 'y')).toEqual([{ name: '=', before: 'x', after: 'y' }])
})
