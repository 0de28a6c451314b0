import type {
  Answers,
  Classification,
  ClassificationRules,
  KnownFact,
  SeriousTest,
  Taxonomy,
} from '@haidang/contracts/classification'
import type { Impact, IncidentType } from '@haidang/contracts/incident'
import { millisecondsOf } from '@haidang/contracts/instant'
import { isValidOn } from '@haidang/contracts/regulation'
import type { Severity } from '@haidang/contracts/severity'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../vietnam-date.ts'

interface Typed {
  readonly type: IncidentType
  readonly rsit: string
}

/** How incidents are classified, by the rules of a day. */
export class Classifier {
  readonly #taxonomy: Taxonomy
  readonly #rules: readonly ClassificationRules[]
  readonly #codes: ReadonlySet<string>

  /** Throws Problem configuration.invalid where rules name a type the taxonomy has not, or none are given. */
  constructor(taxonomy: Taxonomy, rules: readonly ClassificationRules[]) {
    this.#taxonomy = taxonomy
    this.#rules = rules.toSorted((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
    this.#codes = new Set(
      taxonomy.classes.flatMap(({ id, types }) => types.map((type) => `${id}/${type.id}`)),
    )
    if (rules.length === 0) throw new Problem('configuration.invalid', 'no classification rules')
    for (const { profile, types } of rules) {
      const strange = Object.values(types.rsit)
        .flat()
        .find((code) => !this.#codes.has(code))
      if (strange) {
        throw new Problem('configuration.invalid', `${profile}: ${strange} is not in the taxonomy`)
      }
    }
  }

  /** Taxonomy and rules of the day of an instant. */
  at(instant: string): Classification {
    const day = vietnamDate(millisecondsOf(instant))
    const rules = this.#rules.findLast((one) => isValidOn(one, day)) ?? this.#rules[0]
    if (!rules) throw new Problem('configuration.invalid', 'no classification rules')
    return { taxonomy: this.#taxonomy, rules }
  }

  /** The type of the taxonomy: as told, else the one the national type leads to. Throws Problem request.invalid. */
  rsitOf(type: IncidentType, told: string | undefined, now: string): string {
    if (told === undefined) return this.#first(type, now)
    if (this.#codes.has(told)) return told
    throw new Problem('request.invalid', `rsit: ${told} is not in the taxonomy`, [
      {
        field: 'rsit',
        cause: `no ${told} in ${this.#taxonomy.name}`,
        remedy: 'choose one of its types',
      },
    ])
  }

  /** The type of the taxonomy after a change; undefined: it stays. One chosen by somebody is not overwritten. */
  rsitAfter(
    before: Typed,
    change: { readonly type?: IncidentType | undefined; readonly rsit?: string | undefined },
    now: string,
  ): string | undefined {
    if (change.rsit !== undefined) return this.rsitOf(before.type, change.rsit, now)
    if (change.type === undefined || change.type === before.type) return undefined
    return before.rsit === this.#first(before.type, now) ? this.#first(change.type, now) : undefined
  }

  /** The severity harm to a system of a level suggests; level null: not known. */
  severity(impact: Impact, level: number | null, now: string): Severity | null {
    return this.at(now).rules.severity.matrix[impact][level ?? 0] ?? null
  }

  #first(type: IncidentType, now: string): string {
    return this.at(now).rules.types.rsit[type][0] ?? 'other/undetermined'
  }
}

/** What is known of a criterion by itself; absent: nothing is. */
export type Known = Readonly<Partial<Record<KnownFact, boolean>>>

/** Answers the platform can give; the others are not known. */
export function knownAnswers({ conditions }: SeriousTest, known: Known): Answers {
  const criteria = conditions.flatMap(({ any }) => any)
  return Object.fromEntries(
    criteria.map(({ id, known: fact }) => {
      const holds = fact === null ? undefined : known[fact]
      return [id, holds === undefined ? 'unknown' : holds ? 'yes' : 'no']
    }),
  )
}

/** Throws Problem request.invalid where an answer is to no criterion of the test. */
export function requireCriteria({ conditions }: SeriousTest, answers: Answers): void {
  const ids = new Set(conditions.flatMap(({ any }) => any.map(({ id }) => id)))
  const strange = Object.keys(answers).find((id) => !ids.has(id))
  if (strange === undefined) return
  throw new Problem('request.invalid', `answers: ${strange} is no criterion of the test`, [
    {
      field: `answers.${strange}`,
      cause: 'no criterion of the test',
      remedy: 'see incident-classification',
    },
  ])
}
