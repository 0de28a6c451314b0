import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hasSyslogHeader, parseSyslog } from '../parse/syslog.ts'
import { jsonProductOf } from './json-products.ts'
import { lineProductOf } from './line-products.ts'
import { readRecord } from './read-record.ts'

const directory = join(import.meta.dirname, 'fixtures')
const around = { zone: 'Asia/Ho_Chi_Minh', receivedAt: Date.parse('2026-11-22T03:00:00Z') }
const lines = readdirSync(directory)
  .filter((name) => !name.endsWith('.md'))
  .flatMap((format) =>
    readdirSync(join(directory, format))
      .filter((name) => name.endsWith('.log'))
      .map((name) => ({
        format,
        name,
        line: readFileSync(join(directory, format, name), 'utf8').trimEnd(),
      })),
  )
const headers = {
  'RFC 3164': '<134>Nov 22 09:58:12 gate ',
  'RFC 5424': '<134>1 2026-11-22T02:58:12Z gate - - - - ',
}

/** The record without its header, where its product is known by what it writes. */
function bareLine(format: string, line: string): string | undefined {
  if (jsonProductOf(format)) return line.startsWith('{') ? line : undefined
  if (lineProductOf(format)?.recognises === undefined) return undefined
  if (!hasSyslogHeader(line)) return line
  const { program, message } = parseSyslog(line, around)
  return program === undefined ? message : undefined
}

const isKnown = (format: string) => lineProductOf(format) ?? jsonProductOf(format)

test.each(lines)('$format/$name is recognised as its own', ({ format, line }) => {
  expect(readRecord(line, 'auto', around)).toMatchObject({ ok: true, format })
})

test.each(lines.filter(({ format }) => isKnown(format)))(
  '$format/$name is read as its own where the source says so',
  ({ format, line }) => {
    const named = isKnown(format)?.format
    expect(readRecord(line, named ?? 'auto', around)).toMatchObject({ ok: true, format })
  },
)

const bare = lines.flatMap(({ format, name, line }) => {
  const body = bareLine(format, line)
  return body === undefined ? [] : [{ format, name, body }]
})

test.each(bare)('$format/$name is recognised behind any header and without', (each) => {
  const { format, body } = each
  expect(readRecord(body, 'auto', around)).toMatchObject({ ok: true, format })
  for (const header of Object.values(headers)) {
    expect(readRecord(header + body, 'auto', around)).toMatchObject({ ok: true, format })
  }
})

test.each([
  '2026-11-22 10:00:00 INFO worker 3 ERROR: queue is full',
  '2026-11-22 10:00:00.123 WARN pool-1 DETAIL: retry',
  '<14>Nov 22 09:58:12 gate app: moved in:a out:b proto 7',
  '<14>Nov 22 09:58:12 gate app: system,info started in 5 s',
  '<14>Nov 22 09:58:12 gate app: [22/Nov/2026:09:58:12 +0700] "done" 5',
  '<14>Nov 22 09:58:12 gate app: a=1 b=2 and then words',
  '1795316292.123 12 gateway UP/200 5 link ok',
])('%s is of no product', (line) => {
  expect(readRecord(line, 'auto', around)).toMatchObject({ ok: true, format: 'syslog' })
})
