import type { RangeDraft, RangePlan, SystemRange } from '@haidang/contracts/attribution'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Language } from '@haidang/contracts/person'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import type { OrganisationService } from '../organisations/organisation-service.ts'
import type { SystemService } from '../systems/system-service.ts'
import { isInnerRange } from './attribution-index.ts'
import type { AttributionService } from './attribution-service.ts'
import { type RangeFault, rangeFaults, told } from './range-fault.ts'
import { meets, periodOf } from './range-period.ts'
import type { RangeStore } from './range-store.ts'
import type { RangeRow } from './range-tables.ts'
import { claimOf, recorded, shown } from './range-view.ts'
import { isFault, readRange } from './subject.ts'

interface RangeParts {
  readonly database: Database
  readonly store: RangeStore
  readonly journal: Journal
  readonly newId: NewId
  readonly systems: SystemService
  readonly organisations: OrganisationService
  readonly attribution: AttributionService
  /** Keeps, in the transaction of a change, that what is stored is to be attributed anew; answers who begins it. */
  readonly noted: (tx: Tx, change: NotedChange) => Promise<() => Promise<void>>
}

/** A change of ranges of one system, and who made it. */
export interface NotedChange extends Changed {
  readonly system: Pick<Owned, 'id' | 'organisation_id' | 'tlp'>
  readonly actor: Caller['scope']['actor']
}

type Fault = Problem['errors'][number]
type Owned = Awaited<ReturnType<SystemService['lockOwn']>>
type Owner = Pick<Owned, 'id' | 'organisation_id'>

interface Changed {
  readonly removed: readonly RangeRow[]
  readonly added: readonly RangeRow[]
}

type RangeChange = Pick<RangePlan, 'valid_from' | 'valid_to'> & {
  readonly note?: string | undefined
}

const mostFaults = 50
const mostRanges = 50_000

/** What belongs to which system: added, ended and removed by its owner, never two owners of one range at a time. */
export class RangeService {
  readonly #parts: RangeParts

  constructor(parts: RangeParts) {
    this.#parts = parts
  }

