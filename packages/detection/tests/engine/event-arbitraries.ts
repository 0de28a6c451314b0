import fc, { type Arbitrary } from 'fast-check'
import { tokensOf } from './naive-tests.ts'
import { addresses, text, times } from './rule-arbitraries.ts'
import type { ModelRule } from './rule-model.ts'

/** Texts rules ask for, by field; the empty name holds all. */
type Pool = ReadonlyMap<string, readonly string[]>

/** Makes a value of a record when it is known what the rules look for. */
type Draft = (pool: readonly string[]) => unknown

const changes: Readonly<Record<string, (value: string, more: string) => string>> = {
  same: (value) => value,
  upper: (value) => value.toUpperCase(),
  lower: (value) => value.toLowerCase(),
  before: (value, more) => `${more}${value}`,
  behind: (value, more) => `${value}${more}`,
  path: (value, more) => `C:\\${more}\\${value}`,
  shorter: (value) => value.slice(0, -1),
  later: (value) => value.slice(1),
  twice: (value, more) => `${value.slice(0, -1)}${more}${value}`,
  kelvin: (value) => value.replace(/k/i, '\u212a'),
  slash: (value) => value.replace('-', '/').replace(' ', ' –'),
}
const shown = (name: string, draft: Draft): Draft & { toString(): string } =>
  Object.assign(draft, { toString: () => name, [fc.toStringMethod]: () => name })

const near: Arbitrary<Draft> = fc
  .tuple(
    fc.nat(255),
    fc.constantFrom(...Object.keys(changes)),
    fc.constantFrom('', 'x', 'net', 'đ'),
  )
  .map(([which, change, more]) =>
    shown(`${change} ${which} ${more}`, (pool) => {
      const value = filled(pool[which % Math.max(pool.length, 1)] ?? '', more)
      return changes[change]?.(value, more) ?? value
    }),
  )
const own: Arbitrary<Draft> = fc
  .oneof(
    text,
    fc.constantFrom(...addresses, ...times, '7', '1.5', '0x7'),
    fc.oneof(
      fc.integer({ min: -3, max: 12 }),
      fc.constantFrom(4688, 1.5, Number.POSITIVE_INFINITY),
    ),
    fc.constantFrom(null, true, false, ''),
  )
  .map((value) => shown(JSON.stringify(value), () => value))
const scalar = fc.oneof({ weight: 5, arbitrary: near }, { weight: 2, arbitrary: own })
const list: Arbitrary<Draft> = fc
  .array(scalar, { maxLength: 3 })
  .map((drafts) => shown(`[${drafts.join()}]`, (pool) => drafts.map((draft) => draft(pool))))
const value: Arbitrary<Draft> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 1, arbitrary: list },
  {
    weight: 1,
    arbitrary: scalar.map((draft) => shown(`{x: ${draft}}`, (pool) => ({ x: draft(pool) }))),
  },
)

const eventId = fc.constantFrom<unknown>(undefined, 1, '1', 4688, 3, [1, 3])
const wholeRecord = fc.record(
  {
    A: value,
    B: value,
    CommandLine: value,
    Image: value,
    'n.x': value,
    constructor: value,
    deep: value,
  },
  { requiredKeys: [] },
)
const nested = fc.option(fc.oneof(scalar, list), { nil: undefined })

/** A record to be made, what of the event stands behind it, and how its JSON is written. */
export interface ModelEvent {
  readonly record: Readonly<Record<string, Draft>>
  readonly eventId: unknown
  /** The field `x` of the object `n`, or of each of two in a list. */
  readonly nested: Draft | undefined
  readonly inList: boolean
  /** Whether it uses the names of the rules by itself. */
  readonly speaks: boolean
  readonly process: { readonly path: string; readonly line: string }
}

export const modelEvent: Arbitrary<ModelEvent> = fc.record({
  record: wholeRecord,
  eventId,
  nested,
  inList: fc.boolean(),
  speaks: fc.boolean(),
  process: fc.record({ path: text, line: text }),
})

/** What the record of an event is, given the rules it is tried on. */
export function recordOf(model: ModelEvent, pool: Pool): Record<string, unknown> {
  const record = Object.fromEntries(
    Object.entries(model.record).map(([field, draft]) => [
      field,
      draft(pool.get(pool.has(field) ? field : '') ?? []),
    ]),
  )
  const x = model.nested?.(pool.get('n.x') ?? [])
  if (x !== undefined) record['n'] = model.inList ? [{ x }, { x: 'net' }, {}] : { x }
  if (model.eventId !== undefined) record['EventID'] = model.eventId
  return record
}

/** Everything rules look for, by field. */
export function poolOf(rules: readonly ModelRule[]): Pool {
  const pool = new Map<string, string[]>([['', []]])
  const items = rules.flatMap(({ searches }) => searches.flatMap(([, search]) => search.flat()))
  for (const { field, modifiers, values } of items) {
    const its = pool.get(field) ?? []
    pool.set(field, its)
    for (const each of values) {
      const wanted = wantedBy(modifiers, String(each))
      its.push(wanted)
      pool.get('')?.push(wanted)
    }
  }
  return pool
}

function wantedBy(modifiers: readonly string[], written: string): string {
  if (modifiers.includes('re'))
    return written.replaceAll(/\(\?:|[)(^$|]|\\[bB]|[+*?]|\{\d,?\d?\}/g, '')
  if (modifiers.includes('expand'))
    return written.replace('%admins%', 'AdmXn').replace('%tool%', 'NET')
  if (!modifiers.some((name) => name.startsWith('base64'))) return written
  const encoding = modifiers.some((name) => /wide|utf16/.test(name)) ? 'utf16le' : 'utf8'
  const dashed = modifiers.includes('windash') ? written.replace('-', '/') : written
  return Buffer.from(dashed, encoding).toString('base64')
}

/** A text the pattern accepts. */
function filled(pattern: string, more: string): string {
  return tokensOf(pattern)
    .map((token) => (typeof token === 'object' ? token.unit : token === 'any' ? more : 'Q'))
    .join('')
}
