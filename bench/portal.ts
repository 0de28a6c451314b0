import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Figure } from './figure.ts'

const dist = join(import.meta.dirname, '../packages/portal/dist')

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly isEntry?: boolean
}

/** Bytes of the built portal as a browser fetches them; `npm start` or `npm test` builds it. */
export async function* figures(): AsyncGenerator<Figure> {
  const file = join(dist, '.vite/manifest.json')
  if (!existsSync(file)) throw new Error('the portal is not built: npm start builds it')
  const chunks = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>
  const entry = Object.keys(chunks).find((key) => chunks[key]?.isEntry)
  if (entry === undefined) throw new Error('the manifest of the portal names no entry')
  const first = [...neededFor(entry, chunks)].map((key) => chunks[key]?.file ?? '')
  const all = new Set(Object.values(chunks).map((chunk) => chunk.file))
  const scripts = [...all].filter((name) => name.endsWith('.js'))
  yield figureOf('portal.first-javascript', first)
  yield figureOf('portal.all-javascript', scripts)
}

/** The entry and what it imports statically: a browser has to load all of it before the first paint. */
function neededFor(key: string, chunks: Record<string, Chunk>, seen = new Set<string>()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const imported of chunks[key]?.imports ?? []) neededFor(imported, chunks, seen)
  return seen
}

function figureOf(name: string, files: readonly string[]): Figure {
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(dist, file)), { level: 9 }).length,
    0,
  )
  return { name, value: Math.round(bytes / 102.4) / 10, unit: 'KiB gzip', median_of: 1 }
}
