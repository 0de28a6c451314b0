import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const seconds = 60

/**
 * A minute of 200 requests at a time of six organisations, none of which reads a row of another; and for every
 * kind of thing 1,000 interleaved pairs of "not there" and "not for you", alike by rank and median.
 */
export async function prove(say: (text: string) => void): Promise<Record<string, number>> {
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'parts'],
      'packages/centre/tests/segregation.test.ts',
    ],
    {
      cwd: root,
      env: { ...process.env, HAIDANG_SEGREGATION_SECONDS: String(seconds) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const told = stdout.split('\n').filter((line) => line.includes('segregation'))
  for (const line of told) say(line)
  assert.equal(status, 0, stdout.slice(-4_000))
  const counts = /segregation (\{.*\})/.exec(stdout)?.[1]
  assert.ok(counts, 'the test says how much was asked')
  const timings = [...stdout.matchAll(/"p":([\d.e-]+)\}\]/g)].map(([, p]) => Number(p))
  assert.ok(timings.length >= 7, 'every kind of thing was timed')
  return { ...(JSON.parse(counts) as Record<string, number>), least_p: Math.min(...timings) }
}
