import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Missed } from './missed.ts'

interface Proof {
  readonly prove: (say: (text: string) => void) => Promise<Record<string, number | string>>
}

// `npm run prove [-- NAME…]`: long proofs, each at most an hour; the last result of each stands in bench/proofs.json.
const root = join(import.meta.dirname, '../..')
const results = join(root, 'bench/proofs.json')
const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.proof.ts'))
const wanted = process.argv.slice(2).map((name) => `${name}.proof.ts`)
const unknown = wanted.filter((file) => !files.includes(file))
if (unknown.length > 0) {
  console.error(
    `no proof ${unknown.join(', ')}; there are: ${files.map((file) => file.slice(0, -9)).join(' ')}`,
  )
  process.exit(2)
}
let failed = 0
for (const file of wanted.length > 0 ? wanted : files) {
  const name = file.slice(0, -9)
  const { prove } = (await import(join(import.meta.dirname, file))) as Proof
  const start = Date.now()
  try {
    const figures = await prove((text) => console.error(`${name}: ${text}`))
    record(name, { passed: true, seconds: Math.round((Date.now() - start) / 1000), ...figures })
  } catch (error) {
    failed++
    console.error(error)
    const cause = error instanceof Error ? error.message : String(error)
    record(name, { passed: false, cause, ...(error instanceof Missed && error.figures) })
  }
}
process.exit(failed === 0 ? 0 : 1)

function record(name: string, outcome: object): void {
  const all = JSON.parse(readFileSync(results, 'utf8')) as Record<string, object>
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim()
  all[name] = { date: new Date().toISOString(), commit, ...outcome }
  writeFileSync(results, `${JSON.stringify(all, null, 2)}\n`)
  console.log(JSON.stringify({ name, ...all[name] }))
}
