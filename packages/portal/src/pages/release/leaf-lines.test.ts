import { expect, test } from 'vitest'
import { leafLines } from './leaf-lines.ts'

test('what changes comes first, with both forms; what is gone has none after', () => {
  const before = { id: 'e', user: { name: 'an' }, raw_data: 'an login', list: ['x'] }
  const after = { id: 'e', user: { name: 'user~1' }, raw_data: '', list: ['x'] }
  expect(leafLines(before, after)).toEqual([
    { path: 'user.name', before: 'an', after: 'user~1' },
    { path: 'raw_data', before: 'an login', after: undefined },
    { path: 'id', before: 'e', after: 'e' },
    { path: 'list.0', before: 'x', after: 'x' },
  ])
  expect(leafLines({ id: 'e' }, null)).toEqual([{ path: 'id', before: 'e', after: undefined }])
})
