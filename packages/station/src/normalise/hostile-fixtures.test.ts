import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRecord } from './read-record.ts'

const directory = join(import.meta.dirname, 'fixtures')
const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: Date.parse('2026-11-22T03:00:00Z') }
const lines = readdirSync(directory)
  .filter((name) => !name.endsWith('.md'))
  .flatMap((format) =>
    readdirSync(join(directory, format))
      .filter((name) => name.endsWith('.log'))
      .map((name) => readFileSync(join(directory, format, name), 'utf8').trimEnd())
      // Objects of JSON have properties of their own (to-event.test.ts).
      .filter((text) => !text.includes('{"')),
  )
const line = fc.constantFrom(...lines)
const place = fc.double({ min: 0, max: 1, noNaN: true })

test('a record cut anywhere, with anything in it, is read or refused', () => {
  fc.assert(
    fc.property(line, place, place, fc.string({ unit: 'binary' }), (text, from, to, odd) => {
      const start = Math.floor(from * text.length)
      const end = Math.floor(to * text.length)
      readRecord(text.slice(0, start) + odd + text.slice(end), 'auto', around)
    }),
    { numRuns: 1000 },
  )
})

test('a record of which any part stands ten thousand times costs linear time', () => {
  fc.assert(
    fc.property(line, place, fc.integer({ min: 1, max: 24 }), (text, from, length) => {
      const start = Math.floor(from * text.length)
      const part = text.slice(start, start + length)
      const long = text.slice(0, start) + part.repeat(10_000) + text.slice(start)
      const before = performance.now()
      readRecord(long, 'auto', around)
      expect(performance.now() - before).toBeLessThan(1000)
    }),
    { numRuns: 300 },
  )
})
