import type { NumberedKind } from '@haidang/contracts/number-series'
import type { OrderDraft } from '@haidang/contracts/order'
import type { BasisRef, CitableBasis, CitedBasis } from '@haidang/contracts/order-basis'
import type { Language } from '@haidang/contracts/person'
import type { ProblemDetails } from '@haidang/contracts/problems'
import { type Basis, isValidOn } from '@haidang/contracts/regulation'
import type { DatedRegulation } from '@haidang/contracts/regulation-lookup'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from './vietnam-date.ts'

interface LegalBasesParts {
  readonly book: { versions(tx: Tx): Promise<readonly DatedRegulation[]> }
  readonly clock: Clock
}

/** What documents may be based on: entries of the regulation profiles, as they are today and as they ended. */
export class LegalBases {
  readonly #parts: LegalBasesParts

  constructor(parts: LegalBasesParts) {
    this.#parts = parts
  }

  /** Every basis a kind of document could ever cite, those in force today first. */
  async list(tx: Tx, kind: NumberedKind): Promise<CitableBasis[]> {
    const today = vietnamDate(this.#parts.clock.now())
    const known = new Map<string, CitableBasis>()
    for (const version of await this.#begun(tx, today)) {
      endOthers(known, version)
      for (const one of citableOf(version, kind, today)) known.set(`${one.profile} ${one.id}`, one)
    }
    return [...known.values()].sort((a, b) => Number(b.in_force) - Number(a.in_force))
  }

  /** What is cited, as it stands today. Throws Problem order.basis-ended: what is no longer in force, since when, and what is. */
  async require(tx: Tx, kind: NumberedKind, refs: readonly BasisRef[]): Promise<CitedBasis[]> {
    if (refs.length === 0) return []
    const all = await this.list(tx, kind)
    const found = refs.map((ref) => ({
      ref,
      basis: all.find(({ profile, id }) => profile === ref.profile && id === ref.id),
    }))
    const faults = found.flatMap(({ ref, basis }, at) =>
      basis?.in_force ? [] : [{ at, ref, basis, successor: basis && successorOf(all, basis) }],
    )
    if (faults.length > 0) throw new BasisEnded(faults)
    return found.flatMap(({ basis }) => (basis ? [citedOf(basis)] : []))
  }

  /** Versions that have begun, of each profile in the order in which they took over. */
  async #begun(tx: Tx, today: string): Promise<DatedRegulation[]> {
    const versions = await this.#parts.book.versions(tx)
    return versions
      .filter(({ effective_from }) => effective_from <= today)
      .toSorted((a, b) => a.effective_from.localeCompare(b.effective_from) || a.version - b.version)
  }
}

/** A draft whose legal basis begins with the words of what it cites. */
export function withBases<D extends Pick<OrderDraft, 'legal_basis'>>(
  draft: D,
  bases: readonly CitedBasis[],
): D {
  const cited = bases.map(({ text }) => text)
  return { ...draft, legal_basis: [...new Set([...cited, ...draft.legal_basis])] }
}

interface Fault {
  readonly at: number
  readonly ref: BasisRef
  readonly basis: CitableBasis | undefined
  readonly successor: CitableBasis | undefined
}

/** A basis that ended, or never was, in the words of who reads it. */
class BasisEnded extends Problem {
  readonly #faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super('order.basis-ended', detailOf(faults, 'en'), errorsOf(faults, 'en'))
    this.#faults = faults
  }

  override told(language: Language): ReturnType<Problem['told']> {
    return { detail: detailOf(this.#faults, language), errors: errorsOf(this.#faults, language) }
  }
}

const words = {
  vi: {
    ended: (name: string, day: string) =>
      `${name} hết hiệu lực sau ngày ${day.split('-').reverse().join('/')}`,
    unknown: (name: string) => `${name} không có hiệu lực`,
    next: (name: string) => `dùng ${name}`,
    another: 'bỏ ra hoặc chọn căn cứ đang hiệu lực',
  },
  en: {
    ended: (name: string, day: string) => `${name} was last in force on ${day}`,
    unknown: (name: string) => `${name} is not in force`,
    next: (name: string) => `cite ${name}`,
    another: 'take it out or cite one in force',
  },
}

function detailOf(faults: readonly Fault[], language: Language): string {
  return errorsOf(faults, language)
    .map(({ cause, remedy }) => `${cause}; ${remedy}`)
    .join('. ')
}

function errorsOf(faults: readonly Fault[], language: Language): Told[] {
  const said = words[language]
  return faults.map(({ at, ref, basis, successor }) => {
    const name = basis?.name[language] ?? `${ref.profile} ${ref.id}`
    const cause = basis?.ended ? said.ended(name, basis.ended) : said.unknown(name)
    const remedy = successor ? said.next(successor.name[language]) : said.another
    return { field: `bases.${at}`, cause, remedy }
  })
}
type Told = NonNullable<ProblemDetails['errors']>[number]

/** What a newer version of a profile no longer says ended the day before its own. */
function endOthers(known: Map<string, CitableBasis>, version: DatedRegulation): void {
  for (const [key, one] of known) {
    if (one.profile !== version.regulation.profile || !one.in_force) continue
    known.set(key, { ...one, in_force: false, ended: dayBefore(version.effective_from) })
  }
}

/** The bases of a version for a kind of document that have begun, of one id the latest last. */
function citableOf(version: DatedRegulation, kind: NumberedKind, today: string): CitableBasis[] {
  return version.regulation.bases
    .filter((basis) => isFor(basis, kind) && startOf(basis) <= today)
    .toSorted((a, b) => startOf(a).localeCompare(startOf(b)))
    .map((basis) => citable(version, basis, today))
}

function successorOf(
  all: readonly CitableBasis[],
  { profile, successor }: CitableBasis,
): CitableBasis | undefined {
  const named = all.filter(({ id, in_force }) => id === successor && in_force)
  return named.find((one) => one.profile === profile) ?? named[0]
}

function citable(
  { version, regulation }: DatedRegulation,
  basis: Basis,
  today: string,
): CitableBasis {
  const { id, name, clause, text, successor, provisional } = basis
  const in_force = isValidOn(regulation, today) && isValidOn(basis, today)
  const ends = [regulation.valid_to, basis.valid_to].filter((day) => day !== null).sort()
  return {
    profile: regulation.profile,
    version,
    id,
    name,
    clause,
    text,
    successor,
    provisional,
    in_force,
    ended: in_force ? null : (ends[0] ?? null),
  }
}

function citedOf({ profile, version, id, clause, text }: CitableBasis): CitedBasis {
  return { profile, version, id, clause, text }
}

function isFor({ cited_in }: Basis, kind: NumberedKind): boolean {
  return cited_in.length === 0 || cited_in.includes(kind)
}

function startOf({ valid_from }: Basis): string {
  return valid_from ?? ''
}

function dayBefore(day: string): string {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}
