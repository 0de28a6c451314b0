import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// house.md, Packages: no domain word occurs in `runtime`.
const runtime = join(import.meta.dirname, '../../packages/runtime/src')
const domain = /\b(incidents?|alerts?|stations?|sigma|advisories|triage|addressees?|indicators?)\b/i

test('the runtime speaks of no incident, alert or station', () => {
  const files = readdirSync(runtime, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  )
  const found = files.flatMap((file) =>
    readFileSync(join(runtime, file), 'utf8')
      .split('\n')
      .flatMap((line, n) => (domain.test(line) ? [`${file}:${n + 1}: ${line.trim()}`] : [])),
  )
  expect(found).toEqual([])
})
