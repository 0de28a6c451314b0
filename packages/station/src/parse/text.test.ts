import fc from 'fast-check'
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
  const counted = Buffer.from([1, 0, 2, 0, 3, 0, 4, 0, 5, 0])
  expect(looksBinary(decodeText(counted).text)).toBe(true)
})

const tenth = Buffer.from('\u0007abcdefghi')
test.each([
  ['a tenth of control characters', tenth, false],
  ['one more', Buffer.concat([tenth, tenth.subarray(0, 1)]), true],
  ['a tenth that is no UTF-8', Buffer.from('abcdefghi\xff', 'latin1'), false],
  ['one more', Buffer.from('abcdefgh\xff\xff', 'latin1'), true],
  ['Vietnamese', Buffer.from('đăng nhập của Nguyễn Văn Ước'), false],
  ['control characters among Vietnamese', Buffer.from('đ\u0001ă\u0002'), true],
  [
    'control characters behind the first 1,024',
    Buffer.from(`${'a'.repeat(1024)}\0\x01\x02`),
    false,
  ],
])('%s', (_name, bytes, binary) => {
  expect(looksBinary(decodeText(bytes).text)).toBe(binary)
})

const vietnamese = 'đăng nhập thất bại: máy chủ phòng kế toán'
/** As glibc's iconv writes it. */
const tcvn3 = Buffer.from(
  'aea8 6e67 206e 68cb 7020 7468 ca74 2062 b969 3a20 6db8 7920 6368 f120 7068 df6e 6720 6bd5 2074 6fb8 6e'.replaceAll(
    ' ',
    '',
  ),
  'hex',
)
/** As glibc's iconv writes it: tones that the table has no letter for stand behind their vowel. */
const windows1258 = Buffer.from(
  'f0e36e67206e68e2f270207468e2ec742062 61f2693a206de179206368 75d2'.replaceAll(' ', ''),
  'hex',
)

test.each([
  ['TCVN3', 'tcvn3', tcvn3, vietnamese],
  ['windows-1258', 'windows-1258', windows1258, 'đăng nhập thất bại: máy chủ'],
  [
    'VNI',
    'vni',
    Buffer.from('ñaêng nhaäp thaát baïi: maùy chuû', 'latin1'),
    'đăng nhập thất bại: máy chủ',
  ],
] as const)('%s is recognised by its words, and read in NFC', (_name, encoding, bytes, text) => {
  const read = decodeText(bytes)
  expect(read).toMatchObject({ text, replaced: false, guess: { encoding } })
  expect(read.guess?.confidence).toBeGreaterThanOrEqual(0.75)
  expect(decodeText(bytes, encoding)).toEqual({ text, replaced: false })
})

test.each([
  ['one word is too little', [0x4e, 0x67, 0x75, 0x79, 0xea, 0xde, 0x6e], 'windows-1258'],
  [
    'German',
    [...Buffer.from('M\u00fcller, Stra\u00dfe, gr\u00f6\u00dfer', 'latin1')],
    'windows-1252',
  ],
])('%s is a guess, and not read by it', (_name, bytes, encoding) => {
  const read = decodeText(Buffer.from(bytes))
  expect(read).toMatchObject({ replaced: true, guess: { encoding } })
  expect(read.guess?.confidence).toBeLessThan(0.75)
})

test.each([
  ['GBK', [0xb5, 0xc7, 0xc2, 0xbc, 0xca, 0xa7, 0xb0, 0xdc]],
  ['KOI8-R', [0xef, 0xdb, 0xc9, 0xc2, 0xcb, 0xc1, 0x20, 0xd7, 0xc8, 0xcf, 0xc4, 0xc1]],
  ['windows-1251', [0xce, 0xf8, 0xe8, 0xe1, 0xea, 0xe0, 0x20, 0xe2, 0xf5, 0xee, 0xe4, 0xe0]],
])('%s is not taken for Vietnamese', (_name, bytes) => {
  const read = decodeText(Buffer.from(bytes))
  expect(read.replaced).toBe(true)
  expect(read.guess?.confidence ?? 0).toBeLessThan(0.75)
})

test('what a relay made UTF-8 of TCVN3 is read where the source names its encoding, and only there', () => {
  const mojibake = Buffer.from(tcvn3.toString('latin1'), 'utf8')
  expect(decodeText(mojibake, 'tcvn3').text).toBe(vietnamese)
  expect(decodeText(mojibake).text).toBe(tcvn3.toString('latin1'))
  // A sender may write UTF-8 in between.
  expect(decodeText(Buffer.from(vietnamese), 'tcvn3')).toEqual({
    text: vietnamese,
    replaced: false,
  })
})

test('a source of UTF-16 is read so also where too little shows it, and a lost half is told', () => {
  expect(decodeText(Buffer.from('Đặng', 'utf16le'), 'utf-16le').text).toBe('Đặng')
  expect(decodeText(Buffer.from([0x61, 0, 0x00, 0xd8]), 'utf-16le').replaced).toBe(true)
})

test('whatever the bytes, what is read is NFC without loss, or marked', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      const { text, replaced, guess } = decodeText(bytes)
      if (!replaced && text.includes('\ufffd'))
        expect(Buffer.from(bytes).includes('\ufffd')).toBe(true)
      if (guess && !replaced) expect(text).toBe(text.normalize('NFC'))
    }),
  )
})
