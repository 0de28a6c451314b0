import { expect, test } from 'vitest'
import { isPacked } from './tail-file.ts'

test.each(['eve.json.1.gz', 'audit.log.2.XZ', '/srv/logs/*.zst'])('%s is packed', (name) => {
  expect(isPacked(name)).toBe(true)
})

test.each(['eve.json', 'eve.json.1', 'gz', 'log.gz.json'])('%s is followed', (name) => {
  expect(isPacked(name)).toBe(false)
})
