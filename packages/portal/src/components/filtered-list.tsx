import type { ReactNode } from 'react'
import { FilterBar } from './filter-bar.tsx'
import { List, type ListProps } from './list.tsx'
import { gutter } from './page.tsx'

interface FilteredListProps<T> extends Omit<ListProps<T>, 'onClear'> {
  /** The filter as it stands in the address. */
  readonly q: string
  readonly fields: readonly string[]
  /** See FilterBar. */
  readonly example: string
  readonly onFilter: (q: string) => void
  /** Choices beside the filter. */
  readonly choices?: ReactNode
  /** Whether a choice narrows the list, too: an empty list then means no match. */
  readonly narrowed?: boolean
  /** Takes filter and choices away; the filter alone unless told. */
  readonly onClear?: () => void
}

/** A list endpoint under the row that narrows it. */
export function FilteredList<T extends object>({
  q,
  fields,
  example,
  onFilter,
  choices,
  narrowed = false,
  onClear = () => onFilter(''),
  ...list
}: FilteredListProps<T>) {
  return (
    <>
      <div className={`py-3 ${gutter}`}>
        <FilterBar value={q} onChange={onFilter} fields={fields} example={example}>
          {choices}
        </FilterBar>
      </div>
      <List {...list} {...(q || narrowed ? { onClear } : {})} />
    </>
  )
}
