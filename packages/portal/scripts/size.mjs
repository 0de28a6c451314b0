// Fails when the first JavaScript of the portal (entry and what it imports statically) exceeds its budget.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const budgetBytes = 300 * 1024
const dist = join(import.meta.dirname, '../dist')
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))

/** Keys of the manifest a browser must load before the first paint. */
function staticImports(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of manifest[key].imports ?? []) staticImports(imported, seen)
  return seen
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const files = [...staticImports(entry)].map((key) => manifest[key].file)
const gzipped = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
const total = files.reduce((sum, file) => sum + gzipped(file), 0)

process.stdout.write(
  `${JSON.stringify({
    name: 'portal.first_javascript',
    value: total,
    unit: 'bytes_gzip',
    budget: budgetBytes,
  })}\n`,
)
if (total > budgetBytes) process.exitCode = 1
