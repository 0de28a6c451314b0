import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import type { Paper } from './paper.ts'
import { writeDocx } from './write-docx.ts'
import { writePdf } from './write-pdf.ts'

const directory = mkdtempSync(join(tmpdir(), 'haidang-rendering-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Every Vietnamese letter with every tone, in syllables: readers of PDF take lone letters for one spaced word. */
const letters = [...'aăâeêioôơuưy'].flatMap((letter) =>
  ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'].map((tone) => letter + tone),
)
const alphabet = [...letters, 'đ'].map((letter) => `t${letter}nh`).join(' ')

const paper: Paper = {
  language: 'vi',
  title: 'Lệnh 01',
  madeAt: 0,
  head: {
    superior: 'CƠ QUAN CHỦ QUẢN',
    issuer: 'TRUNG TÂM VÍ DỤ',
    symbol: 'Số: 01/LĐP',
    nation: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    motto: 'Độc lập - Tự do - Hạnh phúc',
    placeAndDate: 'Hà Nội, ngày 05 tháng 01 năm 2026',
    urgency: 'HỎA TỐC',
  },
  name: 'LỆNH ĐIỀU PHỐI',
  subject: 'Chặn máy chủ điều khiển',
  blocks: [
    { kind: 'paragraph', style: 'basis', text: 'Căn cứ Quyết định số 05/2017/QĐ-TTg;' },
    { kind: 'heading', text: '1. Tình hình' },
    { kind: 'paragraph', style: 'plain', text: alphabet },
    { kind: 'paragraph', style: 'plain', text: alphabet.toUpperCase() },
    { kind: 'paragraph', style: 'plain', text: '<b>đậm</b> & {{x}}\u202e\u0007' },
    { kind: 'list', ordered: true, items: ['Một', 'Hai'] },
    {
      kind: 'table',
      widths: [1, 4],
      head: ['TT', 'Nội dung'],
      rows: [['1', 'Chặn 192.0.2.7']],
    },
  ],
  recipients: { title: 'Nơi nhận:', lines: ['- Như trên;', '- Lưu: VT.'] },
  signature: { lines: ['THỦ TRƯỞNG'], note: '(Đã ký số)', name: 'Nguyễn Văn Ví Dụ' },
  marks: { watermark: '', banner: 'MÔ PHỎNG', label: { text: 'TLP:AMBER', colour: '#ffc000' } },
  check: { url: 'https://hd.example/verify/X', lines: ['Mã kiểm tra: X'] },
}

const has = (program: string) => spawnSync(program, ['-v']).error === undefined

function textOf(bytes: Uint8Array): string {
  const file = join(directory, 'paper.pdf')
  writeFileSync(file, bytes)
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).replace(
    /\s+/g,
    ' ',
  )
}

test.skipIf(!has('pdftotext'))('what a PDF says can be read out letter by letter', async () => {
  const text = textOf(await writePdf(paper))
  expect(text).toContain(alphabet.normalize())
  expect(text).toContain(alphabet.toUpperCase().normalize())
  for (const part of [
    'Số: 01/LĐP',
    'HỎA TỐC',
    '<b>đậm</b> & {{x}}',
    'Chặn 192.0.2.7',
    'MÔ PHỎNG',
  ]) {
    expect(text).toContain(part)
  }
  expect(text.match(/TLP:AMBER/g)).toHaveLength(2)
  expect(text).not.toContain('\u202e')
})

test.skipIf(!has('pdfinfo'))(
  'a PDF is A4, tagged, in its language, with its letters in it',
  async () => {
    const file = join(directory, 'tagged.pdf')
    writeFileSync(file, await writePdf(paper))
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
    expect(info).toMatch(/Tagged:\s+yes/)
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/)
    const structure = execFileSync('pdfinfo', ['-struct', file], { encoding: 'utf8' })
    for (const tag of ['H1', 'H2', 'L', 'Table', 'TH', 'TD']) {
      expect(structure).toMatch(new RegExp(`^\\s*${tag}\\b`, 'm'))
    }
    const fonts = execFileSync('pdffonts', [file], { encoding: 'utf8' }).split('\n').slice(2)
    for (const font of fonts.filter(Boolean)) expect(font).toMatch(/Tinos.* yes yes yes/)
    expect(readFileSync(file, 'latin1')).toContain('/Lang (vi-VN)')
  },
)

test('the same paper gives the same bytes', async () => {
  expect(await writePdf(paper)).toEqual(await writePdf(paper))
})

test.skipIf(!has('pdfinfo'))(
  'long tables and long words go over pages; a draft says so on each',
  async () => {
    const rows = Array.from({ length: 120 }, (_, n) => [
      String(n),
      n === 60 ? 'x'.repeat(9000) : 'ô',
    ])
    const long: Paper = {
      ...paper,
      marks: { ...paper.marks, watermark: 'DỰ THẢO' },
      blocks: [{ kind: 'table', widths: [1, 3], head: ['TT', 'Đầu bảng'], rows }],
    }
    const file = join(directory, 'long.pdf')
    writeFileSync(file, await writePdf(long))
    const pages = Number(
      /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [file], { encoding: 'utf8' }))?.[1],
    )
    expect(pages).toBeGreaterThan(3)
    const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
    expect(text.match(/Đầu bảng/g)?.length).toBeGreaterThanOrEqual(pages - 1)
    expect(text.match(/x/g)?.length).toBe(9000)
  },
)

test('what is more than a paper may hold is refused, not cut', async () => {
  const items = Array.from({ length: 5_001 }, () => 'x')
  const work = writePdf({ ...paper, blocks: [{ kind: 'list', ordered: false, items }] })
  await expect(work).rejects.toMatchObject({ code: 'document.too-large' })
})

test('a DOCX holds the same texts, in parts that word processors know', async () => {
  const draft = { ...paper, marks: { ...paper.marks, watermark: 'DỰ THẢO' } }
  const parts = unzipSync(await writeDocx(draft))
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array())
  const body = part('word/document.xml')
  for (const text of [
    alphabet.normalize(),
    'LỆNH ĐIỀU PHỐI',
    '&lt;b&gt;đậm&lt;/b&gt; &amp; {{x}}',
  ]) {
    expect(body).toContain(text)
  }
  expect(body).toContain('w:tblHeader')
  expect(body).toMatch(/<w:pgSz w:w="11906" w:h="16838"/)
  expect(body).not.toContain('\u202e')
  const headers = Object.keys(parts).filter((name) => /^word\/header\d\.xml$/.test(name))
  expect(headers).toHaveLength(2)
  for (const name of headers) {
    expect(part(name)).toContain('DỰ THẢO')
    expect(part(name)).toContain('TLP:AMBER')
  }
})
