// `npm run check`: format, lint, types, architecture, dead code, portal, docs. Each step prints its own findings.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, pinnedNode, root, say, withPath } from './bootstrap.mjs'

ensureInstalled()

const bin = (name) => join(root, 'node_modules/.bin', name)
const steps = [
  ['format and lint', bin('biome'), ['check', '.']],
  ['types', bin('tsc'), []],
  ['portal types', bin('tsc'), ['-p', 'packages/portal']],
  ['browser test types', bin('tsc'), ['-p', 'tests/browser']],
  ['portal words', bin('lingui'), ['check', 'sync'], 'packages/portal'],
  [
    'portal words in English',
    bin('lingui'),
    ['check', 'missing', '--mode', 'catalog'],
    'packages/portal',
  ],
  ['architecture', pinnedNode, ['scripts/architecture.mjs']],
  ['dead code', bin('knip'), []],
  ['docs', pinnedNode, ['scripts/docs.ts', '--check']],
]
let failed = 0
for (const [name, program, args, folder = ''] of steps) {
  const start = performance.now()
  const done = spawnSync(program, args, {
    cwd: join(root, folder),
    stdio: 'inherit',
    env: withPath(process.env),
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  say(`${done.status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  if (done.status !== 0) failed++
}
process.exit(failed === 0 ? 0 : 1)