  /** Throws Problem system.not-found. */
  list(caller: Caller, systemId: string, query: PageQuery): Promise<Page<SystemRange>> {
    const { database, systems, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      await systems.require(tx, systemId)
      const { items, next } = await store.list(tx, query, systemId)
      return { items: items.map(shown), next }
    })
  }

  /**
   * Adds ranges, all or none. Throws Problem system.not-found, permission.missing, range.invalid and range.taken
   * with the place of each that is wrong.
   */
  async add(
    caller: Caller,
    systemId: string,
    drafts: readonly RangeDraft[],
  ): Promise<SystemRange[]> {
    const { added } = await this.#changing(caller, systemId, async (tx, system) => {
      const rows = this.#read(system, drafts, caller)
      await this.#requireFree(tx, rows, caller.language)
      await this.#parts.store.add(tx, rows)
      return { removed: [], added: rows }
    })
    return added.map(shown)
  }

  /** Changes days or note. Throws Problem range.not-found, range.invalid, range.taken and as `add`. */
  async change(
    caller: Caller,
    { id: systemId, range: id }: { readonly id: string; readonly range: string },
    change: RangeChange,
  ): Promise<SystemRange> {
    const { added } = await this.#changing(caller, systemId, async (tx) => {
      const before = await this.#require(tx, systemId, id)
      const after = this.#after(caller, before, change)
      await this.#requireFree(tx, [after], caller.language)
      await this.#parts.store.replace(tx, after)
      return { removed: [before], added: [after] }
    })
    const [row] = added
    if (!row) throw new Error('a changed range is one range')
    return shown(row)
  }

  /** Removes a range; what is not there is removed already. Throws Problem as `add`. */
  async remove(
    caller: Caller,
    { id: systemId, range: id }: { readonly id: string; readonly range: string },
  ): Promise<void> {
    await this.#changing(caller, systemId, async (tx) => {
      const row = await this.#parts.store.get(tx, systemId, id)
      if (row) await this.#parts.store.remove(tx, id)
      return { removed: row ? [row] : [], added: [] }
    })
  }

  /**
   * Says that ranges are right, so that their owner sees what others sensed there. Throws Problem
   * permission.missing (only who approves for the whole node), range.not-found, system.not-found.
   */
  async confirm(caller: Caller, systemId: string, ids: readonly string[]): Promise<SystemRange[]> {
    if (!mayConfirm(caller))
      throw new Problem('permission.missing', 'a role of scope node is needed')
    const { added } = await this.#changing(caller, systemId, async (tx) => {
      const before: RangeRow[] = []
      for (const id of ids) before.push(await this.#require(tx, systemId, id))
      const removed = before.filter(({ confirmed }) => !confirmed)
      const rows = removed.map((row) => ({ ...row, confirmed: true }))
      for (const row of rows) await this.#parts.store.replace(tx, row)
      return { removed, added: rows }
    })
    return added.map(shown)
  }

  /** What a change would take away and add, checked and not written. Throws Problem as `add` and `change`. */
  plan(caller: Caller, systemId: string, asked: RangePlan): Promise<Changed> {
    const { database, systems } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const system = await systems.require(tx, systemId)
      if (asked.range === undefined) {
        const added = this.#read(system, asked.ranges, caller)
        await this.#requireFree(tx, added, caller.language)
        return { removed: [], added }
      }
      const before = await this.#require(tx, systemId, asked.range)
      if (asked.remove) return { removed: [before], added: [] }
      const after = this.#after(caller, before, asked)
      await this.#requireFree(tx, [after], caller.language)
      return { removed: [before], added: [after] }
    })
  }

  #after(caller: Caller, before: RangeRow, change: RangeChange): RangeRow {
    const { valid_from = before.valid_from, valid_to = before.valid_to } = change
    const period = periodOf(valid_from, valid_to)
    if (!period) {
      const fault = told('valid_to', { fault: 'days' }, caller.language)
      throw new Problem('range.invalid', before.text, [fault])
    }
    // Who says a range was theirs for longer says something new.
    const isWithin = before.from_second <= period.from && period.until <= before.until_second
    return {
      ...before,
      valid_from,
      valid_to,
      note: change.note ?? before.note,
      from_second: period.from,
      until_second: period.until,
      confirmed: mayConfirm(caller) || (before.confirmed && isWithin),
    }
  }

  /** One change of ranges of one system: written, counted, journalled, and then looked up by. */
  async #changing(
    caller: Caller,
    systemId: string,
    work: (tx: Tx, system: Owned) => Promise<Changed>,
  ): Promise<Changed> {
    const { database, store, systems, journal, attribution, noted } = this.#parts
    const { begin, ...changed } = await database.transact(caller.scope, async (tx) => {
      const system = await systems.lockOwn(tx, caller, systemId)
      await store.lock(tx)
      const { removed, added } = await work(tx, system)
      if (removed.length + added.length === 0) return { removed, added, begin: undefined }
      const count = await store.count(tx, systemId)
      if (count > mostRanges) {
        throw new Problem('range.invalid', `a system has at most ${mostRanges} ranges`)
      }
      await systems.rangesCounted(tx, system, count)
      await journal.append(tx, {
        type: 'system.ranges-changed',
        organisation_id: system.organisation_id,
        tlp_rank: tlpRank(system.tlp),
        actor: caller.scope.actor,
        authority: 'system.manage',
        subject: systemId,
        before: removed.map(recorded),
        after: added.map(recorded),
      })
      const { actor } = caller.scope
      return { removed, added, begin: await noted(tx, { system, removed, added, actor }) }
    })
    await attribution.apply(changed.removed.map(claimOf), changed.added.map(claimOf))
    await begin?.()
    return changed
  }

  #read(system: Owner, drafts: readonly RangeDraft[], caller: Caller): RangeRow[] {
    const { language } = caller
    const faults: Fault[] = []
    const rows: RangeRow[] = []
    for (const [place, draft] of drafts.entries()) {
      const read = this.#readOne(system, draft, mayConfirm(caller))
      const isRepeated = !('fault' in read) && rows.some((row) => meets(row, read))
      const wrong: RangeRow | RangeFault = isRepeated ? { fault: 'repeated' } : read
      if (!('fault' in wrong)) rows.push(wrong)
      else {
        const field = `ranges.${place}.${wrong.fault === 'days' ? 'valid_to' : 'text'}`
        faults.push(told(field, wrong, language))
      }
    }
    if (faults.length === 0) return rows
    throw new Problem(
      'range.invalid',
      `${faults.length} of ${drafts.length} ranges`,
      faults.slice(0, mostFaults),
    )
  }

  #readOne(system: Owner, draft: RangeDraft, confirmed: boolean): RangeRow | RangeFault {
    const range = readRange(draft.text)
    if (isFault(range)) return range
    const period = periodOf(draft.valid_from, draft.valid_to)
    if (!period) return { fault: 'days' }
    const { organisation_id } = system
    return {
      id: this.#parts.newId('range'),
      system_id: system.id,
      organisation_id,
      kind: range.kind,
      text: range.text,
      owner_key: isInnerRange(range) ? organisation_id : '',
      valid_from: draft.valid_from,
      valid_to: draft.valid_to,
      note: draft.note,
      from_second: period.from,
      until_second: period.until,
      confirmed,
    }
  }

  async #requireFree(tx: Tx, rows: readonly RangeRow[], language: Language): Promise<void> {
    const { store, systems, organisations } = this.#parts
    const own = new Set(rows.map(({ id }) => id))
    const held = (await store.holders(tx, rows)).filter(({ range_id }) => !own.has(range_id))
    if (held.length === 0) return
    const names = await organisations.names(
      tx,
      held.map(({ organisation_id }) => organisation_id),
    )
    const faults = held.slice(0, mostFaults).map(async (holder): Promise<Fault> => {
      const system = await systems.find(tx, holder.system_id)
      const owner = names.get(holder.organisation_id)
      const words = rangeFaults[system ? 'taken-by-known' : 'taken-by-unknown']
      const by = system ? ` ${system.name} (${owner ?? ''})` : ''
      return {
        field: `ranges.${holder.place}.text`,
        cause: `${rows[holder.place]?.text} ${words.cause[language]}${by}`,
        remedy: words.remedy[language],
      }
    })
    throw new Problem('range.taken', undefined, await Promise.all(faults))
  }

  async #require(tx: Tx, systemId: string, id: string): Promise<RangeRow> {
    const row = await this.#parts.store.get(tx, systemId, id)
    if (!row) throw new Problem('range.not-found', id)
    return row
  }
}

/** Whether what somebody says of a range counts against what others sensed. */
function mayConfirm({ scope, permissions }: Caller): boolean {
  return scope.organisations === 'all' && permissions.has('system.approve')
}
