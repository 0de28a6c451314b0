import { tlpRank } from '@haidang/contracts/tlp'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import { portions } from '@haidang/runtime/database/portions'
import type { Journal } from '@haidang/runtime/journal'
import type { Claim } from '../modules/attribution/attribution-index.ts'
import type { RangeStore } from '../modules/attribution/range-store.ts'
import type { RangeRow } from '../modules/attribution/range-tables.ts'
import { claimOf } from '../modules/attribution/range-view.ts'
import type { KeptSystem, SystemStore } from '../modules/systems/system-store.ts'
import type { Change } from './system-run.ts'

interface WriterParts {
  readonly journal: Journal
  readonly systemStore: SystemStore
  readonly rangeStore: RangeStore
}

type Fields = Readonly<Record<string, unknown>>
type Recorded = {
  readonly rank: number
  readonly before: Fields | undefined
  readonly after: Fields
}

const ofEntry = 500
/** Ranges written at a time: who may write them is looked up once for all of them. */
const atOnce = 5_000

/** Writes what becomes of the rows of one file, and in the end what became of them into the journal. */
export class SystemWriter {
  readonly #parts: WriterParts
  readonly #owners = new Map<string, Recorded[]>()
  readonly #ranges: RangeRow[] = []
  /** What is to be looked up by once it is written. */
  readonly claims: Claim[] = []

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  async write(tx: Tx, changes: readonly Change[]): Promise<void> {
    const { systemStore, rangeStore } = this.#parts
    const acting = changes.filter(({ act }) => act !== 'skip')
    await systemStore.addAll(
      tx,
      acting.flatMap(({ act, after }) => (act === 'create' ? [after] : [])),
    )
    for (const { act, after } of acting) if (act === 'update') await systemStore.replace(tx, after)
    for (const change of acting) {
      this.#remember(change)
      for (const range of change.added) {
        this.claims.push(claimOf(range))
        if (this.#ranges.push(range) >= atOnce) await rangeStore.add(tx, this.#ranges.splice(0))
      }
    }
  }

  /** Writes what is left, and the journal owner by owner: last of all, since nobody else writes there until the transaction ends. */
  async record(tx: Tx, { actor }: Scope, reason: string): Promise<void> {
    if (this.#ranges.length > 0) await this.#parts.rangeStore.add(tx, this.#ranges.splice(0))
    for (const [organisation_id, all] of this.#owners) {
      for (const some of portions(all, ofEntry)) {
        await this.#parts.journal.append(tx, {
          type: 'systems.imported',
          organisation_id,
          actor,
          reason,
          authority: 'system.manage',
          subject: organisation_id,
          tlp_rank: Math.max(...some.map(({ rank }) => rank)),
          before: some.flatMap(({ before }) => before ?? []),
          after: some.map(({ after }) => after),
        })
      }
    }
  }

  #remember({ before, after, added }: Change): void {
    const { organisation_id, id, code, name, tlp } = after
    const all = this.#owners.get(organisation_id) ?? []
    if (all.length === 0) this.#owners.set(organisation_id, all)
    const ranges = added.map(({ text, valid_from, valid_to }) => ({ text, valid_from, valid_to }))
    const changed = before ? differences(before, after) : { before: undefined, after: {} }
    all.push({
      rank: Math.max(tlpRank(tlp), tlpRank(before?.tlp ?? 'clear')),
      before: before && { id, code, ...changed.before },
      after: { id, code, name, ...changed.after, ranges_added: ranges },
    })
  }
}

/** Fields that differ, as they were and as they are. */
function differences(before: KeptSystem, after: KeptSystem): { before: Fields; after: Fields } {
  const was: Record<string, unknown> = {}
  const is: Record<string, unknown> = {}
  for (const field of Object.keys(after) as (keyof KeptSystem)[]) {
    if (JSON.stringify(before[field]) === JSON.stringify(after[field])) continue
    was[field] = before[field]
    is[field] = after[field]
  }
  return { before: was, after: is }
}
