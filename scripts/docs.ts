import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { products } from '@haidang/contracts/product-catalogue'
import { apiPage } from './docs/api-page.ts'
import { configurationPage } from './docs/configuration-page.ts'
import { eventPage } from './docs/event-page.ts'
import { personalDataPage } from './docs/personal-data-page.ts'
import { sourceIndex, sourcePage } from './docs/source-pages.ts'
import { permissionsPage, problemsPage } from './docs/word-pages.ts'

// Pages of docs/reference are generated from the contracts; `--check` only says whether they are fresh.
const root = join(import.meta.dirname, '..')
const sources = 'docs/reference/sources'
const pages: Record<string, () => string> = {
  'docs/reference/event.md': eventPage,
  'docs/reference/api.md': apiPage,
  'docs/reference/problems.md': problemsPage,
  'docs/reference/permissions.md': permissionsPage,
  'docs/reference/configuration.md': configurationPage,
  'docs/reference/personal-data.md': personalDataPage,
  [`${sources}/README.md`]: sourceIndex,
  ...Object.fromEntries(
    products.map((product) => [`${sources}/${product.id}.md`, () => sourcePage(product)]),
  ),
}
const orphans = namesIn(join(root, sources))
  .map((name) => `${sources}/${name}`)
  .filter((path) => !(path in pages))
const stale = Object.entries(pages).filter(([path, page]) => readOr(join(root, path)) !== page())

if (process.argv.includes('--check')) {
  for (const [path] of stale)
    console.error(`${path} is not what the contracts say; run: npm run docs`)
  for (const path of orphans) console.error(`${path} is of no product; run: npm run docs`)
  process.exit(stale.length + orphans.length === 0 ? 0 : 1)
}
for (const path of orphans) rmSync(join(root, path))
for (const [path, page] of stale) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), page())
  console.error(`wrote ${path}`)
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
