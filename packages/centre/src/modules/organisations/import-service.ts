import { type Organisation, OrganisationDraft } from '@haidang/contracts/organisation'
import type { OrganisationRow } from '@haidang/contracts/organisation-import'
import type { SheetFormat, SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import type { ImportPlan, Planned } from '../../sheets/organisation-plan.ts'
import { organisationShape } from '../../sheets/organisation-shape.ts'
import { refusedSheet } from '../../sheets/refused-sheet.ts'
import type { ImportColumn } from '../../sheets/sheet-columns.ts'
import { ImportFaults, outcomeOf } from '../../sheets/sheet-faults.ts'
import { fileOf, readImport } from '../../sheets/sheet-import.ts'
import type { ContactService, DutyContact } from '../contacts/contact-service.ts'
import type { ImportStore } from './import-store.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface ImportParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: ImportStore
  readonly plan: ImportPlan
  readonly contacts: ContactService
  readonly listed: Pick<OrganisationStore, 'list' | 'replace' | 'codes'>
  readonly simulated: boolean
}

const chunk = 500

/** Organisations read in from a file, all or none, and written out to one. */
export class ImportService {
  readonly #parts: ImportParts

  constructor(parts: ImportParts) {
    this.#parts = parts
  }

  /** What `apply` would do. Throws Problem sheet.unreadable, permission.missing (a caller bound to one organisation). */
  async preview(caller: Caller, asked: SheetImport): Promise<SheetOutcome> {
    requireNodeScope(caller)
    const read = await readImport(asked, organisationShape)
    const planned = await this.#planned(caller, asked, read)
    return outcomeOf(read, planned.map(sampleOf))
  }

  /** The rows `apply` would refuse, each with why, as a sheet. Throws Problem as `preview`. */
  async refused(caller: Caller, asked: SheetImport): Promise<Uint8Array> {
    requireNodeScope(caller)
    const faults = new ImportFaults(Number.POSITIVE_INFINITY)
    await this.#planned(caller, asked, await readImport(asked, organisationShape, faults))
    return refusedSheet(fileOf(asked), organisationShape.columns, faults, caller.language)
  }

  /** Writes all rows in one transaction, or none. Throws Problem import.invalid and as `preview`. */
  async apply(caller: Caller, asked: SheetImport): Promise<SheetOutcome> {
    requireNodeScope(caller)
    const { database, plan, store } = this.#parts
    const read = await readImport(asked, organisationShape)
    const reason = `${asked.name} ${read.sha256}`
    try {
      return await database.transact(caller.scope, async (tx) => {
        const { planned, ties } = await plan.make(tx, asked, read)
        read.faults.refuse(caller.language)
        for (let at = 0; at < planned.length; at += chunk) {
          await this.#write(tx, caller, planned.slice(at, at + chunk), reason)
        }
        for (let at = 0; at < ties.length; at += chunk) {
          const rows = ties.slice(at, at + chunk)
          await store.addTies(tx, rows)
          await this.#journal(tx, caller, { reason, before: [], after: rows })
        }
        return outcomeOf(read, planned.map(sampleOf))
      })
    } catch (error) {
      if (!violates(error, 'organisation_code')) throw error
      throw new Problem('organisation.code-taken', 'somebody has just added one of these codes')
    }
  }

  /** An empty file with all columns. */
  template({ format }: { readonly format: SheetFormat }): Uint8Array {
    return writeSheet([organisationShape.columns.map(headOf)], format)
  }

  /** What a filter finds as a file `apply` reads again; at most 100,000. Throws Problem filter.invalid. */
  async export(
    caller: Caller,
    { format, filter }: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    const { database, listed, clock } = this.#parts
    const rows: string[][] = [organisationShape.columns.map(headOf)]
    const moment = { day: clock.iso().slice(0, 10), now: clock.iso() }
    let cursor: string | undefined
    do {
      const { page, codes } = await database.transact(caller.scope, async (tx) => {
        const found = await listed.list(tx, { limit: chunk, filter, cursor }, moment)
        const parents = found.items.flatMap(({ parent_id }) => parent_id ?? [])
        return { page: found, codes: await listed.codes(tx, parents) }
      })
      for (const one of page.items) {
        const { code, name, kind, sectors, unit, parent_id, address, website, duty } = one
        const contact = [duty?.name ?? '', duty?.phone ?? '', duty?.email ?? '']
        const parent = codes.get(parent_id ?? '') ?? ''
        const place = [unit, parent, address, website]
        rows.push([code, name, kind, sectors.join('; '), ...place, ...contact])
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined && rows.length <= 100_000)
    return writeSheet(rows, format)
  }

  #planned(
    caller: Caller,
    asked: SheetImport,
    read: Awaited<ReturnType<typeof readImport<typeof OrganisationRow>>>,
  ): Promise<Planned[]> {
    const { database, plan } = this.#parts
    return database.transact(caller.scope, async (tx) => (await plan.make(tx, asked, read)).planned)
  }

  async #write(tx: Tx, caller: Caller, planned: readonly Planned[], reason: string): Promise<void> {
    const { store, contacts, listed, clock } = this.#parts
    const now = clock.iso()
    const made = planned.filter(({ act }) => act === 'create').map((one) => this.#made(one, now))
    await store.addAll(
      tx,
      made.map(({ organisation }) => organisation),
    )
    await contacts.addDuties(
      tx,
      made.flatMap(({ contact }) => contact ?? []),
    )
    const changed = planned.flatMap(({ act, known, draft }) =>
      act === 'update' && known
        ? [{ ...known, ...OrganisationDraft.parse(draft), updated_at: now }]
        : [],
    )
    for (const row of changed) await listed.replace(tx, row)
    const before = planned.flatMap(({ act, known }) => (act === 'update' && known ? [known] : []))
    if (made.length + changed.length === 0) return
    const after = [...made.map(({ organisation }) => organisation), ...changed]
    await this.#journal(tx, caller, { reason, before, after })
  }

  async #journal(
    tx: Tx,
    { scope: { actor } }: Caller,
    entry: Pick<EntryDraft, 'reason' | 'before' | 'after'>,
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      ...entry,
      type: 'organisations.imported',
      organisation_id: null,
      actor,
      authority: 'organisation.manage',
      subject: 'organisations',
    })
  }

  #made(
    { id, draft: { contact_name, contact_phone, contact_email, ...rest } }: Planned,
    now: string,
  ) {
    const { simulated } = this.#parts
    const { parent: _, ...draft } = rest
    const own = { id, home: false, membership: 'none' as const, simulated }
    const organisation: Organisation = { ...draft, ...own, created_at: now, updated_at: now }
    if (!contact_name) return { organisation }
    const told = { name: contact_name, phone: contact_phone, email: contact_email }
    const contact: DutyContact = { organisation_id: id, ...told }
    return { organisation, contact }
  }
}

const sampleOf = ({ row, draft, act }: Planned) => ({
  row,
  code: draft.code,
  name: draft.name,
  act,
})

const headOf = ({ names, field }: ImportColumn) => names[0] ?? field

function requireNodeScope({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'only a role of scope node reads organisations in')
}
