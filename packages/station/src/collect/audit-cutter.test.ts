import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutterOf } from './file-cutter.ts'
import type { Intake } from './intake.ts'
import { restOf } from './record-cutter.ts'
import { TailReader } from './tail-reader.ts'

const source = { format: 'auditd' } as const
const line = (type: string, serial: number, rest = '') =>
  `type=${type} msg=audit(1795316400.965:${serial}): ${rest}`
const execution = [
  line('SYSCALL', 7, 'syscall=59'),
  line('EXECVE', 7, 'argc=1 a0="id"'),
  line('CWD', 7, 'cwd="/root"'),
  line('PATH', 7, 'item=0 name="/usr/bin/id"'),
  line('PROCTITLE', 7, 'proctitle="id"'),
]

function cut(text: string, cuts: readonly number[] = []): string[] {
  const cutter = cutterOf(source)
  const bytes = Buffer.from(text)
  const found = []
  let from = 0
  for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    for (const each of cutter.push(bytes.subarray(from, to))) found.push(each)
    from = to
  }
  found.push(...restOf(cutter))
  expect(cutter.pending).toBe(0)
  expect(found.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length)
  return found.map(({ bytes: record }) => Buffer.from(record).toString())
}

test('the records of one event that stand together are one, and end with the last of them', () => {
  const login = line('USER_LOGIN', 8, 'res=success')
  const old = [line('SYSCALL', 9), line('CWD', 9)]
  const other = line('SYSCALL', 10)
  const all = [...execution, login, ...old, other, 'no line of the log', other]
  expect(cut(all.join('\r\n'))).toEqual([
    execution.join('\n'),
    login,
    old.join('\n'),
    other,
    'no line of the log',
    other,
  ])
})

test('the same serial number of another node or time is another event', () => {
  const lines = [
    line('SYSCALL', 7),
    `node=b ${line('CWD', 7)}`,
    line('CWD', 7).replace('965', '966'),
  ]
  expect(cut(`${lines.join('\n')}\n`)).toEqual(lines)
})

test('a join has bounds, and nothing is lost at them', () => {
  const many = Array.from({ length: 600 }, (_, i) => line('PATH', 7, `item=${i}`))
  expect(cut(many.join('\n')).map((record) => record.split('\n').length)).toEqual([256, 256, 88])
  const long = Array.from({ length: 5 }, () => line('EXECVE', 7, 'a'.repeat(30_000)))
  const records = cut(long.join('\n'))
  expect(records.map((record) => record.split('\n').length)).toEqual([2, 2, 1])
  expect(records.join('\n')).toBe(long.join('\n'))
})

test('whatever the lines and however they come, each stands in one record, in its order', () => {
  const some = fc.constantFrom('SYSCALL', 'CWD', 'PATH', 'PROCTITLE', 'EOE', 'USER_LOGIN')
  const one = fc.oneof(
    fc.tuple(some, fc.nat(2)).map(([type, serial]) => line(type, serial)),
    fc.constantFrom('', 'type=', 'node=x type=', '[{"a":1}]'),
  )
  fc.assert(
    fc.property(fc.array(one), fc.array(fc.nat(300)), (lines, cuts) => {
      const text = lines.map((each) => `${each}\n`).join('')
      const places = cuts.filter((place) => place <= text.length)
      const records = cut(text, places)
      expect(records).toEqual(cut(text))
      const plain = lines.map((each) => (each.startsWith('[') ? '{"a":1}' : each))
      expect(records.flatMap((record) => record.split('\n')).filter((each) => each !== '')).toEqual(
        plain.filter((each) => each !== ''),
      )
    }),
  )
})

test('an event at the end of a file that is followed is not waited for for ever, and a late line is kept', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'audit-'))
  const path = join(directory, 'audit.log')
  const records: string[] = []
  const intake = {
    appendNew: async (batch: { records: Uint8Array[] }) =>
      void records.push(...batch.records.map((record) => Buffer.from(record).toString())),
    persevere: async (work: () => Promise<void>) => work().then(() => true),
  }
  const parts = {
    sourceId: 'src',
    path,
    reading: source,
    signal: new AbortController().signal,
    intake: intake as never as Intake,
    store: { save: async () => undefined, spooled: async () => [] },
  }
  await writeFile(path, `${execution.slice(0, 3).join('\n')}\n`)
  const reader = await TailReader.open(parts, [])
  try {
    await reader?.read()
    expect(records).toEqual([])
    for (let look = 0; look < 10; look++) await reader?.read()
    expect(records).toEqual([execution.slice(0, 3).join('\n')])
    await appendFile(path, `${execution.slice(3).join('\n')}\n`)
    await reader?.read()
    expect(records).toEqual([execution.slice(0, 3).join('\n'), execution.slice(3).join('\n')])
  } finally {
    await reader?.close()
    await rm(directory, { recursive: true })
  }
})
