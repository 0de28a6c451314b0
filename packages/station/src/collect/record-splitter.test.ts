import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter, type SplitLine } from './line-splitter.ts'
import { RecordSplitter } from './record-splitter.ts'

const longest = 2000

/** What a file becomes whose bytes come in pieces of a size. */
function split(text: string, size: number): { records: string[]; length: number } {
  const splitter = new RecordSplitter(longest, 100)
  const bytes = Buffer.from(text)
  const found: SplitLine[] = []
  for (let at = 0; at < bytes.length; at += size)
    found.push(...splitter.push(bytes.subarray(at, at + size)))
  for (let last = splitter.end(); last !== undefined; last = splitter.end()) found.push(last)
  expect(splitter.pending).toBe(0)
  const records = found.filter((each) => each.bytes.length > 0)
  return {
    records: records.map((each) => Buffer.from(each.bytes).toString()),
    length: found.reduce((sum, each) => sum + each.length, 0),
  }
}

const one = '{"eventName":"a}],[{","n":[1,{"x":2}]}'
const two = '{"eventName":"\\"b\\\\"}'
const sizes = [1, 3, 7, 64, 10_000]

test.each([
  ['CloudTrail in one line', `{"Records":[${one},${two}]}`, [one, two]],
  [
    'CloudTrail with spaces, and lines around',
    `x\n{ "Records" : [ ${one} , ${two} ] }\ny\n`,
    ['x', one, two, 'y'],
  ],
  ['a list', `[${one},${two}]\n`, [one, two]],
  ['a list in lines', `[\n  ${one},\n  ${two}\n]\n`, [one, two]],
  ['two documents', `[${one}]\n{"Records":[${two}]}\n`, [one, two]],
  ['lines of JSON', `${one}\n${two}\n`, [one, two]],
  ['a list that is cut', `[${one},{"b":`, [one, '{"b":']],
  ['something else in the list', `[${one},7]\n${two}\n`, [one, '7]', two]],
  ['a line that only looks so', '[error] {a}\n[1,2]\n', ['[error] {a}', '[1,2]']],
])('%s', (_name, text, records) => {
  for (const size of sizes) {
    expect(split(text, size)).toEqual({ records, length: Buffer.byteLength(text) })
  }
})

test('a document of many megabytes is taken apart with little in memory', () => {
  const splitter = new RecordSplitter(longest, 100)
  expect(splitter.push(Buffer.from('{"Records":['))).toEqual([])
  let count = 0
  const piece = Buffer.from(`${one},`.repeat(20_000))
  for (let n = 0; n < 10; n++) {
    count += splitter.push(piece).filter(({ bytes }) => bytes.length > 0).length
    expect(splitter.pending).toBeLessThan(longest)
  }
  expect(count).toBe(200_000)
})

test('an object that does not end is a line that is too long, and lines go on behind it', () => {
  const { records, length } = split(`[${one},{"a":"${'x'.repeat(5000)}"}]\nnext\n`, 500)
  expect(records[0]).toBe(one)
  expect(records.at(-1)).toBe('next')
  expect(length).toBe(Buffer.byteLength(`[${one},{"a":"${'x'.repeat(5000)}"}]\nnext\n`))
})

test('a reader that was stopped between two objects goes on with the second', () => {
  const splitter = new RecordSplitter(longest, 100, true)
  const [second, end] = splitter.push(Buffer.from(`,${two}]}\n`))
  expect(Buffer.from(second?.bytes ?? []).toString()).toBe(two)
  expect(end).toEqual({ bytes: Buffer.alloc(0), length: 3 })
})

test('files of lines are split as the splitter of lines does, whatever the pieces', () => {
  const line = fc.stringMatching(/^(?:[a-z{"][a-z[{"]{0,12})?$/)
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 9 }), (lines, size) => {
      const text = lines.map((each) => `${each}\n`).join('')
      const plain = new LineSplitter(longest, 100).push(Buffer.from(text))
      const wanted = plain.filter(({ bytes }) => bytes.length > 0)
      expect(split(text, size).records).toEqual(
        wanted.map(({ bytes }) => Buffer.from(bytes).toString()),
      )
    }),
  )
})
