import { isDeepStrictEqual } from 'node:util'
import type { Page } from '@haidang/contracts/page'
import { isValidOn, type Regulation, regulationSections } from '@haidang/contracts/regulation'
import type {
  RegulationChange,
  RegulationDetail,
  RegulationPreview,
  RegulationSummary,
  RegulationVersion,
} from '@haidang/contracts/regulation-api'
import type { DeadlineFact, Due } from '@haidang/contracts/regulation-lookup'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import { decodeCursor, encodeCursor } from '@haidang/runtime/http/cursor'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { vietnamDate } from '../../vietnam-date.ts'
import { type HeldRegulation, heldOf, type RegulationBook } from './regulation-book.ts'
import { changesBetween } from './regulation-change.ts'
import { movedDeadlines, type OpenFact } from './regulation-effect.ts'
import type { RegulationStore } from './regulation-store.ts'
import type { RegulationVersionRow } from './regulation-tables.ts'

interface RegulationParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: RegulationStore
  readonly book: RegulationBook
  /** What is open and starts deadlines, asked of the modules below; the newest, and how many there are. */
  readonly openFacts: (tx: Tx) => Promise<{ facts: readonly OpenFact[]; open: number }>
}

type Draft = { readonly regulation: Regulation; readonly effective_from: string }

const mostMoved = 200

/** Regulation profiles: read, tried, and put into force from a day on with a reason. */
export class RegulationService {
  readonly #parts: RegulationParts

  constructor(parts: RegulationParts) {
    this.#parts = parts
  }

  /** Every profile as it is today, by name. */
  list({ scope }: Caller): Promise<{ items: RegulationSummary[] }> {
    return this.#parts.database.transact(scope, async (tx) => {
      const groups = Map.groupBy(await this.#parts.book.versions(tx), ({ profile }) => profile)
      const items = [...groups.values()].map((versions) => this.#summary(versions))
      return { items: items.sort((a, b) => a.current.profile.localeCompare(b.current.profile)) }
    })
  }

