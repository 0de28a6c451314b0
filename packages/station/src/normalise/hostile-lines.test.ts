import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRecord } from './read-record.ts'

const directory = join(import.meta.dirname, 'fixtures')
const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: Date.parse('2026-11-22T03:00:00Z') }
const lines = readdirSync(directory)
  .filter((name) => !name.endsWith('.md'))
  .flatMap((format) =>
    readdirSync(join(directory, format))
      .filter((name) => name.endsWith('.log'))
      .map((name) => ({
        name: `${format}/${name}`,
        text: readFileSync(join(directory, format, name), 'utf8').trimEnd(),
      })),
  )
const fillings = ['a', ' ', '1', ':', '.', '(', "'", '"', '\\', ',', '=<', '] [', '<a ', 'a=']
const length = 20_000

test('what is put into the line of any product costs no more than its length', () => {
  for (const { name, text } of lines) {
    const at = Math.floor(text.length / 2)
    for (const piece of fillings) {
      const filling = piece.repeat(length / piece.length)
      const before = process.threadCpuUsage()
      readRecord(`${text.slice(0, at)}${filling}${text.slice(at)}`, 'auto', around)
      readRecord(`${text}${filling}`, 'auto', around)
      const { user, system } = process.threadCpuUsage(before)
      expect((user + system) / 1000, `${name} with ${piece}`).toBeLessThan(300)
    }
  }
})
