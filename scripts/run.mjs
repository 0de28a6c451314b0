// Runs one of the project's own TypeScript programs under the pinned Node: `node scripts/run.mjs FILE [ARGS]`.
import { become, ensureInstalled, ensurePortal } from './bootstrap.mjs'

ensureInstalled()
ensurePortal()
become(process.argv.slice(2))
