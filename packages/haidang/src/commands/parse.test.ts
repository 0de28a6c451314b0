import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import type { RecordFormat } from '@haidang/contracts/record-format'
import { systemClock } from '@haidang/runtime/clock'
import { expect, test } from 'vitest'
import { parseCommand } from './parse.ts'

const lines = '{"message":"one"}\r\n\n{"message":"two"\n{"message":"three"}'

async function parse(file: string, format: RecordFormat, input: Buffer) {
  const events: string[] = []
  const rejects: string[] = []
  const summary = await parseCommand(
    { format, file, zone: 'UTC' },
    {
      event: async (line) => void events.push(JSON.parse(line).message),
      reject: async (line) => void rejects.push(JSON.parse(line).reason),
      input: Readable.from([input.subarray(0, 7), input.subarray(7)]),
      clock: systemClock,
    },
  )
  return { summary, events, rejects }
}

test('standard input is read to events and counts that add up', async () => {
  expect(await parse('-', 'auto', Buffer.from(lines))).toEqual({
    summary: { lines: 3, events: 2, rejects: 1 },
    events: ['one', 'three'],
    rejects: ['json.truncated'],
  })
})

test('a gzip file is read as its content', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'parse-'))
  const file = join(directory, 'records.gz')
  await writeFile(file, gzipSync(lines))
  const { summary } = await parse(file, 'json', Buffer.alloc(0))
  expect(summary).toEqual({ lines: 3, events: 2, rejects: 1 })
  await rm(directory, { recursive: true })
})

test('an empty input has no lines, a missing file is an error', async () => {
  expect((await parse('-', 'auto', Buffer.alloc(0))).summary).toEqual({
    lines: 0,
    events: 0,
    rejects: 0,
  })
  await expect(parse('/no/such/file', 'auto', Buffer.alloc(0))).rejects.toThrow('ENOENT')
})
