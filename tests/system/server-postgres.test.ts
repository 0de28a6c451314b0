import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serverBinaries, temporaryServer } from './server-postgres.ts'

const root = join(import.meta.dirname, '../..')
const bin = serverBinaries()
if (bin === undefined) {
  if (process.env['CI'] === 'true') throw new Error('CI=true: a PostgreSQL server must be here')
  console.log(
    'No PostgreSQL server on this machine: the database contract ran on the embedded one only',
  )
}

// The adapter of `database.url` is the embedded one's with another address: the same suites, on a server of Debian's.
test.skipIf(bin === undefined)(
  'the database, journal and jobs suites pass on a PostgreSQL server',
  { timeout: 240_000 },
  async () => {
    await using server = await temporaryServer(bin ?? '')
    const suites = [
      'database',
      'filter-sql',
      'keyset',
      'migrator',
      'listener',
      'journal-log',
      'jobs',
    ]
    const files = suites.map((name) => `${name}.test.ts`)
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const run = spawn(
      process.execPath,
      [
        vitest,
        'run',
        '--project',
        'parts',
        ...files.map(
          (file) => `packages/runtime/src/${file.match(/journal|jobs/) ? '' : 'database/'}${file}`,
        ),
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          DATABASE_URL: server.url,
          VITEST: '',
          VITEST_POOL_ID: '',
          VITEST_WORKER_ID: '',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let said = ''
    for (const stream of [run.stdout, run.stderr])
      stream.on('data', (text: Buffer) => {
        said += text.toString()
      })
    const [code] = (await once(run, 'exit')) as [number | null]
    expect(code, said.slice(-4_000)).toBe(0)
    expect(said).toMatch(/Tests .*passed/)
  },
)
