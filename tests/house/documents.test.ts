import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

test.each(documents)('every link of %s leads somewhere', (document) => {
  const text = readFileSync(join(root, document), 'utf8')
  const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(
    ([, link]) => link ?? '',
  )
  const dead = links.filter((link) => !existsSync(join(root, dirname(document), link)))
  expect(dead).toEqual([])
})

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'GLOSSARY.md', 'docs/security/threat-model.md'])(
  'every file %s names exists',
  (document) => {
    const text = readFileSync(join(root, document), 'utf8')
    const named = [
      ...text.matchAll(/`((?:packages|scripts|tests|content|docs|bench)\/[\w./-]+\.\w+)`/g),
    ]
    const dead = named.map(([, path]) => path ?? '').filter((path) => !existsSync(join(root, path)))
    expect(dead).toEqual([])
  },
)

test('ARCHITECTURE.md stays readable in one sitting', () => {
  const lines = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('\n')
  expect(lines.length).toBeLessThanOrEqual(200)
})

test('the two READMEs link each other and say the same commands', () => {
  const english = readFileSync(join(root, 'README.md'), 'utf8')
  const vietnamese = readFileSync(join(root, 'README.vi.md'), 'utf8')
  expect(english).toContain('(README.vi.md)')
  expect(vietnamese).toContain('(README.md)')
  const commands = (text: string) =>
    [...text.matchAll(/^(?:npm|npx) [^#\n]*/gm)].map(([line]) => line.replace(/ +#.*/, '').trim())
  expect(commands(vietnamese)).toEqual(commands(english))
})
