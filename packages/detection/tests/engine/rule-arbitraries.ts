import type { Logsource } from '@haidang/contracts/event'
import fc, { type Arbitrary } from 'fast-check'
import type { Condition, Item, ModelRule, Scalar, Search } from './rule-model.ts'

/** Pieces of texts that begin and end alike, change with letter case, or look like wildcards and escapes. */
const pieces = [
  ...['cmd', 'net', 'net1', '.exe', 'a', 'ab', ' ', '-enc', '/c', ' -e', '::', 'sekurlsa::', '7'],
  ...['\\', '\\\\', '*', '?', '\\*', '\\?', '%', '"', '{'],
  ...[
    'K',
    'k',
    '\u212a',
    'ſ',
    's',
    'İ',
    'I',
    'ı',
    'i',
    'Σ',
    'đ',
    'Đ',
    'É',
    '\ud83d',
    '\ud83d\ude00',
    '\0',
  ],
]
const piece = fc.constantFrom(...pieces)
export const text = fc.array(piece, { maxLength: 5 }).map((each) => each.join(''))
const plain = fc
  .array(fc.constantFrom('net', 'cmd', ' -enc', 'a', '7', 'đ', 'K'), { minLength: 1, maxLength: 3 })
  .map((each) => each.join(''))

export const addresses = ['10.1.2.3', '10.1.255.4', '192.0.2.255', '2001:db8::1', '2001:db8:0:1::5']
export const times = [
  ...['2026-01-05T02:07:09Z', '2021-01-03 23:59', '2020-12-31T00:00:00+07:00', '2024-02-29'],
]
const fields = ['A', 'B', 'CommandLine', 'Image', 'n.x', 'constructor']

const position = fc.constantFrom([], ['contains'], ['startswith'], ['endswith'], ['contains'])
const encoding = fc.constantFrom([], ['wide'], ['utf16'], ['utf16le'], ['utf16be'])
const some = (...names: string[]) => fc.subarray(names)
const listOf = <T>(value: Arbitrary<T>) => fc.array(value, { minLength: 1, maxLength: 3 })

/** Groups of modifiers that go together, with values they can be asked for. */
function kind(groups: Arbitrary<readonly string[]>[], values: Arbitrary<Scalar[]>) {
  return fc.tuple(fc.tuple(...groups), fc.nat(), values).map(([chosen, turn, its]) => ({
    modifiers: reordered(chosen.flat(), turn),
    values: its,
  }))
}

/** One of all orders. */
function reordered(names: readonly string[], turn: number): string[] {
  const left = [...names]
  const ordered: string[] = []
  for (let rest = turn; left.length > 0; rest = Math.floor(rest / (left.length + 1))) {
    ordered.push(...left.splice(rest % left.length, 1))
  }
  return ordered
}

const number = fc.oneof(fc.integer({ min: -3, max: 12 }), fc.constantFrom(4688, 1.5, 1e15))
const scalar: Arbitrary<Scalar> = fc.oneof(
  { weight: 12, arbitrary: text },
  { weight: 2, arbitrary: number },
  { weight: 1, arbitrary: fc.constantFrom<Scalar>(null, true, false) },
)
const texts = kind([position, some('all', 'cased', 'neq', 'windash')], listOf(scalar))
const ordinary = kind([position], listOf(text))
const expanded = kind(
  [fc.constant(['expand']), position, some('all', 'cased', 'neq')],
  listOf(fc.constantFrom('%admins%', 'x%tool%', '%tool%.exe', 'net')),
)
const base64 = kind(
  [
    fc.constantFrom(['base64'], ['base64offset']),
    encoding,
    position,
    some('all', 'neq', 'windash', 'cased'),
  ],
  listOf(plain),
)
const comparison = kind(
  [fc.constantFrom(['lt'], ['lte'], ['gt'], ['gte']), some('all', 'neq')],
  listOf(number),
)
const timePart = kind(
  [
    fc.constantFrom(['minute'], ['hour'], ['day'], ['week'], ['month'], ['year']),
    some('neq', 'all'),
  ],
  listOf(fc.constantFrom(1, 2, 3, 5, 7, 9, 12, 23, 29, 31, 53, 59, 2020, 2026)),
)
const cidr = kind(
  [fc.constant(['cidr']), some('all', 'neq')],
  listOf(
    fc.constantFrom(
      '10.1.0.0/16',
      '192.0.2.254/31',
      '10.1.2.3',
      '2001:db8::/63',
      '2001:db8::/0',
      '0.0.0.0/0',
    ),
  ),
)
const exists = kind(
  [fc.constant(['exists'])],
  fc.boolean().map((each) => [each]),
)
const fieldref = kind(
  [fc.constant(['fieldref']), position, some('all', 'neq', 'cased')],
  listOf(fc.constantFrom(...fields)),
)

