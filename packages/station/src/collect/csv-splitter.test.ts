import type { CsvReading } from '@haidang/contracts/record-reading'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readCsv } from '../parse/csv.ts'
import { CsvSplitter } from './csv-splitter.ts'
import { FileHead } from './file-head.ts'
import type { SplitLine } from './line-splitter.ts'
import { restOf } from './record-cutter.ts'

const usual = {
  quote: '"',
  separator: 'auto',
  columns: [],
  mapping: [],
  time_format: 'auto',
} as const

/** What a file becomes whose bytes come cut at some places. */
function split(text: string | Buffer, csv: Partial<CsvReading> = {}, cuts: readonly number[] = []) {
  const reading = { ...usual, ...csv, columns: [], mapping: [] }
  const splitter = new CsvSplitter(300_000, 1000, {
    csv: reading,
    names: undefined,
    firstLineNames: true,
  })
  const bytes = Buffer.from(text)
  const found: SplitLine[] = []
  let from = 0
  for (const to of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    for (const line of splitter.push(bytes.subarray(from, to))) found.push(line)
    from = Math.max(from, to)
  }
  found.push(...restOf(splitter))
  expect(splitter.pending).toBe(0)
  expect(found.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length)
  return found.map((line) => Buffer.from(line.bytes).toString())
}

const columns = 'time,user,note\n'

test('a quoted value holds line ends; a quote within a plain value does not begin one', () => {
  expect(split(`${columns}1,an,"one\r\ntwo ""2""\n\nthree"\r\n2,5" disk,x\n3,lan,"y"z"\n`)).toEqual(
    ['time,user,note', '1,an,"one\r\ntwo ""2""\n\nthree"', '2,5" disk,x', '3,lan,"y"z"'],
  )
})

test.each([
  [{ quote: 'none' as const }, '1,"a\n2,"b\n', ['1,"a', '2,"b']],
  [{ quote: "'" as const }, "1,'a\nb'\n2,\"c\n", ["1,'a\nb'", '2,"c']],
  [{ separator: ';' as const }, '1;x,"a\n2;"b\nc"\n', ['1;x,"a', '2;"b\nc"']],
])('by the notation of its source: %j', (csv, text, records) => {
  expect(split(columns + text, csv)).toEqual(['time,user,note', ...records])
})

test('the line that names the columns shows what stands between values', () => {
  expect(split('\ufeff"time";"user"\n1;a,"b\n2;"c\nd"\n')).toEqual([
    '\ufeff"time";"user"',
    '1;a,"b',
    '2;"c\nd"',
  ])
  expect(split('# a remark, "open\ntime\tuser\n1\t"a\nb"\n')).toEqual([
    '# a remark, "open',
    'time\tuser',
    '1\t"a\nb"',
  ])
})

test('a quote that is never closed takes no more than 64 kB of lines with it, and no line is lost', () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i},user,${'x'.repeat(40)}`)
  const found = split(`${columns}0,"open,x\n${lines.join('\n')}\n5,"a\nb",c\n`)
  expect(found).toEqual(['time,user,note', '0,"open,x', ...lines, '5,"a\nb",c'])
  expect(split(`${columns}1,"a\nb,c\nd`)).toEqual(['time,user,note', '1,"a', 'b,c', 'd'])
  const long = `1,${'y'.repeat(200_000)}`
  expect(split(`${columns}${long}\n2,b\n`)).toEqual(['time,user,note', long, '2,b'])
  // More than the longest record: its beginning, and its length.
  expect(split(`${columns}1,"${'z'.repeat(400_000)}"\n2,b\n`)[1]).toHaveLength(1000)
})

test('records printed as RFC 4180 says read back, however the bytes come', () => {
  const value = fc.string({
    unit: fc.constantFrom('"', '""', '\n', '\r\n', ',', ';', 'a', 'ơ', ' '),
  })
  const row = fc.array(value, { minLength: 3, maxLength: 3 })
  const print = (values: readonly string[]) =>
    values.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')
  fc.assert(
    fc.property(fc.array(row), fc.array(fc.nat(400)), (rows, cuts) => {
      const bytes = Buffer.from(`${columns}${rows.map((each) => `${print(each)}\n`).join('')}`)
      const places = cuts.filter((cut) => cut <= bytes.length)
      const [, ...records] = split(bytes, {}, places)
      expect(records.map((record) => readCsv(record))).toEqual(rows)
    }),
  )
})

test('whatever the bytes, how they come cut makes no difference, and none is lost', () => {
  const some = fc.string({
    unit: fc.constantFrom('"', "'", '\n', '\r', ',', ';', '\t', '#', 'a', 'ê'),
  })
  fc.assert(
    fc.property(some, fc.array(fc.nat(60)), (text, cuts) => {
      const whole = split(text)
      const places = cuts.filter((cut) => cut <= Buffer.byteLength(text))
      expect(split(text, {}, places)).toEqual(whole)
      expect(whole.join('\n').replaceAll(/[\r\n]/g, '')).toBe(text.replaceAll(/[\r\n]/g, ''))
    }),
  )
})

test('quotes that open in every line cost no more than lines', () => {
  const text = `${columns}${'a"b,"c\n'.repeat(200_000)}`
  const before = performance.now()
  expect(split(text).length).toBeGreaterThan(100_000)
  expect(performance.now() - before).toBeLessThan(2000)
})

test('a name that holds a line end stays one line for what is read below it', () => {
  const head = new FileHead(true)
  head.take(Buffer.from('time,"what\nhappened"'))
  expect(Buffer.from(head.take(Buffer.from('1,"a\nb"'))).toString()).toBe(
    '#Columns: time,"what happened"\n1,"a\nb"',
  )
})