  /** A profile as it is today, or one of its versions. Throws Problem regulation.not-found. */
  get({ scope }: Caller, profile: string, version?: number): Promise<RegulationDetail> {
    return this.#parts.database.transact(scope, async (tx) => {
      const versions = await this.#versionsOf(tx, profile)
      const found =
        version === undefined
          ? current(versions, this.#today)
          : versions.find((one) => one.version === version)
      if (!found) throw new Problem('regulation.not-found')
      const newest = versions.at(-1)?.version ?? -1
      return { version: metaOf(found), newest, regulation: found.regulation }
    })
  }

  /** Versions with what each changed, newest first. Throws Problem regulation.not-found. */
  versions(
    { scope }: Caller,
    profile: string,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<RegulationVersion & { changes: RegulationChange[] }>> {
    return this.#parts.database.transact(scope, async (tx) => {
      const all = await this.#versionsOf(tx, profile)
      const below = cursor === undefined ? undefined : Number(decodeCursor(cursor, 1)[0])
      const shown = all.filter(({ version }) => below === undefined || version < below).reverse()
      const items = shown.slice(0, limit).map((one) => ({
        ...metaOf(one),
        changes: changesSince(all, one),
      }))
      const last = items.at(-1)
      const next = shown.length > limit && last ? encodeCursor([last.version]) : null
      return { items, next }
    })
  }

  /**
   * Puts a version into force. Throws Problem regulation.changed-meanwhile where another version came first,
   * regulation.unchanged where the newest says the same and no later, permission.missing where the caller does not act for the whole node.
   */
  async publish(
    { scope }: Caller,
    change: Draft & { readonly reason: string; readonly based_on: number },
  ): Promise<RegulationVersion> {
    if (scope.organisations !== 'all') throw new Problem('permission.missing', 'setting.manage')
    const { database, store, book, journal, clock } = this.#parts
    const { regulation, effective_from, reason, based_on } = change
    const { profile } = regulation
    try {
      return await database.transact(scope, async (tx) => {
        const versions = (await book.versions(tx)).filter((one) => one.profile === profile)
        const before = versions.at(-1)
        if ((before?.version ?? -1) !== based_on) throw new Problem('regulation.changed-meanwhile')
        if (before && saysTheSame(before, change)) throw new Problem('regulation.unchanged')
        const row: RegulationVersionRow = {
          profile,
          version: Math.max(based_on + 1, 1),
          effective_from,
          regulation,
          reason,
          actor_id: scope.actor.id,
          actor_name: scope.actor.name,
          created_at: clock.iso(),
        }
        await store.add(tx, row)
        await journal.append(tx, {
          type: 'regulation.changed',
          organisation_id: null,
          actor: scope.actor,
          authority: 'setting.manage',
          subject: `regulation:${profile}:${row.version}`,
          reason,
          before: { version: before?.version ?? null },
          after: {
            version: row.version,
            effective_from,
            changes: changesBetween(before?.regulation, regulation),
          },
        })
        return metaOf(heldOf(row))
      })
    } catch (error) {
      if (!violates(error, 'regulation_version_pkey')) throw error
      throw new Problem('regulation.changed-meanwhile')
    }
  }

  /** What a version would change, and which open deadlines it would move. Nothing is kept. */
  preview({ scope }: Caller, { regulation, effective_from }: Draft): Promise<RegulationPreview> {
    const { database, book, openFacts } = this.#parts
    return database.transact(scope, async (tx) => {
      const all = await book.versions(tx)
      const own = all.filter(({ profile }) => profile === regulation.profile)
      const version = (own.at(-1)?.version ?? 0) + 1
      const { facts, open } = await openFacts(tx)
      const moved = movedDeadlines(facts, all, [...all, { version, effective_from, regulation }])
      return {
        changes: changesBetween(own.at(-1)?.regulation, regulation),
        examined: facts.length,
        open,
        moved: moved.slice(0, mostMoved),
        moved_count: moved.length,
        superseded_by: own.filter((one) => one.effective_from > effective_from).map(metaOf),
      }
    })
  }

  /** See RegulationBook.dueAfter. */
  due({ scope }: Caller, fact: DeadlineFact): Promise<Due[]> {
    const { database, book } = this.#parts
    return database.transact(scope, (tx) => book.dueAfter(tx, fact))
  }

  get #today(): string {
    return vietnamDate(this.#parts.clock.now())
  }

  async #versionsOf(tx: Tx, profile: string): Promise<readonly HeldRegulation[]> {
    const all = await this.#parts.book.versions(tx)
    const versions = all.filter((one) => one.profile === profile)
    if (versions.length === 0) throw new Problem('regulation.not-found')
    return versions
  }

  #summary(versions: readonly HeldRegulation[]): RegulationSummary {
    const held = current(versions, this.#today)
    const newest = versions.at(-1)
    if (!held || !newest) throw new Error('a profile without versions')
    const { regulation } = held
    const entries = regulationSections.flatMap((section) => regulation[section] as Marked[])
    return {
      current: metaOf(held),
      name: regulation.name,
      valid_from: regulation.valid_from,
      valid_to: regulation.valid_to,
      in_force: isValidOn(regulation, this.#today),
      newest: newest.version,
      scheduled: versions.filter((one) => one.effective_from > this.#today).map(metaOf),
      entries: entries.length,
      provisional: entries.filter(({ provisional }) => provisional !== null).length,
      calendar_until: regulation.calendar_years.length
        ? Math.max(...regulation.calendar_years)
        : null,
    }
  }
}

type Marked = { readonly provisional: unknown }

/** The version of a day; of a profile yet to come, its first. */
function current(versions: readonly HeldRegulation[], day: string): HeldRegulation | undefined {
  const begun = versions.filter(({ effective_from }) => effective_from <= day)
  const order = (a: HeldRegulation, b: HeldRegulation) =>
    a.effective_from.localeCompare(b.effective_from) || a.version - b.version
  return begun.toSorted(order).at(-1) ?? versions.toSorted(order)[0]
}

/** Whether a version already says all of a draft, by its day. */
function saysTheSame(one: HeldRegulation, { regulation, effective_from }: Draft): boolean {
  return one.effective_from <= effective_from && isDeepStrictEqual(one.regulation, regulation)
}

/** What a version changed in the one before it. */
function changesSince(all: readonly HeldRegulation[], one: HeldRegulation): RegulationChange[] {
  const before = all[all.indexOf(one) - 1]
  return before ? changesBetween(before.regulation, one.regulation) : []
}

function metaOf({ regulation: _, ...meta }: HeldRegulation): RegulationVersion {
  return meta
}
