import type { Observable } from '@haidang/contracts/event'
import type { IndicatorTables } from '@haidang/detection/indicators/indicator-layer'
import { LayerBuilder } from '@haidang/detection/indicators/indicator-layer'
import { IndicatorSet } from '@haidang/detection/indicators/indicator-set'
import { tablesOf } from '@haidang/detection/indicators/indicator-tables'
import { z } from 'zod'

/** A list of harmless values, as MISP writes its warninglists. https://github.com/MISP/misp-warninglists */
export const KnownGoodList = z.object({
  name: z.string().min(1).max(200),
  type: z.enum(['string', 'hostname', 'cidr', 'substring', 'regex']).default('string'),
  list: z.array(z.string().max(4_096)).max(5_000_000),
})
export type KnownGoodList = z.infer<typeof KnownGoodList>

/** All lists together: plain data over shared memory, so that every thread looks in the same. */
export interface KnownGoodTables {
  /** Values that count only as they are written. */
  readonly exact: IndicatorTables
  /** Networks, and names with all below them. */
  readonly within: IndicatorTables
}

/** What came of reading lists. */
export interface ReadKnownGood {
  readonly tables: KnownGoodTables
  readonly values: number
  /** What is not used, and why. */
  readonly problems: readonly string[]
}

const mostLists = 8
const longestTime = '9999-12-31T23:59:59.000Z'

/** Tables of lists. Lists of parts of texts and of expressions are not used, and said to be so. */
export function buildKnownGood(lists: readonly KnownGoodList[], version: string): ReadKnownGood {
  const problems: string[] = []
  const used = lists.filter(({ name, type }) => {
    const isUsed = type !== 'substring' && type !== 'regex'
    if (!isUsed) problems.push(`${name}: lists of type ${type} are not used`)
    return isUsed
  })
  const isExact = ({ type }: KnownGoodList) => type === 'string'
  const exact = layerOf(used.filter(isExact), version, problems)
  const within = layerOf(
    used.filter((list) => !isExact(list)),
    version,
    problems,
  )
  return { tables: { exact, within }, values: exact.count + within.count, problems }
}

function layerOf(
  lists: readonly KnownGoodList[],
  version: string,
  problems: string[],
): IndicatorTables {
  const most = lists.reduce((sum, { list }) => sum + list.length, 1)
  const builder = new LayerBuilder({ seed: 0, most })
  for (const { name, list } of lists) {
    let refused = 0
    for (const value of list) {
      const statement = { written: value, source: name, confidence: 0, validUntil: 0, comment: '' }
      if (builder.add(statement) !== undefined) refused += 1
    }
    if (refused > 0) problems.push(`${name}: ${refused} of ${list.length} values cannot be used`)
  }
  return tablesOf(builder.finish(), { version, seed: 0, problems: [] })
}

/** Looks values up among the known-good. */
export class KnownGood {
  readonly #exact: IndicatorSet
  readonly #within: IndicatorSet

  constructor({ exact, within }: KnownGoodTables) {
    this.#exact = new IndicatorSet(exact)
    this.#within = new IndicatorSet(within)
  }

  get isEmpty(): boolean {
    return this.#exact.count + this.#within.count === 0
  }

  /** Names of the lists a value stands in, at most eight; none: an empty list. */
  listsOf(type: Observable['type'], value: string): readonly string[] {
    const exact = this.#exact.lookUp(type, value, longestTime)
    const within = this.#within.lookUp(type, value, longestTime)
    const same = exact?.text === value.toLowerCase() ? exact.statements : []
    const lists = new Set([...same, ...(within?.statements ?? [])].map(({ source }) => source))
    return lists.size === 0 ? none : [...lists].sort().slice(0, mostLists)
  }
}

const none: readonly string[] = []
