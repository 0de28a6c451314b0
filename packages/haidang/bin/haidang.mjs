#!/usr/bin/env node
// Started by any Node ≥ 20 (npx picks the system's); the program itself runs on the pinned one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dirname
const modules = join(here, '../../../node_modules')
const pinned = join(modules, '.bin/node')
if (!existsSync(pinned)) {
  process.stderr.write(
    'haidang: packages are not installed yet; run `npm start` or `npm ci` in the checkout first\n',
  )
  process.exit(1)
}
const done = spawnSync(pinned, [join(here, '../src/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: join(modules, '.cache/compiled'), ...process.env },
})
process.exit(done.status ?? 1)
