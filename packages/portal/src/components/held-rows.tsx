import type { ReactNode } from 'react'
import type { Pages } from '../api/pages.ts'
import { useHeld } from '../live/use-held.ts'
import { DataTable } from './data-table.tsx'
import { ListFoot, NewRows } from './list-foot.tsx'
import type { Column } from './table-column.ts'
import { type ListOptions, useList } from './use-list.ts'

interface HeldOptions<T> extends Omit<ListOptions<T>, 'rows' | 'onMove'> {
  readonly pages: Pages<T>
  /** Changes when other rows are asked for, so that nothing is held over. */
  readonly scope: string
}

/** Rows that keep still while somebody is among them, and what an act applies to: the chosen, else the one pointed at. */
export function useHeldRows<T>({ pages, scope, ...options }: HeldOptions<T>) {
  const { idOf } = options
  const { held, waiting, release, setBusy } = useHeld(pages.items, idOf, scope)
  const list = useList({ ...options, rows: held, onMove: () => setBusy(true) })
  const chosen = list.chosen.size > 0 ? list.chosen : new Set(list.cursor ? [list.cursor] : [])
  const targets = held.filter((row) => chosen.has(idOf(row)))
  return { ...options, pages, held, waiting, release, setBusy, list, targets }
}

interface HeldRowsProps<T> {
  readonly rows: ReturnType<typeof useHeldRows<T>>
  readonly name: string
  readonly label: string
  readonly columns: readonly Column<T>[]
  readonly compact: (row: T) => ReactNode
  readonly faded?: (row: T) => boolean
}

/** The table of such rows with what came meanwhile above it, and below how much it shows. */
export function HeldRows<T extends object>({ rows, ...table }: HeldRowsProps<T>) {
  const { pages, idOf, onOpen, selectable, held, list } = rows
  const { query, total } = pages
  const more = query.hasNextPage && !query.isFetching
  return (
    <>
      <NewRows count={rows.waiting} onShow={rows.release} />
      <DataTable
        {...table}
        rows={held}
        idOf={idOf}
        cursor={list.cursor}
        onPoint={list.point}
        {...(onOpen ? { onOpen } : {})}
        {...(selectable ? { selection: list } : {})}
        onEnd={more ? () => void query.fetchNextPage() : undefined}
        onBusy={rows.setBusy}
      />
      <ListFoot
        shown={held.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
    </>
  )
}
