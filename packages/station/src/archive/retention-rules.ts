import { hash } from 'node:crypto'
import type { RetentionPolicy } from '@haidang/contracts/archive'
import { tlpRank } from '@haidang/contracts/tlp'
import type { ArchiveFileRow } from './archive-tables.ts'

/** A part of a statement over the table of events, with its bound values. */
export interface Fragment {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

type Keeping = Pick<RetentionPolicy['otherwise'], 'hot_days' | 'archive_days'>
type Filed = Pick<ArchiveFileRow, 'cut' | 'rule' | 'tlp_rank' | 'classes' | 'sources'>

/** A retention policy, ready to decide; rules are numbered in their order, "none fits" comes last. */
export class RetentionRules {
  /** The same for policies that divide events alike, whatever their days. */
  readonly cut: string
  readonly #policy: RetentionPolicy

  constructor(policy: RetentionPolicy) {
    this.#policy = policy
    const conditions = policy.rules.map(({ tlp, classes, sources }) => [tlp, classes, sources])
    this.cut = hash('sha256', JSON.stringify(conditions)).slice(0, 16)
  }

  /** Number of the rule that decides about a row. */
  get rule(): Fragment {
    const parameters: Record<string, unknown> = {}
    const cases = this.#policy.rules.map(({ tlp, classes, sources }, number) => {
      const conditions = ['true']
      if (tlp.length > 0) conditions.push(`tlp_rank IN (${tlp.map(tlpRank).join(', ')})`)
      if (classes.length > 0) conditions.push(`class_uid IN (${classes.map(Number).join(', ')})`)
      if (sources.length > 0) {
        parameters[`rule${number}`] = sources
        conditions.push(`source_id IN {rule${number}:Array(String)}`)
      }
      return `${conditions.join(' AND ')}, ${number}`
    })
    const otherwise = this.#policy.rules.length
    const sql =
      cases.length === 0
        ? `materialize(${otherwise})`
        : `multiIf(${cases.join(', ')}, ${otherwise})`
    return { sql, parameters }
  }

  /** Numbers of the rules whose events have been in the event store for longer than they are kept there. */
  due(age: number): number[] {
    return this.#each.flatMap(({ hot_days }, number) => (age > hot_days ? [number] : []))
  }

  /** How many rules there are, "none fits" among them. */
  get count(): number {
    return this.#each.length
  }

  /** The fewest days any event stays in the event store. */
  get shortest(): number {
    return Math.min(...this.#each.map(({ hot_days }) => hot_days))
  }

  /** Days after which nothing in a file must be kept any longer. */
  daysOf(file: Filed): number {
    const decisive = file.cut === this.cut ? [this.#each[file.rule]] : this.#fitting(file)
    return Math.max(...decisive.map((kept) => (kept ? kept.hot_days + kept.archive_days : 0)))
  }

  get #each(): readonly Keeping[] {
    return [...this.#policy.rules, this.#policy.otherwise]
  }

  /** Rules that may decide about something in a file that was cut by other rules. */
  #fitting({ tlp_rank, classes, sources }: Filed): readonly Keeping[] {
    const fits = this.#policy.rules.filter(
      (rule) =>
        (rule.tlp.length === 0 || rule.tlp.map(tlpRank).includes(tlp_rank)) &&
        meets(rule.classes, classes) &&
        meets(rule.sources, sources),
    )
    return [...fits, this.#policy.otherwise]
  }
}

/** Whether a rule may mean some of what a file holds; a file that names nothing may hold anything. */
function meets<T>(named: readonly T[], held: readonly T[]): boolean {
  return named.length === 0 || held.length === 0 || held.some((each) => named.includes(each))
}
