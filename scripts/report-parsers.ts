import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Report, reportParsers } from './parsers/report.ts'
import { share, type Tally } from './parsers/tally.ts'

// `npm run report:parsers [-- --json]`: what becomes of every recorded and constructed record there is. Exit 1 if
// a supported product falls below 99 % in class, time or observables, or a record is neither event nor reject.
const root = join(import.meta.dirname, '..')
const setting = process.env['HAIDANG_SHARED']
const shared = !setting || setting === 'required' ? join(root, '../shared') : setting
const data = join(shared, 'data')
if (!existsSync(data)) {
  console.error(`no recordings in ${data}: only our own fixtures are read`)
  if (setting === 'required') process.exit(1)
}
const report = reportParsers({ data, repository: root }, Number.POSITIVE_INFINITY)
if (process.argv.includes('--json')) console.log(JSON.stringify(report, null, 2))
else print(report)
process.exit(report.failures.length === 0 ? 0 : 1)

function print({ families, products, failures }: Report): void {
  table('family', families, ({ kind }) => kind)
  for (const { name, refusals } of families)
    for (const { reason, count, example } of refusals)
      console.log(`  rejected of ${name}: ${count} × ${reason}: ${JSON.stringify(example)}`)
  console.log('\nRecorded records by product (the bar is 99 % for supported ones)')
  const recorded = products.filter((product) => product.recorded > 0)
  table('product', recorded, ({ supported }) => (supported ? 'supported' : 'kept'))
  const unproven = products.filter(({ recorded, supported }) => supported && recorded === 0)
  console.log(`\nOnly constructed lines: ${unproven.map(({ name }) => name).join(', ')}`)
  console.log(
    'Shares: class of the events that are no figures about a sensor; time of the records that have one; observables of\nthe records that show an address, a SHA-256, a URL or a mail address.',
  )
  for (const failure of failures) console.log(`FAILED ${failure}`)
}

function table<T extends Tally & { readonly name: string }>(
  title: string,
  rows: readonly T[],
  word: (row: T) => string,
): void {
  const width = Math.max(...rows.map(({ name }) => name.length), title.length)
  const head = ['records', 'events', 'rejects', 'class', 'time', 'observ.']
  console.log([title.padEnd(width), ...head.map((each) => each.padStart(8))].join(' '))
  for (const row of rows) {
    const cells = [
      row.records,
      row.events,
      row.rejects,
      share(row.classed, row.classable).toFixed(1),
      share(row.ownTime, row.timed).toFixed(1),
      share(row.observed, row.observable).toFixed(1),
    ]
    console.log(
      [row.name.padEnd(width), ...cells.map((c) => String(c).padStart(8)), word(row)].join(' '),
    )
  }
}
