import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import configuration from '../.dependency-cruiser.js'

// dependency-cruiser that cannot read TypeScript finds nothing and passes: count what it read.
const root = join(import.meta.dirname, '..')
const written = readdirSync(join(root, 'packages'), { recursive: true }).filter(
  (name) => /\.tsx?$/.test(name) && !/node_modules|dist\//.test(name),
).length

process.chdir(root)
const { output } = await cruise(
  ['packages'],
  { ...configuration.options, ruleSet: { forbidden: configuration.forbidden }, validate: true },
  {},
  { tsConfig: extractTSConfig('tsconfig.json') },
)
const result = output
for (const { from, to, rule } of result.summary.violations) {
  const comment = configuration.forbidden.find(({ name }) => name === rule.name)?.comment ?? ''
  console.error(`${rule.name}: ${from} → ${to}\n    ${comment}`)
}
const read = result.modules.filter(({ source }) => /^packages\/.*\.tsx?$/.test(source)).length
console.error(`${read} of ${written} modules read, ${result.summary.violations.length} violations`)
if (read < written * 0.95) console.error('too few modules were read: the check would prove nothing')
process.exit(result.summary.violations.length === 0 && read >= written * 0.95 ? 0 : 1)
