import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readSheet } from './read-sheet.ts'
import { isFormulaText, type SheetCell, type SheetFormat } from './sheet.ts'
import { SheetProblem } from './sheet-problem.ts'
import { writeSheet } from './write-sheet.ts'
import { unpack } from './xlsx-parts.ts'

async function read(bytes: Uint8Array, format: SheetFormat) {
  const rows: { row: number; cells: readonly SheetCell[] }[] = []
  await readSheet(bytes, format, (row, cells) => rows.push({ row, cells }))
  return rows
}
const texts = async (bytes: Uint8Array, format: SheetFormat) =>
  (await read(bytes, format)).map(({ cells }) => cells.map(({ text }) => text))
const csv = (text: string) => read(Buffer.from(text), 'csv')

describe.each(['csv', 'xlsx'] as const)('%s', (format) => {
  test('what is written is read back, whatever it begins with', async () => {
    const cell = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) =>
      // A line break of the old Mac within a cell is no line break of the file; XML makes it a newline.
      text.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, '\n'),
    )
    const first = fc.constantFrom('=1+1', '@SUM(A1)', "'=x", '+84 24', '-1', 'Đắk Lắk', '"a";b')
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(first, cell), { minLength: 1, maxLength: 20 }),
        async (rows) => {
          expect(await texts(writeSheet(rows, format), format)).toEqual(rows)
        },
      ),
      { numRuns: 30 },
    )
  })

  test('a row more than the limit is refused when it is reached', async () => {
    const rows = Array.from({ length: 100_002 }, (_, n) => [`TC.${n}`])
    let count = 0
    const reading = readSheet(writeSheet(rows, format), format, () => {
      count += 1
    })
    await expect(reading).rejects.toMatchObject({ code: 'sheet.unreadable' })
    expect(count).toBe(100_001)
  }, 20_000)
})

test('no cell that is written is a formula to who opens the file', async () => {
  const bytes = writeSheet([['=HYPERLINK("http://x")', '+cmd|calc', '@x', '-2+3']], 'csv')
  expect(Buffer.from(bytes).toString()).toContain(`"'=HYPERLINK`)
  expect((await read(bytes, 'csv'))[0]?.cells.map(({ formula }) => formula)).toEqual([
    false,
    false,
    false,
    false,
  ])
})

test('separated values as programs write them', async () => {
  expect(
    (await csv('\ufeffa;b\r\n"x;1";"say ""hi"""\r\n\r\n"line\nbreak";z')).map(({ row, cells }) => [
      row,
      ...cells.map(({ text }) => text),
    ]),
  ).toEqual([
    [1, 'a', 'b'],
    [2, 'x;1', 'say "hi"'],
    [4, 'line\nbreak', 'z'],
  ])
  expect(await texts(gzipSync('a,b\n1,2'), 'csv')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
})

test.each([
  ['=1+1', true],
  ['+84 (24) 3943-1111', false],
  ['-5', false],
  ['-cmd|x', true],
  ['@SUM', true],
  ['Bộ', false],
])('%s is a formula: %s', (text, formula) => expect(isFormulaText(text)).toBe(formula))

test.each([
  ['an open quote', Buffer.from('a\n"x'), 'csv'],
  ['text after a quote', Buffer.from('"x"y'), 'csv'],
  ['another encoding', Buffer.from([0x61, 0xff, 0xfe]), 'csv'],
  ['no archive', Buffer.from('PK nothing'), 'xlsx'],
  ['an archive without a sheet', zipSync({ 'a.txt': strToU8('x') }), 'xlsx'],
  ['a document type', workbook('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), 'xlsx'],
  ['endless depth', workbook(`${'<a>'.repeat(100)}${'</a>'.repeat(100)}`), 'xlsx'],
  ['a sheet cut short', workbook('<worksheet><sheetData><row>'), 'xlsx'],
  ['too many columns', Buffer.from(','.repeat(300)), 'csv'],
  ['a cell too long', Buffer.from('x'.repeat(40_000)), 'csv'],
] as const)('%s is refused', async (_, bytes, format) => {
  await expect(read(bytes, format)).rejects.toMatchObject({ code: 'sheet.unreadable' })
})

test('a gzip that unpacks to more than the limit is refused without unpacking it all', async () => {
  const bomb = Buffer.concat(Array(65).fill(gzipSync(Buffer.alloc(1_048_576))))
  await expect(read(bomb, 'csv')).rejects.toMatchObject({
    code: 'sheet.unreadable',
    words: { cause: { vi: 'giải nén ra hơn 64 MB', en: 'it unpacks to more than 64 MB' } },
  })
})

test.each([
  ['a text of another encoding', Buffer.from([0x62, 0xff, 0xfe]), 'csv', 'chữ không mã hóa UTF-8'],
  [
    'a broken gzip',
    Buffer.from([0x1f, 0x8b, 1, 2]),
    'csv',
    'tệp hỏng, hoặc không đúng loại đã chọn',
  ],
  [
    'a broken part',
    workbook('<worksheet><a></b></worksheet>'),
    'xlsx',
    'tệp hỏng, hoặc không đúng loại đã chọn',
  ],
] as const)('%s is refused in the words of who reads', async (_, bytes, format, cause) => {
  const refusal: unknown = await read(bytes, format).catch((error: unknown) => error)
  if (!(refusal instanceof SheetProblem)) throw refusal
  expect(refusal.told('vi')).toMatchObject({ detail: cause, errors: [{ field: 'content', cause }] })
  expect(refusal.told('en').detail).not.toBe(cause)
})

test('formulas, shared and rich texts, and cells left out of a workbook', async () => {
  const bytes = workbook(
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1"><f>1+1</f><v>2</v></c><c r="D1" t="s"><v>1</v></c></row></sheetData></worksheet>',
    '<sst><si><t>Bộ</t></si><si><r><t>a</t></r><r><t>b</t></r></si></sst>',
  )
  expect(await read(bytes, 'xlsx')).toEqual([
    {
      row: 1,
      cells: [
        { text: 'Bộ', formula: false },
        { text: '', formula: false },
        { text: '2', formula: true },
        { text: 'ab', formula: false },
      ],
    },
  ])
})

function workbook(sheet: string, strings = '<sst/>'): Uint8Array {
  return zipSync({
    'xl/worksheets/sheet1.xml': strToU8(sheet),
    'xl/sharedStrings.xml': strToU8(strings),
  })
}

test('a workbook that unpacks a thousandfold lets others go on in between', async () => {
  const whole = 32 * 1_048_576
  const packed = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(whole).fill(97) })
  const seen = { unpacked: 0, sinceOthers: 0, most: 0 }
  const others = () => {
    seen.sinceOthers = 0
    if (seen.unpacked < whole) setImmediate(others)
  }
  others()
  const take = (piece: Uint8Array) => {
    seen.unpacked += piece.length
    seen.sinceOthers += piece.length
    seen.most = Math.max(seen.most, seen.sinceOthers)
  }
  await unpack(
    packed,
    () => take,
    () => new Promise<void>((resolve) => setImmediate(resolve)),
  )
  expect(seen.unpacked).toBe(whole)
  expect(seen.most).toBeLessThan(whole / 3)
})
