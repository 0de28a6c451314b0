import { countedBy, type NumberedKind, writtenNumber } from '@haidang/contracts/number-series'
import { type DatedRegulation, rulesAt } from '@haidang/contracts/regulation-lookup'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { sql } from 'drizzle-orm'
import { OrganisationStore } from './modules/organisations/organisation-store.ts'
import { vietnamYear } from './vietnam-date.ts'

/** What the regulations say, and when. */
interface Versions {
  versions(tx: Tx): Promise<readonly DatedRegulation[]>
}

interface NumberingParts {
  readonly book: Versions
  readonly clock: Clock
  /** The code organisations are known by. */
  readonly codeOf: (tx: Tx, organisationId: string) => Promise<string>
}

/** Numbers of documents, by the series the regulation profiles in force say. */
export class Numbering {
  readonly #parts: NumberingParts

  constructor(parts: NumberingParts) {
    this.#parts = parts
  }

  /**
   * The next number of a kind of document an organisation issues today, from 1 without holes; others who count by the
   * same pattern wait for this transaction. Throws Problem number.no-series.
   */
  async next(tx: Tx, kind: NumberedKind, issuerId: string): Promise<string> {
    const { book, clock, codeOf } = this.#parts
    const { profiles } = rulesAt(await book.versions(tx), clock.iso())
    const series = profiles
      .flatMap(({ regulation }) => regulation.series)
      .find(({ counts }) => counts === kind)
    if (!series) {
      const remedy = 'add an entry under Numbers of documents in Settings, and put it into force'
      throw new Problem('number.no-series', undefined, [
        { field: kind, cause: 'no series in force counts it', remedy },
      ])
    }
    const { pattern } = series
    const issuer = pattern.includes('{issuer}') ? await codeOf(tx, issuerId) : ''
    const said = { year: vietnamYear(clock.now()), issuer }
    return writtenNumber(pattern, { ...said, number: await this.#count(tx, pattern, said) })
  }

  async #count(
    tx: Tx,
    pattern: string,
    said: { readonly year: number; readonly issuer: string },
  ): Promise<number> {
    const counted = await tx.execute<{ next: number }>(
      sql`select haidang_next_number(${countedBy(pattern, said)}, 0) as next`,
    )
    const next = counted.rows[0]?.next
    if (next === undefined) throw new Error('the database counted nothing')
    return next
  }
}

/** Numbers by the book of regulations; organisations are known by the code of the register. */
export function numberingBy(book: Versions, clock: Clock): Numbering {
  const organisations = new OrganisationStore()
  const codeOf = async (tx: Tx, id: string) => {
    const organisation = await organisations.get(tx, id)
    if (!organisation) throw new Problem('organisation.not-found', id)
    return organisation.code
  }
  return new Numbering({ book, clock, codeOf })
}
