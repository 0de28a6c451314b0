import { randomInt } from 'node:crypto'
import type { SheetFault } from '@haidang/contracts/sheet-fault'
import { faultIn, sheetFaults } from '@haidang/contracts/sheet-fault'
import type { SheetOutcome } from '@haidang/contracts/sheet-import'
import type { SystemImport, SystemImportDraft, SystemRow } from '@haidang/contracts/system-import'
import { tlpRank } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import { isoOf } from '@haidang/runtime/clock'
import { type Database, type Scope, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { isPassing } from '@haidang/runtime/passing'
import { Problem } from '@haidang/runtime/problem'
import { SheetProblem } from '@haidang/runtime/sheets/sheet-problem'
import { requireClearance } from '../clearance.ts'
import type { Claim } from '../modules/attribution/attribution-index.ts'
import type { AttributionService } from '../modules/attribution/attribution-service.ts'
import { refusedSheet } from '../sheets/refused-sheet.ts'
import { ImportFaults } from '../sheets/sheet-faults.ts'
import { fileOf, type ImportRow, readRows, sha256Of } from '../sheets/sheet-import.ts'
import type { SystemImportStore } from './import-store.ts'
import type { SystemImportRow } from './import-tables.ts'
import { found, told } from './import-view.ts'
import { type RunParts, SystemRun } from './system-run.ts'
import { systemShape } from './system-shape.ts'
import { SystemWriter } from './system-writer.ts'

interface ImportParts extends Omit<RunParts, 'seed'> {
  readonly database: Database
  readonly journal: Journal
  readonly store: SystemImportStore
  readonly attribution: AttributionService
  /** Keeps that what is stored is to be attributed anew after these claims; answers what begins it. */
  readonly noted: (
    tx: Tx,
    of: Pick<SystemImportRow, 'organisation_id' | 'tlp_rank' | 'scope'>,
    claims: readonly Claim[],
  ) => Promise<() => Promise<void>>
  /** Hands an import over to a worker; after the transaction that made it ready. */
  readonly later: (id: string) => Promise<void>
}

const week = 7 * 86_400_000
const mostOpen = 20
const mostRefused = 20_000
const mostTold = 200
/** Rows judged at a time, and how often one is told how far it is. */
const chunk = 500
const tellEvery = 2_000

/** Files of information systems: read by a job, looked at, then written whole or not at all by another. */
export class SystemImportService {
  readonly #parts: ImportParts

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** Throws Problem system-import.not-found, also where the caller may not know of it. */
  async get(caller: Caller, id: string): Promise<SystemImport> {
    const { database, store } = this.#parts
    return told(await database.transact(caller.scope, async (tx) => found(await store.get(tx, id))))
  }

  /**
   * Keeps a file and begins to read it. Throws Problem organisation.not-found, system-import.too-many,
   * request.invalid (a TLP above the caller's clearance).
   */
  async start(caller: Caller, draft: SystemImportDraft): Promise<SystemImport> {
    const { database, store, organisations, clock, later } = this.#parts
    const row = this.#blank(caller, draft)
    await database.transact(systemScope, (tx) => store.removeBefore(tx, isoOf(clock.now() - week)))
    await database.transact(caller.scope, async (tx) => {
      if (row.organisation_id !== null) await organisations.require(tx, row.organisation_id)
      if ((await store.open(tx, row.organisation_id)) >= mostOpen) {
        throw new Problem('system-import.too-many')
      }
      await store.add(tx, row)
    })
    await later(row.id)
    return told(row)
  }

  /** Begins to write what was read. Throws Problem system-import.not-found, system-import.not-ready. */
  async apply(caller: Caller, id: string): Promise<SystemImport> {
    const { database, store, later } = this.#parts
    const row = await database.transact(caller.scope, async (tx) => {
      const before = found(await store.lock(tx, id))
      if (before.state !== 'read' || (before.outcome?.fault_count ?? 1) > 0) {
        throw new Problem('system-import.not-ready')
      }
      const scope = scopeFor(caller.scope, before.organisation_id)
      const change = { scope, state: 'applying', done: 0, ended_at: null } as const
      await store.change(tx, id, change)
      return { ...before, ...change }
    })
    await later(id)
    return told(row)
  }

  /** The refused rows with why. Throws Problem system-import.not-found, system-import.not-ready (none refused). */
  async refused(caller: Caller, id: string) {
    const { database, store } = this.#parts
    const row = await database.transact(caller.scope, async (tx) => found(await store.get(tx, id)))
    if (!row.refused) throw new Problem('system-import.not-ready', 'no row was refused')
    return { bytes: row.refused, format: row.format }
  }

  /** Hands over anew what a stop of the node left unfinished. */
  async resume(): Promise<void> {
    const { database, store, later } = this.#parts
    const ids = await database.transact(systemScope, (tx) => store.unfinished(tx))
    for (const id of ids) await later(id)
  }

  /** Does what an import waits for; done again after a crash it begins anew. */
  async run(id: string): Promise<void> {
    const { database, store, clock } = this.#parts
    const row = await database.transact(systemScope, (tx) => store.get(tx, id))
    if (!row?.content) return
    try {
      if (row.state === 'applying') await this.#apply(row)
      else if (row.state !== 'read') await this.#read(row)
    } catch (error) {
      if (!(error instanceof Problem) || isPassing(error)) throw error
      const problem = {
        code: error.code,
        detail: error.message.slice(0, 1_000),
        ...(error instanceof SheetProblem ? { cause: error.words.cause } : {}),
      }
      await this.#change(id, { state: 'failed', problem, content: null, ended_at: clock.iso() })
    }
  }

  async #read(row: SystemImportRow): Promise<void> {
    const { database, clock } = this.#parts
    await this.#change(row.id, { state: 'reading', done: 0 })
    const faults = new ImportFaults(mostRefused)
    const outcome = await database.transact(row.scope, (tx) => this.#examine(tx, row, faults))
    const refused =
      faults.count > 0
        ? await refusedSheet(sheetOf(row), systemShape.columns, faults, row.language)
        : null
    await this.#change(row.id, { state: 'read', outcome, refused, ended_at: clock.iso() })
  }

  async #apply(row: SystemImportRow): Promise<void> {
    const { database, store, rangeStore, attribution, clock, noted } = this.#parts
    const reason = `${row.name} ${sha256Of(sheetOf(row))}`
    const done = await database
      .transact(row.scope, async (tx) => {
        const faults = new ImportFaults(mostTold)
        const writer = new SystemWriter(this.#parts)
        await rangeStore.lock(tx)
        const outcome = await this.#examine(tx, row, faults, writer)
        // The register changed since it was looked at: nothing of it is kept.
        if (faults.count > 0) throw new Stale('the register changed')
        await writer.record(tx, row.scope, reason)
        const change = { state: 'applied', outcome, content: null, refused: null } as const
        await store.change(tx, row.id, { ...change, ended_at: clock.iso() })
        const { claims } = writer
        const begin = claims.length > 0 ? await noted(tx, row, claims) : undefined
        return { claims, begin }
      })
      .catch(async (error: unknown) => {
        if (!(error instanceof Stale)) throw error
        await this.#change(row.id, { state: 'waiting', outcome: null })
        await this.#read(row)
        return undefined
      })
    if (!done) return
    await attribution.apply([], done.claims)
    await done.begin?.()
  }

  async #examine(
    tx: Tx,
    row: SystemImportRow,
    faults: ImportFaults,
    writer?: SystemWriter,
  ): Promise<SheetOutcome> {
    const { scope, organisation_id, existing } = row
    const parts = { ...this.#parts, seed: randomInt(2 ** 31) }
    const run = new SystemRun(parts, { scope, organisation_id, existing, writes: !!writer }, faults)
    const waiting: ImportRow<SystemRow>[] = []
    let judged = 0
    const judge = async (least: number) => {
      while (waiting.length >= least && waiting.length > 0) {
        const some = waiting.splice(0, chunk)
        const changes = await run.judge(tx, some)
        await writer?.write(tx, changes)
        judged += some.length
        if (judged % tellEvery < chunk) await this.#change(row.id, { done: judged })
      }
      await new Promise(setImmediate)
    }
    const file = sheetOf(row)
    const rows = await readRows(file, systemShape, {
      faults,
      take: (one) => waiting.push(one),
      between: () => judge(chunk),
    })
    await judge(0)
    const notices = writer ? { count: 0, told: [] } : await this.#notices(tx, run)
    const { create, update, skip } = run.counts
    return {
      rows,
      created: create,
      updated: update,
      skipped: skip,
      sample: run.sample,
      fault_count: faults.count,
      faults: faults.told.slice(0, mostTold),
      notice_count: notices.count,
      notices: notices.told,
      sha256: sha256Of(file),
    }
  }

  /** Ranges that lie within one of somebody else, of the file or of the register. */
  async #notices(tx: Tx, { ranges }: SystemRun): Promise<{ count: number; told: SheetFault[] }> {
    const { attribution, systems, clock } = this.#parts
    const told = new ImportFaults(mostTold)
    for (const { range, row, text } of ranges.within()) {
      told.tell(range.row, 'ranges', 'lies-within-row', { value: range.text, range: text, row })
    }
    const now = Math.floor(clock.now() / 1_000)
    for (const range of ranges.all()) {
      const at = Math.min(Math.max(range.from, now), range.until - 1)
      const held = await attribution.above(range, at, range.organisation_id)
      if (!held || held.organisation_id === range.organisation_id) continue
      const system =
        told.told.length < mostTold ? await systems.find(tx, held.system_id) : undefined
      const name = system
        ? `${system.name} (${system.organisation_name})`
        : { vi: 'hệ thống khác', en: 'another system' }
      // Of a system nobody may know of, not even its range is told.
      const shown = { value: range.text, range: system ? held.text : '…', name }
      told.add(faultIn(sheetFaults, { row: range.row, field: 'ranges' }, 'lies-within', shown))
    }
    return { count: told.count, told: told.told }
  }

  #change(id: string, change: Partial<SystemImportRow>): Promise<void> {
    const { database, store } = this.#parts
    return database.transact(systemScope, (tx) => store.change(tx, id, change))
  }

  #blank(caller: Caller, draft: SystemImportDraft): SystemImportRow {
    const { clock, newId } = this.#parts
    const { scope, language } = caller
    if (draft.tlp) requireClearance(scope, draft.tlp)
    const rank = draft.tlp ? tlpRank(draft.tlp) : scope.clearance
    const own = scope.organisations === 'all' ? null : caller.organisation_id
    const organisation_id = draft.organisation_id ?? own
    return {
      id: newId('systemImport'),
      organisation_id,
      tlp_rank: rank,
      name: draft.name,
      format: draft.format,
      existing: draft.existing,
      content: Buffer.from(draft.content, 'base64'),
      refused: null,
      state: 'waiting',
      done: 0,
      outcome: null,
      problem: null,
      scope: scopeFor(scope, organisation_id),
      language,
      author_name: scope.actor.name,
      created_at: clock.iso(),
      ended_at: null,
    }
  }
}

/** An import that was right when it was looked at and is not any more. */
class Stale extends Error {
  override readonly name = 'Stale'
}

/** What an import may touch: what its caller may, and of an organisation's import nothing else. */
function scopeFor(
  { actor, organisations, clearance }: Scope,
  organisationId: string | null,
): Scope {
  return { actor, clearance, organisations: organisationId ? [organisationId] : organisations }
}

function sheetOf({ content, format }: SystemImportRow) {
  return fileOf({ content: Buffer.from(content ?? []).toString('base64'), format })
}
