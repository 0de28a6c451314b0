import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecord } from './read-record.ts'

const directory = join(import.meta.dirname, 'fixtures')
const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: Date.parse('2026-11-22T03:00:00Z') }

// A table that is a plain object answers this word with a function, which no event can hold.
test.each(readdirSync(directory).filter((name) => !name.endsWith('.md')))(
  'no word of %s is looked up outside its table',
  (format) => {
    for (const name of readdirSync(join(directory, format))) {
      if (!name.endsWith('.log')) continue
      const text = readFileSync(join(directory, format, name), 'utf8').trimEnd()
      for (const { 0: word, index } of text.matchAll(/[A-Za-z0-9]+/g)) {
        const line = `${text.slice(0, index)}constructor${text.slice(index + word.length)}`
        const read = readRecord(line, 'auto', around)
        if (!read.ok) continue
        const { severity, activity } = read.draft
        expect([severity, activity].every(Number.isInteger), line).toBe(true)
        expect(JSON.stringify(structuredClone(read)), line).not.toContain('[native code]')
      }
    }
  },
)
