import { gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readArchive } from './rule-archive.ts'

const unreadable = expect.objectContaining({ code: 'rule.archive-unreadable' })

/** One entry of a tar archive, as POSIX.1-1988 lays it out. */
function tarEntry(name: string, text: string, type = '0'): Buffer {
  const content = Buffer.from(text)
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write(type, 156)
  header.write('ustar\u000000', 257)
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512)
  return Buffer.concat([header, content, padding])
}

const end = Buffer.alloc(1024)
const files = Buffer.concat([
  tarEntry('./rules/a.yml', 'title: Một'),
  tarEntry('rules/', '', '5'),
  tarEntry('rules/README.md', 'không phải luật'),
  tarEntry('', `30 path=rules/${'dài'.repeat(3)}.yaml\n`, 'x'),
  tarEntry('rules/short.yaml', 'title: Hai'),
  tarEntry('rules/link.yml', '', '2'),
  end,
])
const rules = [
  { path: 'rules/a.yml', text: 'title: Một' },
  { path: 'rules/dàidàidài.yaml', text: 'title: Hai' },
]

test('tar, tar.gz and zip give the rule files they hold, and nothing else', async () => {
  expect(await readArchive(files)).toEqual(rules)
  expect(await readArchive(gzipSync(files))).toEqual(rules)
  const packed = Object.fromEntries(rules.map(({ path, text }) => [path, strToU8(text)]))
  const zip = zipSync({ ...packed, 'b.txt': strToU8('x'), '__MACOSX/._a.yml': strToU8('x') })
  expect(await readArchive(zip)).toEqual(rules)
})

test('hidden files and names that lead out are left out', async () => {
  const names = ['/../../etc/a.yml', '.git/b.yml', 'x/.c.yml']
  const hidden = names.map((name) => tarEntry(name, 'title: x'))
  expect(await readArchive(Buffer.concat([...hidden, end]))).toEqual([])
})

test.each([
  ['something else', Buffer.from('x'.repeat(2000))],
  ['a cut archive', files.subarray(0, 520)],
  ['a cut zip', Buffer.from(zipSync({ 'a.yml': strToU8('title: x') })).subarray(0, 60)],
  ['a file too large', tarEntry('a.yml', 'x'.repeat(1_100_000))],
  ['what is no text', Buffer.from(zipSync({ 'a.yml': new Uint8Array([0xff, 0xfe, 0xfd]) }))],
  ['too many files', Buffer.concat(Array.from({ length: 5001 }, () => tarEntry('a.yml', 'x')))],
  ['a bomb', gzipSync(Buffer.alloc(70 * 1_048_576))],
])('%s is refused', async (_, bytes) => {
  await expect(readArchive(bytes)).rejects.toThrow(unreadable)
})
