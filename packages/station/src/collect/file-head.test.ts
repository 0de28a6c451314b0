import { expect, test } from 'vitest'
import { FileHead } from './file-head.ts'

const take = (head: FileHead, line: string) => Buffer.from(head.take(Buffer.from(line))).toString()

test('a line below a head carries it, and the one in force counts', () => {
  const head = new FileHead()
  expect(take(head, '#Software: Microsoft Internet Information Services 10.0')).toMatch(
    /^#Software/,
  )
  expect(take(head, '#Fields: date time c-ip')).toBe('#Fields: date time c-ip')
  expect(take(head, '2026-11-22 02:58:01 192.0.2.1')).toBe(
    '#Fields: date time c-ip\n2026-11-22 02:58:01 192.0.2.1',
  )
  take(head, '#Fields: date đường-dẫn')
  expect(take(head, 'x y')).toBe('#Fields: date đường-dẫn\nx y')
})

test('the first line of a table names its columns, byte-order mark and remarks aside', () => {
  const head = new FileHead(true)
  expect(take(head, '# exported at ten')).toBe('# exported at ten')
  expect(take(head, '\ufefftime;user')).toBe('#Columns: time;user')
  expect(take(head, '1;lan')).toBe('#Columns: time;user\n1;lan')
})

test("Zeek's three lines stand together; a file without a head is left as it is", () => {
  const head = new FileHead()
  expect(take(head, '# a remark')).toBe('# a remark')
  expect(take(head, 'a line')).toBe('a line')
  for (const line of [
    '#separator \\x09',
    '#path\tdns',
    '#fields\tts\tuid',
    '#types\ttime\tstring',
  ]) {
    expect(take(head, line)).toBe(line)
  }
  expect(take(head, '1\tC')).toBe('#path\tdns\n#fields\tts\tuid\n#types\ttime\tstring\n1\tC')
})
