import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const source = readFileSync(new URL('./labels.ts', import.meta.url), 'utf8')

/** Names of the tables that one part of `labels` brings with it. */
async function tablesOf(part: string): Promise<string[]> {
  const from = new RegExp(`import \\{[^}]*\\b${part}\\b[^}]*\\} from '(.+)'`).exec(source)?.[1]
  const module: Record<string, object> = await import(String(from))
  return Object.keys(module[part] ?? {})
}

test('no table of words takes the place of another of its name', async () => {
  const parts = [...source.matchAll(/^ {2}\.\.\.(\w+),$/gm)].map(([, part]) => String(part))
  const own = [...source.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => String(name))
  expect(parts.length).toBeGreaterThan(10)
  const names = [...own, ...(await Promise.all(parts.map(tablesOf))).flat()]
  expect(names.filter((name, place) => names.indexOf(name) < place)).toEqual([])
})
