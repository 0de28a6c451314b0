import type { ReactNode } from 'react'
import type { Pages } from '../api/pages.ts'
import { HeldRows, useHeldRows } from './held-rows.tsx'
import { ListStates } from './list-states.tsx'
import { NoMatch } from './states.tsx'
import type { Column } from './table-column.ts'

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
  const { pages, name, label, idOf, columns, compact, onOpen, empty, onClear } = props
  const rows = useHeldRows({ pages, idOf, scope: name, ...(onOpen ? { onOpen } : {}) })
  return (
    <ListStates pages={pages} empty={onClear ? <NoMatch onClear={onClear} /> : empty}>
      <HeldRows rows={rows} name={name} label={label} columns={columns} compact={compact} />
    </ListStates>
  )
}
