import {
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useEffect, useLayoutEffect, useMemo, useState } from 'react'
import { useHiddenColumns } from './hidden-columns.ts'
import { useScrollElement } from './page.tsx'
import type { Column } from './table-column.ts'

const features = tableFeatures({ columnVisibilityFeature })

/** Narrower than this, in pixels, a row is written in two lines. */
export const compactBelow = 640
const headHeight = 32

interface Model<T> {
  readonly name: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly selectable: boolean
  readonly width: number
}

/** The table model with the columns that have room, and the CSS tracks they stand in. */
export function useTableModel<T extends object>({
  name,
  columns,
  rows,
  idOf,
  selectable,
  width,
}: Model<T>) {
  const [hidden] = useHiddenColumns(name)
  const helper = useMemo(() => createColumnHelper<typeof features, T>(), [])
  const defined = useMemo(
    () => helper.columns(columns.map(({ id, header }) => helper.display({ id, header }))),
    [helper, columns],
  )
  const shown = columns.filter(
    ({ id, from, fixed }) => fixed || (!hidden.includes(id) && (from ?? 0) <= width),
  )
  const columnVisibility = Object.fromEntries(
    columns.map(({ id }) => [id, shown.some((column) => column.id === id)]),
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({
    features,
    columns: defined,
    data,
    getRowId: idOf,
    state: { columnVisibility },
  })
  const tracks = shown.map((column) => column.width).join(' ')
  return { table, template: `${selectable ? '24px ' : ''}${tracks} 24px` }
}

/** Width of an element, and how far down the scrolled page it starts; kept true as things above it grow. */
export function useMeasure(frame: { readonly current: HTMLElement | null }) {
  const scroll = useScrollElement()
  const [size, setSize] = useState({ width: 0, top: 0 })
  useLayoutEffect(() => {
    const element = frame.current
    const scroller = scroll.current
    if (!element || !scroller) return
    const measure = () => {
      const box = element.getBoundingClientRect()
      const offset = box.top - scroller.getBoundingClientRect().top + scroller.scrollTop
      const top = Math.round(offset) + (box.width < compactBelow ? 0 : headHeight)
      setSize((old) =>
        old.width === box.width && old.top === top ? old : { width: box.width, top },
      )
    }
    const observer = new ResizeObserver(measure)
    for (const watched of [element, scroller, ...(element.parentElement?.children ?? [])]) {
      observer.observe(watched)
    }
    measure()
    return () => observer.disconnect()
  }, [frame, scroll])
  return size
}

/** Keeps the row under the keyboard cursor in sight. */
export function useFollow<T>(
  cursor: string | null | undefined,
  rows: readonly T[],
  idOf: (row: T) => string,
  scrollTo: (index: number, options: { align: 'auto' }) => void,
): void {
  useEffect(() => {
    if (!cursor) return
    const index = rows.findIndex((row) => idOf(row) === cursor)
    if (index >= 0) scrollTo(index, { align: 'auto' })
    // Only a moved cursor scrolls; new rows must not.
  }, [cursor])
}

/** Asks for the next page shortly before its rows are needed. */
export function useEnd(last: number, count: number, onEnd: (() => void) | undefined): void {
  useEffect(() => {
    if (count > 0 && last >= count - 20) onEnd?.()
  }, [last, count, onEnd])
}
