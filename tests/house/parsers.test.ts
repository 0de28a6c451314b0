import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reportParsers } from '../../scripts/parsers/report.ts'

const root = join(import.meta.dirname, '../..')
const setting = process.env['HAIDANG_SHARED']
const shared = !setting || setting === 'required' ? join(root, '../shared') : setting
const data = join(shared, 'data')
const isThere = existsSync(data)
if (!isThere && setting === 'required') throw new Error(`no shared data in ${shared}`)
if (!isThere) process.stderr.write(`skipped: no shared data in ${shared}\n`)

test('our own lines all become events', () => {
  const { families } = reportParsers({ data: '', repository: root }, 1)
  const own = families.filter(({ name }) => name.startsWith('Own'))
  expect(own.map(({ rejects }) => rejects)).toEqual([0, 0])
  expect(own.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(300)
})

// The whole of it is `npm run report:parsers`.
test.skipIf(!isThere)('of every recorded file a part keeps the bar of supported products', () => {
  const { families, products, failures } = reportParsers({ data, repository: root }, 30)
  expect(failures).toEqual([])
  expect(families.filter(({ records }) => records === 0).map(({ name }) => name)).toEqual([])
  const supported = products.filter(({ supported, recorded }) => supported && recorded > 0)
  expect(supported.length).toBeGreaterThan(10)
})
