import { expect, test } from 'vitest'
import { recordsApart } from './records-document.ts'

const line = (text: string) => ({ bytes: Buffer.from(text), length: text.length + 1 })
const apart = (...texts: string[]) =>
  recordsApart(texts.map(line), 5).map(({ bytes }) => Buffer.from(bytes).toString())

test('each record of a document is a line of its own, as it was written', () => {
  expect(
    apart('{ "Records" : [{"eventID":"1","n":9007199254740993}, {"a":{"b":["]}"]}}]}', '{"x":1}'),
  ).toEqual(['{"eventID":"1","n":9007199254740993}', '{"a":{"b":["]}"]}}', '{"x":1}'])
})

test.each([
  '{"Records":[]}',
  '{"Records":[1,2]}',
  '{"Records":[{"a":1}',
  '{"Records":[{"a":1},',
  '{"Records":{"a":1}}',
  '{"a":1,"Records":[{"b":1}]}',
])('%s stays one line', (text) => {
  expect(apart(text)).toEqual([text])
})

test('more records than a request may hold are refused', () => {
  expect(() => apart(`{"Records":[${'{"a":1},'.repeat(5)}{"a":1}]}`)).toThrow(/more than 5/)
})
