import type { AdministrativeUnit } from '@haidang/contracts/administrative-unit'
import { type Regulation, regulationSections } from '@haidang/contracts/regulation'
import type { RegulationVersion } from '@haidang/contracts/regulation-api'
import {
  type DeadlineFact,
  type Due,
  dueAfter,
  rulesAt,
} from '@haidang/contracts/regulation-lookup'
import type { PublicHolidays, WorkingTime } from '@haidang/contracts/working-time'
import type { Tx } from '@haidang/runtime/database/database'
import type { RegulationStore } from './regulation-store.ts'
import type { RegulationVersionRow } from './regulation-tables.ts'

/** A version of a profile with all it says. */
export interface HeldRegulation extends RegulationVersion {
  readonly regulation: Regulation
}

/** The rules this node works under, as shipped and as people put them into force: where deadlines come from. */
export class RegulationBook {
  readonly #store: RegulationStore
  readonly #shipped: readonly HeldRegulation[]
  #held: { readonly size: number; readonly all: readonly HeldRegulation[] } | undefined

  /** `shipped`: profiles of the content directory by name. */
  constructor(store: RegulationStore, shipped: ReadonlyMap<string, Regulation>) {
    this.#store = store
    this.#shipped = [...shipped.values()].map(shippedVersion)
  }

  /** Every version of every profile; those of one profile in the order of their numbers, 0 as shipped. */
  async versions(tx: Tx): Promise<readonly HeldRegulation[]> {
    // Versions are only ever added: a new count is the only way to a new list.
    const size = await this.#store.size(tx)
    if (this.#held?.size !== size) {
      const written = (await this.#store.all(tx)).map((row) => this.#whole(heldOf(row)))
      const all = [...this.#shipped, ...written.sort((a, b) => a.version - b.version)]
      this.#held = { size: written.length, all }
    }
    return this.#held.all
  }

  /** A version written before profiles had a section says nothing of it: what is shipped holds. */
  #whole(held: HeldRegulation): HeldRegulation {
    const said = new Set(Object.keys(held.regulation))
    const shipped = this.#shipped.find(({ profile }) => profile === held.profile)?.regulation
    const regulation = { ...held.regulation }
    for (const section of regulationSections) {
      if (!said.has(section)) Object.assign(regulation, { [section]: shipped?.[section] ?? [] })
    }
    return { ...held, regulation }
  }

  /** Provincial units as the versions in force at an instant name them, former ones too. For a transaction of any scope. */
  async units(tx: Tx, instant: string): Promise<readonly AdministrativeUnit[]> {
    const inForce = new Map<string, HeldRegulation>()
    for (const one of await this.versions(tx)) {
      if (one.effective_from <= instant.slice(0, 10)) inForce.set(one.profile, one)
    }
    return [...inForce.values()].flatMap(({ regulation }) => regulation.units)
  }

  /** Which hours are worked, by the profiles in force at an instant. For a transaction of any scope. */
  async working(tx: Tx, instant: string): Promise<WorkingTime> {
    return rulesAt(await this.versions(tx), instant).working
  }

  /** Public holidays by the profiles in force at an instant. For a transaction of any scope. */
  async holidays(tx: Tx, instant: string): Promise<PublicHolidays> {
    return (await this.working(tx, instant)).holidays()
  }

  /** What a fact makes due by the rules of its day, soonest first, with the clause. For a transaction of any scope. */
  async dueAfter(tx: Tx, fact: DeadlineFact): Promise<Due[]> {
    return dueAfter(await this.versions(tx), fact)
  }
}

function shippedVersion(regulation: Regulation): HeldRegulation {
  return {
    profile: regulation.profile,
    version: 0,
    effective_from: regulation.valid_from,
    reason: '',
    actor_name: '',
    created_at: null,
    regulation,
  }
}

/** A row as others know it. */
export function heldOf(row: RegulationVersionRow): HeldRegulation {
  const { profile, version, effective_from, regulation, reason, actor_name, created_at } = row
  return { profile, version, effective_from, regulation, reason, actor_name, created_at }
}
