// `npm run check`: format, lint, types, architecture, dead code, portal, docs. Each step prints its own findings.
import { spawn } from 'node:child_process'
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

/** Runs one step; what it says is shown when it has ended, so that two never speak at once. */
function run([name, program, args, folder = '']) {
  const start = performance.now()
  const child = spawn(program, args, { cwd: join(root, folder), env: withPath(process.env) })
  const said = []
  child.stdout.on('data', (bytes) => said.push(bytes))
  child.stderr.on('data', (bytes) => said.push(bytes))
  return new Promise((resolve) => {
    child.on('error', (error) => said.push(Buffer.from(`${error}\n`)))
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(said))
      const seconds = ((performance.now() - start) / 1000).toFixed(1)
      say(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
      resolve(status === 0)
    })
  })
}

// Two at a time: most use one core.
const passed = []
const waiting = steps.values()
const worker = async () => {
  for (const step of waiting) passed.push(await run(step))
}
await Promise.all([worker(), worker()])
process.exit(passed.length === steps.length && passed.every(Boolean) ? 0 : 1)
