import type { ReactNode } from 'react'
import type { Pages } from '../api/pages.ts'
import { useHeld } from '../live/use-held.ts'
import { DataTable } from './data-table.tsx'
import { ListFoot, NewRows } from './list-foot.tsx'
import { ListStates } from './list-states.tsx'
import { NoMatch } from './states.tsx'
import type { Column } from './table-column.ts'
import { useList } from './use-list.ts'

export interface ListProps<T> {
  readonly pages: Pages<T>
  readonly name: string
  readonly label: string
  readonly idOf: (row: T) => string
  readonly columns: readonly Column<T>[]
  readonly compact: (row: T) => ReactNode
  readonly onOpen?: (row: T) => void
  readonly empty: ReactNode
  /** Given when a filter is in force: an empty list then means no match. */
  readonly onClear?: () => void
}

/** A list endpoint in all its six states. */
export function List<T extends object>(props: ListProps<T>) {
  const { pages, idOf, onOpen, empty, onClear } = props
  const { query, items, total } = pages
  const { held, waiting, release, setBusy } = useHeld(items, idOf, props.name)
  const list = useList({
    rows: held,
    idOf,
    onMove: () => setBusy(true),
    ...(onOpen ? { onOpen } : {}),
  })
  return (
    <ListStates pages={pages} empty={onClear ? <NoMatch onClear={onClear} /> : empty}>
      <NewRows count={waiting} onShow={release} />
      <DataTable
        name={props.name}
        label={props.label}
        rows={held}
        idOf={idOf}
        columns={props.columns}
        compact={props.compact}
        cursor={list.cursor}
        onPoint={list.point}
        {...(onOpen ? { onOpen } : {})}
        onEnd={
          query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : undefined
        }
        onBusy={setBusy}
      />
      <ListFoot
        shown={held.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
    </ListStates>
  )
}