const unit = fc.constantFrom(
  'net',
  'cmd',
  'a',
  'k',
  'K',
  'đ',
  '7',
  ' ',
  '\\\\',
  '.',
  '\\d',
  '\\w',
  '[ab]',
  '[^n]',
)
const count = fc.constantFrom('', '', '', '+', '*', '?', '{2}', '{1,3}', '{5,}')
const sequence = fc
  .array(fc.tuple(unit, count), { minLength: 1, maxLength: 3 })
  .map((each) => each.map(([what, often]) => `(?:${what})${often}`).join(''))
const source = fc
  .tuple(
    fc.constantFrom('', '', '', '^', '\\b'),
    listOf(sequence),
    fc.constantFrom('', '', '', '$', '\\B'),
  )
  .map(([before, ways, after]) => `${before}(?:${ways.join('|')})${after}`)
const expression = kind(
  [fc.constant(['re']), position, some('i', 'm', 's'), some('all', 'neq')],
  listOf(source),
)

const compared = fc.oneof(
  { weight: 4, arbitrary: ordinary },
  { weight: 6, arbitrary: texts },
  { weight: 2, arbitrary: expression },
  ...[expanded, base64, comparison, timePart, cidr, exists, fieldref].map((arbitrary) => ({
    weight: 1,
    arbitrary,
  })),
)
const fieldItem = fc
  .tuple(fc.constantFrom(...fields), compared)
  .map(([field, rest]): Item => ({ field, ...rest }))
const eventId: Arbitrary<Item> = listOf(fc.constantFrom<Scalar>(1, 4688, '1')).map((values) => ({
  field: 'EventID',
  modifiers: [],
  values,
}))
/** Values of a map are never keywords, so keywords stand alone. */
const keywords: Arbitrary<Search> = fc
  .tuple(fc.subarray(['all', 'cased']), listOf(fc.oneof(text, fc.constant('sekurlsa::'))))
  .map(([modifiers, values]) => [[{ field: '', modifiers: [...modifiers, 'contains'], values }]])

const items = fc
  .array(fc.oneof({ weight: 9, arbitrary: fieldItem }, { weight: 1, arbitrary: eventId }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((each) =>
    each.filter((item, i) => each.findIndex((other) => keyOf(other) === keyOf(item)) === i),
  )
const search: Arbitrary<Search> = fc.oneof(
  { weight: 6, arbitrary: items.map((each) => [each]) },
  { weight: 2, arbitrary: fc.array(items, { minLength: 2, maxLength: 2 }) },
  { weight: 1, arbitrary: keywords },
)

function keyOf({ field, modifiers }: Item): string {
  return [field, ...modifiers].join('|')
}

const names = fc.constantFrom(['sel_a', 'sel_b', 'filter'], ['sel_a', '_sel_b', 'other'])
const pattern = fc.constantFrom('them', 'sel_*', '*', 's*_a', 'sel_a')
const leaf = fc.oneof(
  fc.nat(2),
  fc.tuple(fc.constantFrom<'1' | 'any' | 'all'>('1', 'any', 'all'), pattern),
)

/** A condition over names that are known later: by their position. */
type Shape =
  | { readonly leaf: number | readonly ['1' | 'any' | 'all', string] }
  | { readonly not: Shape }
  | { readonly join: 'and' | 'or'; readonly parts: readonly Shape[] }

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: leaf.map((each) => ({ leaf: each })) },
    { weight: 1, arbitrary: tie('shape').map((not) => ({ not })) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(
          fc.constantFrom<'and' | 'or'>('and', 'or'),
          fc.array(tie('shape'), { minLength: 2, maxLength: 3 }),
        )
        .map(([join, parts]) => ({ join, parts })),
    },
  ),
}))

function conditionOf(shape: Shape, known: readonly string[]): Condition {
  if ('not' in shape) return { kind: 'not', part: conditionOf(shape.not, known) }
  if ('join' in shape) {
    return { kind: shape.join, parts: shape.parts.map((part) => conditionOf(part, known)) }
  }
  if (typeof shape.leaf === 'number') return { kind: 'name', name: known[shape.leaf] ?? 'sel_a' }
  const [quantity, meant] = shape.leaf
  return { kind: 'of', quantity, pattern: meant }
}

const windows: Logsource = { product: 'windows', category: 'process_creation' }
const logsource = fc.constantFrom<Logsource>(
  windows,
  windows,
  { product: 'windows' },
  { category: 'process_creation' },
)

/** A rule with whatever Sigma allows; shrinks to one item, one value, one name. */
export const modelRule: Arbitrary<ModelRule> = fc
  .tuple(
    logsource,
    names,
    fc.tuple(search, search, search),
    fc.array(shape, { minLength: 1, maxLength: 2 }),
  )
  .map(([source, known, searches, shapes]) => ({
    logsource: source,
    searches: known.flatMap((name, i) => {
      const its = searches[i]
      return its === undefined ? [] : [[name, its] as const]
    }),
    conditions: shapes.map((each) => conditionOf(each, known)),
  }))
