import type { SheetFormat } from '@haidang/contracts/sheet-import'
import type { Caller } from '@haidang/runtime/caller'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { sheetLimits } from '@haidang/runtime/sheets/sheet'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import type { RangeStore } from '../modules/attribution/range-store.ts'
import type { OrganisationService } from '../modules/organisations/organisation-service.ts'
import type { KeptSystem, SystemStore } from '../modules/systems/system-store.ts'
import { entryText } from './range-entry.ts'
import { systemShape } from './system-shape.ts'

interface ExportParts {
  readonly database: Database
  readonly systemStore: SystemStore
  readonly rangeStore: RangeStore
  readonly organisations: OrganisationService
}

const page = 500
const heads = systemShape.columns.map(({ names, field }) => names[0] ?? field)

/** Information systems as files that can be read in again. */
export class SystemExportService {
  readonly #parts: ExportParts

  constructor(parts: ExportParts) {
    this.#parts = parts
  }

  /** An empty file with all columns. */
  template(format: SheetFormat): Uint8Array {
    return writeSheet([heads], format)
  }

  /** What a filter finds; at most 100,000 rows. Throws Problem filter.invalid. */
  async export(
    { scope }: Caller,
    { format, filter }: { readonly format: SheetFormat; readonly filter?: string | undefined },
  ): Promise<Uint8Array> {
    const { database, systemStore } = this.#parts
    const rows: string[][] = [heads]
    let cursor: string | undefined
    do {
      const after = cursor
      cursor = await database.transact(scope, async (tx) => {
        const found = await systemStore.list(tx, { limit: page, filter, cursor: after })
        rows.push(...(await this.#rows(tx, found.items)))
        return found.next ?? undefined
      })
    } while (cursor !== undefined && rows.length < sheetLimits.rows)
    return writeSheet(rows.slice(0, sheetLimits.rows), format)
  }

  async #rows(tx: Tx, systems: readonly KeptSystem[]): Promise<string[][]> {
    const { rangeStore, organisations } = this.#parts
    const ids = systems.flatMap(({ organisation_id, operator_id }) => [
      organisation_id,
      ...(operator_id ? [operator_id] : []),
    ])
    const codes = await organisations.codes(tx, ids)
    const ranges = Map.groupBy(
      await rangeStore.ofSystems(
        tx,
        systems.map(({ id }) => id),
      ),
      ({ system_id }) => system_id,
    )
    return systems.flatMap((system) => {
      const owner = codes.get(system.organisation_id) ?? ''
      const cells = cellsOf((ranges.get(system.id) ?? []).map(entryText))
      const decision = system.level_decision
      const first = [
        ...[owner, system.code, system.name, codes.get(system.operator_id ?? '') ?? ''],
        ...[system.purpose, system.tlp.toUpperCase(), String(system.level ?? '')],
        ...[system.level_approval, decision?.number ?? '', decision?.date ?? ''],
        ...[decision?.authority ?? '', system.importance.join('; '), cells[0] ?? ''],
      ]
      const blanks = heads.slice(3).map(() => '')
      return [first, ...cells.slice(1).map((cell) => [owner, system.code, ...blanks, cell])]
    })
  }
}

/** Texts in as few cells as hold them. */
function cellsOf(texts: readonly string[]): string[] {
  const cells: string[] = []
  for (const text of texts) {
    const last = cells.at(-1)
    const longer = last === undefined ? text : `${last}; ${text}`
    if (last === undefined || longer.length > sheetLimits.cell) cells.push(text)
    else cells[cells.length - 1] = longer
  }
  return cells
}
