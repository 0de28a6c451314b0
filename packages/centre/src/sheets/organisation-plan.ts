import type { Organisation } from '@haidang/contracts/organisation'
import type { OrganisationRow } from '@haidang/contracts/organisation-import'
import type { SheetImport } from '@haidang/contracts/sheet-import'
import type { Clock } from '@haidang/runtime/clock'
import type { Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { ImportStore } from '../modules/organisations/import-store.ts'
import type { OrganisationService } from '../modules/organisations/organisation-service.ts'
import type { TieStore } from '../modules/organisations/tie-store.ts'
import type { TieRow } from '../modules/organisations/tie-tables.ts'
import { vietnamDate } from '../vietnam-date.ts'
import { checkParents, type WantedParent } from './organisation-parents.ts'
import type { ImportFaults } from './sheet-faults.ts'
import type { ImportRow } from './sheet-import.ts'

/** A row and what becomes of it. */
export interface Planned extends ImportRow<OrganisationRow> {
  readonly id: string
  readonly act: 'create' | 'update' | 'skip'
  readonly known: Organisation | undefined
}

interface PlanParts {
  readonly clock: Clock
  readonly newId: NewId
  readonly store: ImportStore
  readonly tree: Pick<TieStore, 'lockTree'>
  readonly organisations: OrganisationService
}

interface Read {
  readonly rows: readonly ImportRow<OrganisationRow>[]
  readonly faults: ImportFaults
}

/** What reading organisations in would do to the register. */
export class ImportPlan {
  readonly #parts: PlanParts

  constructor(parts: PlanParts) {
    this.#parts = parts
  }

  /** What becomes of each row and who is put under whom; what the register forbids is added to the faults. */
  async make(
    tx: Tx,
    { existing }: Pick<SheetImport, 'existing'>,
    { rows, faults }: Read,
  ): Promise<{ readonly planned: Planned[]; readonly ties: TieRow[] }> {
    const { store, organisations, newId } = this.#parts
    const known = byCode(
      await store.withCodes(
        tx,
        rows.map(({ draft }) => draft.code),
      ),
    )
    const unitOf = await organisations.unitReader(tx)
    const planned = rows.flatMap((one): Planned[] => {
      const found = known.get(one.draft.code.toLowerCase())
      const unit = unitOf(one.draft.unit)
      if (unit === undefined) faults.tell(one.row, 'unit', 'no-unit', { value: one.draft.unit })
      if (found && existing === 'refuse') {
        faults.tell(one.row, 'code', 'taken-by', { name: found.name })
        return []
      }
      if (unit === undefined) return []
      const id = found?.id ?? newId('organisation')
      return [
        { ...one, draft: { ...one.draft, unit }, act: actOf(found, existing), known: found, id },
      ]
    })
    return { planned, ties: await this.#ties(tx, planned, faults) }
  }

  async #ties(tx: Tx, planned: readonly Planned[], faults: ImportFaults): Promise<TieRow[]> {
    const { store, tree, clock, newId } = this.#parts
    const asking = planned.filter(({ act, draft }) => act !== 'skip' && draft.parent !== '')
    if (asking.length === 0) return []
    await tree.lockTree(tx)
    const day = vietnamDate(clock.now())
    const above = byCode(
      await store.withCodes(
        tx,
        asking.map(({ draft }) => draft.parent),
      ),
    )
    const inFile = byCode(
      planned.map(({ id, draft }) => ({ id, code: draft.code, name: draft.name })),
    )
    const ties = await store.parentsFrom(tx, day)
    const tied = new Map(ties.map((tie) => [tie.organisation_id, tie]))
    const names = new Map([...above.values(), ...inFile.values()].map(({ id, code }) => [id, code]))
    const nameOf = (id: string) => names.get(id) ?? '…'
    const wanted = asking.flatMap(({ row, id, draft: { parent } }): WantedParent[] => {
      const one = (above.get(parent.toLowerCase()) ?? inFile.get(parent.toLowerCase()))?.id
      const held = tied.get(id)
      if (one === undefined) faults.tell(row, 'parent', 'no-parent', { value: parent })
      else if (!held) return [{ row, id, parent_id: one }]
      else if (held.parent_id !== one || !held.today) {
        faults.tell(row, 'parent', 'other-parent', { name: nameOf(held.parent_id) })
      }
      return []
    })
    checkParents(wanted, ties, nameOf, faults)
    return wanted.map(({ id, parent_id }) => ({
      id: newId('tie'),
      organisation_id: id,
      kind: 'parent',
      parent_id,
      mandate: null,
      valid_from: day,
      valid_to: null,
      basis: '',
    }))
  }
}

function actOf(known: Organisation | undefined, existing: SheetImport['existing']): Planned['act'] {
  if (!known) return 'create'
  return existing === 'skip' ? 'skip' : 'update'
}

function byCode<T extends { readonly code: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.code.toLowerCase(), row]))
}
