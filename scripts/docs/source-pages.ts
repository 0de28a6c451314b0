import { eventClasses } from '@haidang/contracts/event'
import { labels } from '@haidang/contracts/labels'
import { filledLines, formatOf, type Product, type WayIn } from '@haidang/contracts/product'
import { products } from '@haidang/contracts/product-catalogue'
import { formatNames } from '@haidang/contracts/record-format'
import { placedCollectors, tokenCollectors } from '@haidang/contracts/source'
import { usualPort } from '@haidang/contracts/usual-ports'
import { filledFields } from '@haidang/station/survey/filled-fields'
import { cell } from './schema-table.ts'
import { type Fixture, fixturesOf } from './source-fixtures.ts'

const classNames = new Map<number, string>(
  Object.entries(eventClasses).map(([name, uid]) => [uid, name]),
)
const longestExample = 60

/** docs/reference/sources/README.md: all products, by kind. */
export function sourceIndex(): string {
  const all = products.map((product) => ({ product, fixtures: fixturesOf(product) }))
  const files = new Set(all.flatMap(({ fixtures }) => fixtures.map(({ record }) => record)))
  return [
    '# Products',
    '',
    'Generated from `packages/contracts/src/products` and the fixtures of the normalisers (`npm run docs`). The same list stands in the portal',
    '(Trạm → Nguồn của nút này → Thêm nguồn), where the lines carry the station’s own address, port and token. What is not listed by name is',
    'read by its notation, or kept as text. `npx haidang source test FILE` says what a file of records would become.',
    '',
    `Fixtures: ${files.size} records.`,
    '',
    ...Object.entries(labels.productKind).flatMap(([kind, { en }]) => [
      `## ${en}`,
      '',
      '| product | vendor | format | ways in | fixtures: recorded, constructed |',
      '|---|---|---|---|---|',
      ...all
        .filter(({ product }) => product.kind === kind)
        .map(({ product, fixtures }) => {
          const { id, name, vendor, formats, ways } = product
          const [real, constructed] = shares(fixtures)
          const kinds = [...new Set(ways.map(({ collector }) => collector))].join(', ')
          return `| [${name}](${id}.md) | ${vendor} | ${formats.join(', ')} | ${kinds} | ${real}, ${constructed} |`
        }),
      '',
    ]),
  ].join('\n')
}

/** docs/reference/sources/<product>.md */
export function sourcePage(product: Product): string {
  const { name, vendor, formats, versions, documentation, ways, first } = product
  const fixtures = fixturesOf(product)
  const [real, constructed] = shares(fixtures)
  const logsources = [...new Set(fixtures.map(({ event }) => words(event.logsource)))].toSorted()
  return [
    `# ${name}`,
    '',
    'Generated (`npm run docs`); [all products](README.md).',
    '',
    '| | |',
    '|---|---|',
    ...(vendor === '' ? [] : [`| vendor | ${vendor} |`]),
    `| read as | ${formats.map((format) => `${formatNames[format]} (\`${format}\`)`).join(', ')} |`,
    ...(versions === '' ? [] : [`| versions | ${versions} |`]),
    `| documentation | ${documentation} |`,
    `| log source for rules | ${logsources.map((each) => `\`${each}\``).join(', ')} |`,
    `| fixtures | ${real} recorded, ${constructed} constructed from the documentation |`,
    '',
    '## Send',
    '',
    ...ways.flatMap((way) => wayLines(product, way)),
    '## First event',
    '',
    first.en,
    '',
    ...exampleLines(fixtures[0]),
    '## Events',
    '',
    '| class | of the fixtures |',
    '|---|---|',
    ...counted(fixtures.map(({ event }) => classNames.get(event.class_uid) ?? '')).map(
      ([eventClass, count]) => `| \`${eventClass}\` | ${count} |`,
    ),
    '',
    '## Fields filled',
    '',
    `Of ${fixtures.length} fixtures; the attributes are those of [the event](../event.md).`,
    '',
    '| attribute | fixtures | example |',
    '|---|---|---|',
    ...fieldRows(fixtures),
    '',
  ].join('\n')
}

function wayLines(product: Product, way: WayIn): string[] {
  const { collector, put, lines, path } = way
  const port = usualPort(collector)
  const values = {
    host: 'STATION',
    port: String(port ?? ''),
    token: 'TOKEN',
    name: product.id,
    path: path ?? '',
    origin: 'https://STATION',
    isTls: false,
  }
  const place = path === undefined ? '' : ` --path '${path}'`
  const format = formatOf(product) === 'auto' ? '' : ` --format ${formatOf(product)}`
  const note = tokenCollectors.has(collector) ? '      # prints TOKEN, once' : ''
  return [
    `### ${collector}${put === '' ? '' : `: ${put}`}`,
    '',
    '```',
    `npx haidang source add ${product.id} --collector ${collector}${format}${place}${note}`,
    '```',
    '',
    ...(lines === '' || placedCollectors.has(collector)
      ? ['The station reads the file itself; nothing is to be set up at the sender.']
      : ['```', filledLines(way, values), '```']),
    '',
  ]
}

function exampleLines(fixture: Fixture | undefined): string[] {
  if (!fixture) return []
  const { record, event } = fixture
  return [
    '```',
    record.length > 1000 ? `${record.slice(0, 1000)} …` : record,
    '```',
    '',
    `becomes \`${classNames.get(event.class_uid)}\`: “${event.message.replaceAll('\n', ' ')}”`,
    '',
  ]
}

function fieldRows(fixtures: readonly Fixture[]): string[] {
  const examples = new Map<string, string>()
  const filled = fixtures.flatMap(({ event }) => filledFields(event))
  for (const [field, example] of filled) if (!examples.has(field)) examples.set(field, example)
  return counted(filled.map(([field]) => field)).map(([field, count]) => {
    const example = (examples.get(field) ?? '').slice(0, longestExample)
    const shown = example
      .replaceAll('`', '’')
      .replace(/\p{Cc}/gu, ' ')
      .trim()
    return `| \`${field}\` | ${count} | ${shown === '' ? '' : `\`${cell(shown)}\``} |`
  })
}

/** Most first; of equal ones in the order of their names. */
function counted(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

function shares(fixtures: readonly Fixture[]): [real: number, constructed: number] {
  const constructed = fixtures.filter(({ isConstructed }) => isConstructed).length
  return [fixtures.length - constructed, constructed]
}

function words(logsource: Fixture['event']['logsource']): string {
  return Object.entries(logsource)
    .map(([part, value]) => `${part}: ${value}`)
    .join(', ')
}
