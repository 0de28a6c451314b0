import { expect, test } from 'vitest'
import { LineSplitter } from '../collect/line-splitter.ts'
import { decodeText, looksBinary } from './text.ts'

const line = 'Nov 22 09:58:12 gate sshd[7]: đăng nhập của Nguyễn Văn Ước'
const little = Buffer.from(line, 'utf16le')
const big = Buffer.from(little).swap16()

test.each([
  ['little-endian with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ['big-endian with its mark', Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ['little-endian', little],
  ['big-endian', big],
])('UTF-16, %s, is read', (_name, bytes) => {
  expect(decodeText(bytes)).toEqual({ text: line, replaced: false })
})

test.each([
  ['little-endian', (text: string) => Buffer.from(text, 'utf16le')],
  ['big-endian', (text: string) => Buffer.from(text, 'utf16le').swap16()],
])('lines of a file in UTF-16, %s, are read one by one', (_name, encoded) => {
  const splitter = new LineSplitter(10_000, 1000)
  const lines = splitter.push(encoded(`${line}\r\n${line} 2\r\n`))
  expect(lines.map(({ bytes }) => decodeText(bytes).text)).toEqual([line, `${line} 2`])
})

test('a record with a NUL here and there stays UTF-8, and bytes stay binary', () => {
  expect(decodeText(Buffer.from('a\0b: việc\0')).text).toBe('a\0b: việc')
  expect(looksBinary(decodeText(Buffer.from([1, 0, 2, 0, 3, 0, 4, 0, 5, 0])).text)).toBe(true)
})

test('text in windows-1258 or TCVN3 is marked', () => {
  expect(decodeText(Buffer.from([0x4e, 0x67, 0x75, 0x79, 0xea, 0xde, 0x6e])).replaced).toBe(true)
  expect(decodeText(Buffer.from([0xae, 0xa8, 0x6e, 0x67])).replaced).toBe(true)
})
