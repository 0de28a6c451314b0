import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security/asvs.md'), 'utf8')
const verdicts = ['met', 'partly', 'not', 'n.a.']

/** Id and level of every requirement of levels 1 and 2 of the standard's version 5.0.0. */
const asked = new Map(
  readFileSync(join(import.meta.dirname, 'asvs-requirements.txt'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, string]),
)

const rows = page
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+ \|/.test(line))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    const [, id = '', level = '', words = '', verdict = '', how = '', proof = ''] = cells
    return { id, level, words, verdict, how, proof, cells: cells.length }
  })

/** Files a text names, each with the titles of tests that follow it. */
function proofsIn(text: string) {
  return [
    ...text.matchAll(
      /`((?:packages|tests|docs|content|scripts)\/[^`]+|package-lock\.json)`([^`]*)/g,
    ),
  ].map(([, file = '', rest = '']) => ({
    file,
    titles: [...rest.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title),
  }))
}

test('every requirement of levels 1 and 2 stands once, with its level', () => {
  expect(asked.size).toBe(253)
  expect(rows.map(({ id, level }) => [id, level])).toEqual([...asked])
})

describe.each(rows)('$id', ({ verdict, words, how, proof, cells }) => {
  test('is judged, with a reason', () => {
    expect(cells).toBe(8)
    expect(verdicts).toContain(verdict)
    expect([words, how]).not.toContain('')
    if (verdict === 'partly' || verdict === 'not') expect(how).toMatch(/\*\*|[:;.]/)
  })

  test('the proof is there', () => {
    const proofs = proofsIn(`${how} ${proof}`)
    if (verdict === 'met' || verdict === 'partly') expect(proofs).not.toEqual([])
    for (const { file, titles } of proofs) {
      expect(existsSync(join(root, file)), file).toBe(true)
      const text = titles.length > 0 ? readFileSync(join(root, file), 'utf8') : ''
      for (const title of titles) expect(text, file).toContain(title)
    }
  })
})

test('the counts at the head are those of the rows', () => {
  const counted = verdicts.map((verdict) => {
    const of = rows.filter((row) => row.verdict === verdict)
    const at = (level: string) => of.filter((row) => row.level === level).length
    const isOpen = verdict === 'partly' || verdict === 'not'
    const which = isOpen ? of.map(({ id }) => id).join(', ') : ''
    return `| ${verdict} | ${at('1')} | ${at('2')} | ${of.length} | ${which} |`
  })
  for (const line of counted) expect(page).toContain(line)
})
