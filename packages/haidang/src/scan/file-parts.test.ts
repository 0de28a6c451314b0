import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type LinePart, PartReader, partsOf } from './file-parts.ts'

const directory = mkdtempSync(join(tmpdir(), 'parts-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const text = `một\r\n\n{"a":"Đ"}\n${'dài'.repeat(9)}\nhết`

function fileOf(name: string, content: string | Buffer): string {
  const file = join(directory, name)
  writeFileSync(file, content)
  return file
}

function textOf(parts: readonly LinePart[]): string[] {
  const reader = new PartReader()
  return parts.map((part) =>
    new TextDecoder().decode(part instanceof Uint8Array ? part : reader.read(part)),
  )
}

async function all(parts: AsyncIterable<LinePart>): Promise<LinePart[]> {
  const listed: LinePart[] = []
  for await (const part of parts) listed.push(part)
  return listed
}

test.each([text, `${text}\n`])(
  'cut at any two bytes, every line is read once and whole',
  (content) => {
    const file = fileOf('cut.ndjson', content)
    const size = Buffer.byteLength(content)
    for (let first = 0; first <= size; first++) {
      for (let second = first; second <= size; second++) {
        const cuts = [0, first, second, size]
        const parts = cuts.slice(1).map((to, i) => ({ file, from: cuts[i] ?? 0, to }))
        const read = textOf(parts)
        expect(read.join('')).toBe(content)
        for (const each of read.slice(0, -1))
          expect(each === '' || each.endsWith('\n') || each.endsWith('hết')).toBe(true)
      }
    }
  },
)

test('a line longer than a part is read with the part it begins in', async () => {
  const lines = ['ngắn', 'x'.repeat(3_500_000), 'sau']
  const file = fileOf('long.ndjson', lines.join('\n'))
  const read = textOf(await all(partsOf(file, Readable.from([]))))
  expect(read.length).toBe(4)
  expect(read.join('')).toBe(lines.join('\n'))
  expect(read.filter((each) => each !== '').length).toBe(2)
})

test('gzip and the input come as lines, an empty file as nothing', async () => {
  const input = Readable.from([Buffer.from('một\nhai')])
  expect(textOf(await all(partsOf('-', input)))).toEqual(['một\nhai'])
  const gzip = fileOf('packed.gz', gzipSync(text))
  expect(textOf(await all(partsOf(gzip, input)))).toEqual([text])
  expect(await all(partsOf(fileOf('empty', ''), input))).toEqual([])
})

test('a line of more than 64 MiB is refused by the name of its file', () => {
  const file = fileOf('endless', Buffer.alloc(70 * 1_048_576, 120))
  expect(() => textOf([{ file, from: 0, to: 1_048_576 }])).toThrow(`${file}: a line exceeds 64 MiB`)
})
