import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Figures } from './figure.ts'

// `npm run bench [-- NAME…]`: one JSON object per figure on standard output; a name is a file of this folder.
const own = new Set(['bench.ts', 'figure.ts', 'centre-database.ts'])
const files = readdirSync(import.meta.dirname).filter(
  (file) => file.endsWith('.ts') && !own.has(file),
)
const wanted = process.argv.slice(2).map((name) => `${name}.ts`)
const unknown = wanted.filter((file) => !files.includes(file))
if (unknown.length > 0) {
  console.error(
    `no bench ${unknown.join(', ')}; there are: ${files.map((file) => file.slice(0, -3)).join(' ')}`,
  )
  process.exit(2)
}
for (const file of wanted.length > 0 ? wanted : files) {
  const { figures } = (await import(join(import.meta.dirname, file))) as { figures: Figures }
  for await (const figure of figures()) console.log(JSON.stringify(figure))
}
