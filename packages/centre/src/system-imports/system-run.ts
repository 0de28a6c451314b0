import { isDeepStrictEqual } from 'node:util'
import type { SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import { SystemDraft } from '@haidang/contracts/system'
import type { SystemRow } from '@haidang/contracts/system-import'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Clock } from '@haidang/runtime/clock'
import type { Scope, Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import { isInnerRange } from '../modules/attribution/attribution-index.ts'
import type { RangeStore } from '../modules/attribution/range-store.ts'
import type { RangeRow } from '../modules/attribution/range-tables.ts'
import type { OrganisationService } from '../modules/organisations/organisation-service.ts'
import { type CompletenessRules, reckonedBy } from '../modules/systems/completeness.ts'
import type { SystemService } from '../modules/systems/system-service.ts'
import type { KeptSystem, SystemStore } from '../modules/systems/system-store.ts'
import type { ImportFaults } from '../sheets/sheet-faults.ts'
import type { ImportRow } from '../sheets/sheet-import.ts'
import { FileRanges } from './file-ranges.ts'
import { type RangeEntry, readEntry } from './range-entry.ts'

export interface RunParts {
  readonly clock: Clock
  readonly newId: NewId
  readonly systems: SystemService
  readonly systemStore: SystemStore
  readonly rangeStore: RangeStore
  readonly organisations: OrganisationService
  readonly rules: CompletenessRules
  /** A number nobody outside knows. */
  readonly seed: number
}

/** On whose behalf and how a file is read. */
export interface RunOf {
  readonly scope: Scope
  /** Whose systems they are unless a row says otherwise; null: each row must. */
  readonly organisation_id: string | null
  readonly existing: SheetImport['existing']
  /** Whether what is found is about to be changed. */
  readonly writes: boolean
}

/** What becomes of a row. */
export interface Change {
  readonly row: number
  readonly act: 'create' | 'update' | 'skip'
  readonly before: KeptSystem | undefined
  readonly after: KeptSystem
  readonly added: readonly RangeRow[]
}

/** Ranges one file may bring: what is held in memory while it is read. */
const mostRanges = 200_000
const mostOfSystem = 50_000

/** Judges the rows of one file against the register, some at a time, inside one transaction. */
export class SystemRun {
  readonly ranges: FileRanges
  readonly #parts: RunParts
  readonly #of: RunOf
  readonly #faults: ImportFaults
  readonly #organisations = new Map<string, string | undefined>()
  readonly counts = { create: 0, update: 0, skip: 0 }
  readonly sample: SheetOutcome['sample'] = []

  constructor(parts: RunParts, of: RunOf, faults: ImportFaults) {
    this.#parts = parts
    this.#of = of
    this.#faults = faults
    this.ranges = new FileRanges(parts.seed)
  }

  /** What becomes of some rows; those that are wrong are left out and told. */
  async judge(tx: Tx, rows: readonly ImportRow<SystemRow>[]): Promise<Change[]> {
    await this.#learn(tx, rows)
    const owned = rows.flatMap((one) => {
      const owner = this.#ownerOf(one)
      return owner === undefined ? [] : [{ ...one, owner }]
    })
    const { systemStore } = this.#parts
    const keys = owned.map(({ owner, draft }) => ({ organisation_id: owner, code: draft.code }))
    const kept = await systemStore.withCodes(tx, keys, this.#of.writes)
    const known = new Map(kept.map((one) => [keyOf(one), one]))
    const judged = owned.flatMap((one) => {
      const before = known.get(keyOf({ organisation_id: one.owner, code: one.draft.code }))
      return this.#one(one, one.owner, before) ?? []
    })
    const settled = await this.#settle(tx, judged)
    for (const { row, act, after } of settled) {
      this.counts[act] += 1
      if (this.sample.length < 20)
        this.sample.push({ row, act, code: after.code, name: after.name })
    }
    return settled
  }

  async #learn(tx: Tx, rows: readonly ImportRow<SystemRow>[]): Promise<void> {
    const said = rows.flatMap(({ draft }) => [draft.owner ?? '', draft.operator ?? ''])
    const codes = [...new Set(said.map((code) => code.toLowerCase()))].filter(
      (code) => code !== '' && !this.#organisations.has(code),
    )
    if (codes.length === 0) return
    const ids = await this.#parts.organisations.idsOfCodes(tx, codes)
    for (const code of codes) this.#organisations.set(code, ids.get(code))
  }

  #ownerOf({ row, draft }: ImportRow<SystemRow>): string | undefined {
    const { scope, organisation_id } = this.#of
    if (draft.owner === undefined) {
      if (organisation_id === null) this.#faults.tell(row, 'owner', 'missing')
      return organisation_id ?? undefined
    }
    const id = this.#organisations.get(draft.owner.toLowerCase())
    const { organisations } = scope
    // Who only operates a system sees its owner and changes nothing of it.
    if (id !== undefined && (organisations === 'all' || organisations.includes(id))) return id
    this.#faults.tell(row, 'owner', 'no-organisation', { value: draft.owner })
    return undefined
  }

  #one(
    { row, draft }: ImportRow<SystemRow>,
    owner: string,
    before: KeptSystem | undefined,
  ): Change | undefined {
    const { existing } = this.#of
    if (before && existing === 'refuse') {
      this.#faults.tell(row, 'code', 'taken-by', { name: before.name })
      return undefined
    }
    if (before && existing === 'skip') return { row, act: 'skip', before, after: before, added: [] }
    const told = this.#faults.count
    const after = this.#after(row, draft, owner, before)
    const added = this.#rangesOf(row, draft.ranges ?? [], after)
    if (this.#faults.count > told) return undefined
    return { row, act: before ? 'update' : 'create', before, after, added }
  }

  #after(row: number, draft: SystemRow, owner: string, before: KeptSystem | undefined): KeptSystem {
    const { clock, newId } = this.#parts
    const { owner: _, operator, ranges: __, ...rest } = draft
    const { decision_number, decision_date, decision_authority, ...fields } = rest
    const said = { number: decision_number, date: decision_date, authority: decision_authority }
    if (!before && draft.name === undefined) this.#faults.tell(row, 'name', 'missing')
    if (draft.tlp && tlpRank(draft.tlp) > this.#of.scope.clearance) {
      this.#faults.tell(row, 'tlp', 'above-clearance')
    }
    const now = clock.iso()
    const blank = before ?? {
      ...SystemDraft.parse({ organisation_id: owner, code: draft.code, name: draft.name ?? '??' }),
      id: newId('system'),
      monitoring: { direct: 'none', indirect: 'none' } as const,
      range_count: 0,
      completeness: 0,
      missing: [],
      completeness_profile: '',
      version: 0,
      created_at: now,
      updated_at: now,
    }
    return {
      ...blank,
      ...given(fields),
      // Codes are found in any case of their letters and stay as they were written first.
      code: blank.code,
      operator_id: this.#operatorOf(row, operator) ?? blank.operator_id,
      level_decision: this.#decisionOf(row, said, blank.level_decision),
    }
  }

  #operatorOf(row: number, code: string | undefined): string | undefined {
    if (code === undefined) return undefined
    const id = this.#organisations.get(code.toLowerCase())
    if (id === undefined) this.#faults.tell(row, 'operator', 'no-organisation', { value: code })
    return id
  }

  #decisionOf(
    row: number,
    said: Readonly<Record<'number' | 'date' | 'authority', string | undefined>>,
    before: KeptSystem['level_decision'],
  ): KeptSystem['level_decision'] {
    const number = said.number ?? before?.number
    const date = said.date ?? before?.date
    const authority = said.authority ?? before?.authority
    if (number && date && authority) return { number, date, authority }
    const parts = { number, date, authority }
    if (!number && !date && !authority) return null
    for (const [part, value] of Object.entries(parts)) {
      if (!value) this.#faults.tell(row, `decision_${part}`, 'missing')
    }
    return null
  }

  #rangesOf(row: number, texts: readonly string[], system: KeptSystem): RangeRow[] {
    const { organisation_id } = system
    return texts.flatMap((text): RangeRow[] => {
      const entry = readEntry(text, row, this.#faults)
      if (!entry) return []
      if (this.ranges.count >= mostRanges) {
        this.#faults.tell(row, 'ranges', 'too-many', { most: mostRanges })
        return []
      }
      const other = this.ranges.add({ ...entry, row, organisation_id })
      if (other === undefined) return [this.#rangeRow(entry, system)]
      this.#faults.tell(row, 'ranges', 'range-repeated', { value: entry.text, row: other })
      return []
    })
  }

  #rangeRow({ from, until, ...entry }: RangeEntry, system: KeptSystem): RangeRow {
    const { organisation_id } = system
    return {
      ...entry,
      id: this.#parts.newId('range'),
      system_id: system.id,
      organisation_id,
      note: '',
      owner_key: isInnerRange(entry) ? organisation_id : '',
      from_second: from,
      until_second: until,
      confirmed: false,
    }
  }

  /** Compares wanted ranges with the register, and leaves out what would change nothing. */
  async #settle(tx: Tx, judged: readonly Change[]): Promise<Change[]> {
    const wanted = judged.flatMap(({ row, added }) => added.map((range) => ({ row, range })))
    const { rangeStore } = this.#parts
    const held = await rangeStore.holders(
      tx,
      wanted.map(({ range }) => range),
    )
    const there = new Set<string>()
    const wrong = new Set<number>()
    const holding = new Set(held.map(({ system_id }) => system_id))
    const own = await rangeStore.ofSystems(
      tx,
      judged.flatMap(({ after }) => (holding.has(after.id) ? [after.id] : [])),
    )
    const known = new Map(own.map((one) => [one.id, one]))
    for (const holder of held) {
      const one = wanted[holder.place]
      if (!one) continue
      const { row, range } = one
      const same = known.get(holder.range_id)
      if (same?.from_second === range.from_second && same.until_second === range.until_second) {
        there.add(range.id)
        continue
      }
      wrong.add(row)
      if (holder.system_id === range.system_id) {
        this.#faults.tell(row, 'ranges', 'other-days', { value: range.text })
      } else await this.#tellTaken(tx, row, range.text, holder.system_id)
    }
    return judged.filter(({ row }) => !wrong.has(row)).map((change) => this.#counted(change, there))
  }

  async #tellTaken(tx: Tx, row: number, value: string, systemId: string): Promise<void> {
    const system = await this.#parts.systems.find(tx, systemId)
    const name = system
      ? `${system.name} (${system.organisation_name})`
      : { vi: 'hệ thống khác', en: 'another system' }
    this.#faults.tell(row, 'ranges', 'range-taken', { value, name })
  }

  #counted(change: Change, there: ReadonlySet<string>): Change {
    if (change.act === 'skip') return change
    const { before, after, row } = change
    const added = change.added.filter(({ id }) => !there.has(id))
    const range_count = (before?.range_count ?? 0) + added.length
    if (range_count > mostOfSystem) {
      this.#faults.tell(row, 'ranges', 'too-many', { most: mostOfSystem })
    }
    if (before && added.length === 0 && isDeepStrictEqual(before, after)) {
      return { ...change, act: 'skip', added }
    }
    const version = (before?.version ?? 0) + 1
    const kept = { ...after, range_count, version, updated_at: this.#parts.clock.iso() }
    return { ...change, added, after: reckonedBy(this.#parts.rules, kept) }
  }
}

/** The fields that are said. */
function given<T extends object>(fields: T) {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

function keyOf({ organisation_id, code }: Pick<KeptSystem, 'organisation_id' | 'code'>): string {
  return `${organisation_id} ${code.toLowerCase()}`
}
