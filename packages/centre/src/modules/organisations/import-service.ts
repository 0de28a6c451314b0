import { labels } from '@haidang/contracts/labels'
import { type Organisation, OrganisationDraft } from '@haidang/contracts/organisation'
import { OrganisationRow } from '@haidang/contracts/organisation-import'
import type { SheetFormat, SheetImport, SheetOutcome } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { violates } from '@haidang/runtime/database/violation'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import {
  type ImportColumn,
  type ImportRow,
  listReader,
  outcomeOf,
  readImport,
  wordReader,
} from '../../sheet-import.ts'
import { unconfirmed } from './contact-service.ts'
import type { ContactRow } from './contact-tables.ts'
import type { ImportStore } from './import-store.ts'
import type { OrganisationService } from './organisation-service.ts'
import type { OrganisationStore } from './organisation-store.ts'

interface ImportParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: ImportStore
  readonly listed: Pick<OrganisationStore, 'list' | 'replace'>
  readonly organisations: OrganisationService
  readonly simulated: boolean
}

/** A row and what becomes of it. */
interface Planned extends ImportRow<OrganisationRow> {
  readonly act: 'create' | 'update' | 'skip'
  readonly known: Organisation | undefined
}

const columns: readonly ImportColumn[] = [
  { field: 'code', names: ['Mã định danh', 'code'], required: true },
  { field: 'name', names: ['Tên tổ chức', 'name'], required: true },
  {
    field: 'kind',
    names: ['Loại', 'kind'],
    required: true,
    read: wordReader(labels.organisationKind),
  },
  { field: 'sectors', names: ['Lĩnh vực', 'sectors'], read: listReader(wordReader(labels.sector)) },
  { field: 'unit', names: ['Tỉnh, thành phố', 'unit'] },
  { field: 'address', names: ['Địa chỉ', 'address'] },
  { field: 'website', names: ['Trang tin', 'website'] },
  { field: 'contact_name', names: ['Đầu mối trực', 'contact name'] },
  { field: 'contact_phone', names: ['Điện thoại', 'contact phone'] },
  { field: 'contact_email', names: ['Thư điện tử', 'contact email'] },
]

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
    const read = await readOrganisations(asked)
    const planned = await this.#parts.database.transact(caller.scope, (tx) =>
      this.#plan(tx, asked, read),
    )
    return outcomeOf(read, planned.map(sampleOf))
  }

  /** Writes all rows in one transaction, or none. Throws Problem import.invalid and as `preview`. */
  async apply(caller: Caller, asked: SheetImport): Promise<SheetOutcome> {
    requireNodeScope(caller)
    const read = await readOrganisations(asked)
    try {
      return await this.#parts.database.transact(caller.scope, async (tx) => {
        const planned = await this.#plan(tx, asked, read)
        if (read.faults.count > 0) throw faulty(read.faults)
        for (let at = 0; at < planned.length; at += chunk) {
          await this.#write(
            tx,
            caller,
            planned.slice(at, at + chunk),
            `${asked.name} ${read.sha256}`,
          )
        }
        return outcomeOf(read, planned.map(sampleOf))
      })
    } catch (error) {
      if (!violates(error, 'organisation_code')) throw error
      throw new Problem('organisation.code-taken', 'somebody has just added one of these codes')
    }
  }

  /** What a filter finds as a file `apply` reads again; at most 100,000. Throws Problem filter.invalid. */
  async export(
    caller: Caller,
    { format, filter }: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    const { database, listed, clock } = this.#parts
    const rows: string[][] = [columns.map(({ names, field }) => names[0] ?? field)]
    const moment = { day: clock.iso().slice(0, 10), now: clock.iso() }
    let cursor: string | undefined
    do {
      const page = await database.transact(caller.scope, (tx) =>
        listed.list(tx, { limit: chunk, filter, cursor }, moment),
      )
      for (const { code, name, kind, sectors, unit, address, website, duty } of page.items) {
        const contact = [duty?.name ?? '', duty?.phone ?? '', duty?.email ?? '']
        rows.push([code, name, kind, sectors.join('; '), unit, address, website, ...contact])
      }
      cursor = page.next ?? undefined
    } while (cursor !== undefined && rows.length <= 100_000)
    return writeSheet(rows, format)
  }

  async #plan(
    tx: Tx,
    { existing }: SheetImport,
    { rows, faults }: Awaited<ReturnType<typeof readOrganisations>>,
  ): Promise<Planned[]> {
    const { store, organisations } = this.#parts
    const codes = rows.map(({ draft }) => draft.code)
    const known = new Map(
      (await store.withCodes(tx, codes)).map((row) => [row.code.toLowerCase(), row]),
    )
    const unitOf = await organisations.unitReader(tx)
    return rows.flatMap(({ row, draft }): Planned[] => {
      const found = known.get(draft.code.toLowerCase())
      if (found && existing === 'refuse') {
        faults.add({
          row,
          field: 'code',
          cause: `${found.name} has it`,
          remedy: 'another code, or skip or update',
        })
        return []
      }
      const unit = unitOf(draft.unit)
      if (unit === undefined) {
        faults.add({
          row,
          field: 'unit',
          cause: 'no provincial unit of this code or name',
          remedy: 'code or name',
        })
        return []
      }
      const act = found ? (existing === 'skip' ? 'skip' : 'update') : 'create'
      return [{ row, draft: { ...draft, unit }, act, known: found }]
    })
  }

  async #write(tx: Tx, caller: Caller, planned: readonly Planned[], reason: string): Promise<void> {
    const { store, listed, journal, clock } = this.#parts
    const now = clock.iso()
    const made = planned
      .filter(({ act }) => act === 'create')
      .map(({ draft }) => this.#made(draft, now))
    await store.addAll(
      tx,
      made.map(({ organisation }) => organisation),
    )
    await store.addContacts(
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
    const { actor } = caller.scope
    await journal.append(tx, {
      ...{ type: 'organisations.imported', organisation_id: null, actor, reason },
      ...{ authority: 'organisation.manage', subject: 'organisations', before },
      after: [...made.map(({ organisation }) => organisation), ...changed],
    })
  }

  #made({ contact_name, contact_phone, contact_email, ...draft }: OrganisationRow, now: string) {
    const { newId, simulated } = this.#parts
    const own = { id: newId('organisation'), home: false, membership: 'none' as const, simulated }
    const organisation: Organisation = { ...draft, ...own, created_at: now, updated_at: now }
    if (!contact_name) return { organisation }
    const contact: ContactRow = {
      ...{ id: newId('contact'), organisation_id: own.id, purpose: 'duty', position: '' },
      ...{ name: contact_name, phone: contact_phone, email: contact_email, openpgp: '', key: null },
      ...{ ...unconfirmed, created_at: now, updated_at: now },
    }
    return { organisation, contact }
  }
}

const readOrganisations = (asked: SheetImport) =>
  readImport(asked, columns, OrganisationRow, ({ code }) => code)

const sampleOf = ({ row, draft, act }: Planned) => ({
  row,
  code: draft.code,
  name: draft.name,
  act,
})

function faulty({ count, told }: { count: number; told: SheetOutcome['faults'] }): Problem {
  const errors = told.map(({ row, field, cause, remedy }) => ({
    field: `${row}.${field}`,
    cause,
    remedy,
  }))
  return new Problem('import.invalid', `${count} faults`, errors)
}

function requireNodeScope({ scope }: Caller): void {
  if (scope.organisations === 'all') return
  throw new Problem('permission.missing', 'only a role of scope node reads organisations in')
}
