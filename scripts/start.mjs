// `npm start`: installs what is missing, builds the portal, starts a node.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureInstalled, ensurePortal, pinnedNode, root, withPath } from './bootstrap.mjs'

ensureInstalled()
ensurePortal()

const child = spawn(
  pinnedNode,
  [join(root, 'packages/haidang/src/main.ts'), 'start', ...process.argv.slice(2)],
  { stdio: 'inherit', env: withPath(process.env) },
)
// The terminal sends Ctrl-C to both; a signal sent to this process alone is passed on. The child decides when to end.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
}
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
