import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const portal = join(import.meta.dirname, '../../packages/portal')
const isBuilt = existsSync(join(portal, 'dist/.vite/manifest.json'))

test.skipIf(!isBuilt && process.env['CI'] !== 'true')(
  'what a browser loads before the first paint keeps within its budget (needs a built portal: `npm test` builds it)',
  () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/size.mjs'], {
      cwd: portal,
      encoding: 'utf8',
    })
    expect(status, stdout + stderr).toBe(0)
  },
)
