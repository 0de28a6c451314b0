import type { Whose } from '@haidang/contracts/attribution'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import { Problem } from '@haidang/runtime/problem'
import type { SystemService } from '../systems/system-service.ts'
import { type Attribution, AttributionIndex, type Claim } from './attribution-index.ts'
import { lookalikeOf } from './lookalike.ts'
import { type Range, readSubject } from './subject.ts'

interface AttributionParts {
  readonly database: Database
  readonly clock: Clock
  readonly systems: SystemService
  /** A number nobody outside knows. */
  readonly seed: number
  /** Some claims in a settled order, after the one with this mark; empty at the end. */
  readonly claimsAfter: (
    tx: Tx,
    mark: string,
  ) => Promise<readonly { readonly mark: string; readonly claim: Claim }[]>
}

/** Whose an address, name or URL is: the index over all ranges, read in once and then kept up with each change. */
export class AttributionService {
  readonly #parts: AttributionParts
  #index: AttributionIndex
  #loading: Promise<void> | undefined

  constructor(parts: AttributionParts) {
    this.#parts = parts
    this.#index = new AttributionIndex(parts.seed)
  }

  /** Resolves when every range stands in the index; reads them in on first call, and again after a failure. */
  ready(): Promise<void> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined
      throw error
    })
    return this.#loading
  }

  /** Takes claims away and adds others, after the transaction that wrote them. */
  async apply(removed: readonly Claim[], added: readonly Claim[]): Promise<void> {
    await this.ready()
    for (const claim of removed) this.#index.remove(claim)
    for (const claim of added) this.#index.add(claim)
  }

  /** Whose something is, of all there are: for acts of the node itself, which must not show it to others. */
  async of(value: string, milliseconds: number, asker?: string): Promise<Attribution | undefined> {
    await this.ready()
    return this.#index.ofText(value, Math.floor(milliseconds / 1_000), asker)
  }

  /**
   * As `of`, of many at once as if these claims were taken away and these added; nothing stays changed. Resolves
   * with what `work` makes of the answers, which it must take at once.
   */
  async supposing<T>(
    { removed, added }: { readonly removed: readonly Claim[]; readonly added: readonly Claim[] },
    work: (
      of: (value: string, milliseconds: number, asker: string) => Attribution | undefined,
    ) => T,
  ): Promise<T> {
    await this.ready()
    const index = this.#index
    const taken = removed.filter((claim) => index.remove(claim))
    const put = added.filter((claim) => index.add(claim))
    try {
      return work((value, milliseconds, asker) =>
        index.ofText(value, Math.floor(milliseconds / 1_000), asker),
      )
    } finally {
      for (const claim of put) index.remove(claim)
      for (const claim of taken) index.add(claim)
    }
  }

  /** Whose range a range lies in, of all there are; as `of` for acts of the node itself. */
  async above(range: Range, seconds: number, asker: string): Promise<Attribution | undefined> {
    await this.ready()
    return this.#index.above(range, seconds, asker)
  }

  /** Whose something is, as far as the caller may know. Throws Problem attribution.unreadable. */
  async whose(
    caller: Caller,
    query: {
      readonly value: string
      readonly at?: string | undefined
      readonly organisation?: string | undefined
    },
  ): Promise<Whose> {
    const { database, clock, systems } = this.#parts
    const subject = readSubject(query.value)
    if (!subject) throw new Problem('attribution.unreadable', query.value.slice(0, 100))
    await this.ready()
    const at = query.at ?? clock.iso()
    const asker = query.organisation ?? caller.organisation_id
    const found = this.#index.of(subject, Math.floor(millisecondsOf(at) / 1_000), asker)
    const system = found
      ? await database.transact(caller.scope, (tx) => systems.find(tx, found.system_id))
      : undefined
    const name = subject.kind === 'domain' ? subject.text : ''
    return {
      value: subject.text,
      kind: subject.kind,
      at,
      looks_like: lookalikeOf(name) ?? null,
      system: found && system ? { ...system, range: found.text, range_kind: found.kind } : null,
    }
  }

  async #load(): Promise<void> {
    const { database, claimsAfter, seed } = this.#parts
    // What a load that broke off had read may have been taken away since.
    this.#index = new AttributionIndex(seed)
    for (let mark: string | undefined = ''; mark !== undefined; ) {
      const after: string = mark
      const page = await database.transact(systemScope, (tx) => claimsAfter(tx, after))
      for (const { claim } of page) this.#index.add(claim)
      mark = page.at(-1)?.mark
    }
  }
}
