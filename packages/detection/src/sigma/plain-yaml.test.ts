import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAnyYaml } from './located-yaml.ts'
import { readPlainYaml } from './plain-yaml.ts'

const library = join(import.meta.dirname, '../../../../content/rules')
const texts = readdirSync(library, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .map((name) => readFileSync(join(library, name), 'utf8'))

test('most rules that ship are read without the whole reader, and as it would read them', () => {
  const plain = texts.map(readPlainYaml)
  expect(plain.filter((read) => read !== undefined).length).toBeGreaterThan(texts.length / 2)
  for (const [i, read] of plain.entries()) {
    if (read !== undefined) expect([read]).toEqual(readAnyYaml(texts[i] ?? ''))
  }
})

/** Pieces that mean something in YAML, where they are and where they are not. */
const piece = fc.constantFrom(
  ...[
    '\n',
    '\n  ',
    '\n    ',
    '- ',
    ': ',
    ':',
    ' #',
    '#',
    "'",
    "''",
    '"',
    '\\',
    '|',
    '|-',
    '>',
    '---\n',
  ],
  ...[
    'null',
    '~',
    'true',
    'no',
    '0x1f',
    '1e5',
    '.5',
    '-1',
    '[a]',
    '{a: b}',
    '&a',
    '*a',
    '!t',
    '? ',
  ],
  ...['\t', '\r\n', '  ', '%', '@', '`', ',', 'x', 'a b', '\u00a0', '\ufeff', '...', '\n\n\n'],
)
const line = fc.constantFrom(
  ...[
    'a: b',
    'a:',
    'b: 1',
    'c|contains:',
    '- x',
    '- a: b',
    "- 'x y'",
    '- "q\\\\"',
    't: |',
    't: >-',
    't: >',
    'null: x',
  ],
  ...['# c', '', '  ', '1: 2', "'|all': x", 'd: 2026-01-02', 'e: a: b', 'f: "x" # c', '-', '- - x'],
)
const made = fc
  .array(fc.tuple(fc.constantFrom('', '  ', '    ', ' '), line), { maxLength: 9 })
  .map((lines) => lines.map(([indent, text]) => indent + text).join('\n'))
const changed = fc
  .tuple(
    fc.constantFrom(...texts),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), piece), { maxLength: 3 }),
  )
  .map(([text, changes]) => {
    let result = text
    for (const [at, gone, put] of changes) {
      const from = at % (result.length + 1)
      result = result.slice(0, from) + put + result.slice(from + gone)
    }
    return result
  })

test('what it reads, it reads as the whole reader does, whatever the text', () => {
  fc.assert(
    fc.property(fc.oneof(made, changed), (text) => {
      const plain = readPlainYaml(text)
      if (plain !== undefined) expect([plain]).toEqual(readAnyYaml(text))
    }),
    { numRuns: 6_000 },
  )
})
