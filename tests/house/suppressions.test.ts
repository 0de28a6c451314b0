import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

function found(pattern: string): string[] {
  try {
    const args = ['grep', '-nE', pattern, '--', '*.ts', '*.tsx', '*.mjs', ':!tests/house']
    return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n')
  } catch {
    return []
  }
}

test('suppressions of the linter or the compiler are few, and each says why', () => {
  const lines = found('biome-ignore |biome-ignore-all |@ts-(ignore|nocheck|expect-error)')
  expect(lines.length).toBeLessThanOrEqual(10)
  for (const line of lines) expect(line).toMatch(/biome-ignore(-all)? \S+: .{10,}|@ts-\S+ .{10,}/)
})

test('no test is switched off and nothing is left to do', () => {
  expect(found('\\.(only|todo)\\(|TODO|FIXME|not implemented')).toEqual([])
})
