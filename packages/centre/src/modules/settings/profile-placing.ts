import { isDeepStrictEqual } from 'node:util'
import { type Regulation, regulationSections } from '@haidang/contracts/regulation'
import type { PlacedProfile } from '@haidang/link/child/configuration-tables'
import type { Clock } from '@haidang/runtime/clock'
import { systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { vietnamDate } from '../../vietnam-date.ts'
import type { HeldRegulation, RegulationBook } from './regulation-book.ts'
import { changesBetween } from './regulation-change.ts'
import type { RegulationStore } from './regulation-store.ts'

interface PlacingParts {
  readonly journal: Journal
  readonly clock: Clock
  readonly store: RegulationStore
  readonly book: RegulationBook
}

interface Wanted {
  readonly effective_from: string
  readonly regulation: Regulation
}

interface By {
  readonly name: string
  readonly reason: string
}

/** Regulation profiles as the node above sets them: versions like any other, put back when it sets them no more. */
export class ProfilePlacing {
  readonly #parts: PlacingParts

  constructor(parts: PlacingParts) {
    this.#parts = parts
  }

  /**
   * Puts profiles into force in place of those `placed` before, and answers what is placed from here on. One that was
   * changed here since it was placed is left as it is when it ends.
   */
  async place(
    tx: Tx,
    wanted: readonly Wanted[],
    placed: readonly PlacedProfile[],
    by: By,
  ): Promise<readonly PlacedProfile[]> {
    // Read once: what is added below is not yet there for others, and may be rolled back.
    const versions = Map.groupBy(await this.#parts.book.versions(tx), ({ profile }) => profile)
    const names = new Set(wanted.map(({ regulation }) => regulation.profile))
    for (const one of placed.filter(({ profile }) => !names.has(profile))) {
      await this.#putBack(tx, one, versions.get(one.profile) ?? [], by)
    }
    const now: PlacedProfile[] = []
    for (const one of wanted) {
      const { profile } = one.regulation
      const known = placed.find((other) => other.profile === profile)
      const held = versions.get(profile) ?? []
      const newest = held.at(-1)
      // What was placed stands until something else is wanted, whatever the owner wrote since.
      if (known && saysTheSame(versionOf(held, known.version), one)) {
        now.push(known)
        continue
      }
      const version = saysTheSame(newest, one)
        ? newest.version
        : await this.#add(tx, one, newest, by)
      now.push({ profile, version, before: known ? known.before : (newest?.version ?? null) })
    }
    return now
  }

  async #putBack(
    tx: Tx,
    { version, before }: PlacedProfile,
    held: readonly HeldRegulation[],
    by: By,
  ): Promise<void> {
    const newest = held.at(-1)
    if (!newest || newest.version !== version || before === version) return
    const regulation = versionOf(held, before)?.regulation ?? emptied(newest.regulation)
    const today = vietnamDate(this.#parts.clock.now())
    const effective_from = newest.effective_from > today ? newest.effective_from : today
    await this.#add(tx, { regulation, effective_from }, newest, by)
  }

  async #add(
    tx: Tx,
    { regulation, effective_from }: Wanted,
    newest: HeldRegulation | undefined,
    { name, reason }: By,
  ): Promise<number> {
    const { store, journal, clock } = this.#parts
    const { profile } = regulation
    const version = Math.max((newest?.version ?? 0) + 1, 1)
    await store.add(tx, {
      profile,
      version,
      effective_from,
      regulation,
      reason,
      actor_id: systemScope.actor.id,
      actor_name: name,
      created_at: clock.iso(),
    })
    await journal.append(tx, {
      type: 'regulation.changed',
      organisation_id: null,
      actor: systemScope.actor,
      authority: 'link.configuration',
      subject: `regulation:${profile}:${version}`,
      reason,
      before: { version: newest?.version ?? null },
      after: {
        version,
        effective_from,
        changes: changesBetween(newest?.regulation, regulation),
      },
    })
    return version
  }
}

function versionOf(held: readonly HeldRegulation[], version: number | null) {
  return held.find((one) => one.version === version)
}

function saysTheSame(
  newest: HeldRegulation | undefined,
  { regulation, effective_from }: Wanted,
): newest is HeldRegulation {
  return (
    newest?.effective_from === effective_from && isDeepStrictEqual(newest.regulation, regulation)
  )
}

/** Versions are added, never taken away: a profile this node never had ends by saying nothing. */
function emptied(regulation: Regulation): Regulation {
  const nothing = Object.fromEntries(regulationSections.map((section) => [section, []]))
  return { ...regulation, calendar_years: [], ...nothing }
}
