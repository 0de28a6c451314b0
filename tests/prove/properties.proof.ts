import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const rounds = 10

/** Every property test again, each round with inputs nobody has seen; a failing seed is printed by the test. */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const files = globSync('packages/*/{src,tests}/**/*.test.ts', { cwd: root }).filter((file) =>
    readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"),
  )
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`)
    const { status } = spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--project',
        'parts',
        '--project',
        'stations',
        ...files,
      ],
      { cwd: root, env: { ...process.env, HAIDANG_PROPERTY_SEED: 'random' }, stdio: 'inherit' },
    )
    assert.equal(status, 0, `a property failed in round ${round}`)
  }
  return { files: files.length, rounds }
}
