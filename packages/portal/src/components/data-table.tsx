// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed by hand, which table elements do not allow
import { useLingui } from '@lingui/react/macro'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Columns3 } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { cn } from '../theme/cn.ts'
import { useHiddenColumns } from './hidden-columns.ts'
import { Menu, MenuItem } from './menu.tsx'
import { useScrollElement } from './page.tsx'
import type { Column } from './table-column.ts'
import { compactBelow, useEnd, useFollow, useMeasure, useTableModel } from './table-model.ts'
import { AllBox, press, Row, RowBox, type Selection } from './table-row.tsx'

interface DataTableProps<T> {
  readonly name: string
  readonly label: string
  readonly rows: readonly T[]
  readonly idOf: (row: T) => string
  readonly columns: readonly Column<T>[]
  /** The row in two lines, for tables narrower than 640 px. */
  readonly compact: (row: T) => ReactNode
  readonly cursor?: string | null
  readonly onPoint?: (id: string) => void
  readonly onOpen?: (row: T) => void
  readonly selection?: Selection
  readonly onEnd?: (() => void) | undefined
  readonly onBusy?: (busy: boolean) => void
  readonly faded?: (row: T) => boolean
}

const rowHeight = 34
const compactHeight = 66

/** A virtual table that scrolls with its page: sticky head, check boxes always there, a keyboard cursor. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, rows, idOf, selection, cursor } = props
  const frame = useRef<HTMLDivElement>(null)
  const scroll = useScrollElement()
  const { width, top } = useMeasure(frame)
  const compact = width > 0 && width < compactBelow
  const { table, template } = useTableModel({
    name: props.name,
    columns: props.columns,
    rows,
    idOf,
    selectable: selection !== undefined,
    width,
  })
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => (compact ? compactHeight : rowHeight),
    getItemKey: (index) => {
      const row = rows[index]
      return row ? idOf(row) : index
    },
    overscan: 12,
    scrollMargin: top,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 96,
  })
  useEffect(() => virtual.measure(), [virtual, compact])
  useFollow(cursor, rows, idOf, virtual.scrollToIndex)
  const items = virtual.getVirtualItems()
  useEnd(items.at(-1)?.index ?? 0, rows.length, props.onEnd)
  const lines = table.getRowModel().rows
  return (
    <div
      ref={frame}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={selection ? true : undefined}
      onPointerEnter={() => props.onBusy?.(true)}
      onPointerLeave={() => props.onBusy?.(false)}
      onFocus={() => props.onBusy?.(true)}
      onBlur={() => props.onBusy?.(false)}
      className="relative"
    >
      {compact ? null : (
        <div
          role="row"
          style={{ gridTemplateColumns: template }}
          className="sticky top-0 z-20 grid h-8 items-center gap-3 border-line-strong border-b bg-bg px-4 text-12 text-ink-3 md:px-6"
        >
          {selection ? <AllBox selection={selection} rows={rows} idOf={idOf} /> : null}
          {table.getHeaderGroups()[0]?.headers.map((header) => {
            const column = props.columns.find(({ id }) => id === header.column.id)
            return (
              <div
                key={header.id}
                role="columnheader"
                className={cn('truncate', column?.align === 'right' && 'text-right')}
              >
                {column?.header}
              </div>
            )
          })}
          <ColumnChooser {...props} />
        </div>
      )}
      <div style={{ height: virtual.getTotalSize() }} className="relative">
        {items.map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const row = line.original
          const id = idOf(row)
          return (
            <Row
              key={item.key}
              id={id}
              top={item.start - top}
              height={item.size}
              index={item.index}
              template={compact ? `${selection ? '24px ' : ''}minmax(0,1fr)` : template}
              pointed={cursor === id}
              chosen={selection?.chosen.has(id)}
              faded={props.faded?.(row) ?? false}
              onClick={(event) =>
                press(
                  event,
                  () => props.onPoint?.(id),
                  () => props.onOpen?.(row),
                )
              }
            >
              {selection ? (
                <div role="gridcell" className="flex">
                  <RowBox id={id} selection={selection} label={label} />
                </div>
              ) : null}
              {compact ? (
                <div role="gridcell" className="min-w-0">
                  {props.compact(row)}
                </div>
              ) : (
                line.getVisibleCells().map((cell) => {
                  const column = props.columns.find(({ id: name }) => name === cell.column.id)
                  return (
                    <div
                      key={cell.id}
                      role="gridcell"
                      className={cn('min-w-0 truncate', column?.align === 'right' && 'text-right')}
                    >
                      {column?.cell(row)}
                    </div>
                  )
                })
              )}
            </Row>
          )
        })}
      </div>
    </div>
  )
}

function ColumnChooser<T>({ name, columns }: DataTableProps<T>) {
  const { t } = useLingui()
  const [hidden, setHidden] = useHiddenColumns(name)
  const toggle = (id: string) =>
    setHidden(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id])
  return (
    <div role="columnheader" className="flex justify-end">
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t`Chọn cột`}
            className="grid size-6 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <Columns3 className="size-3.5" />
          </button>
        }
      >
        {columns
          .filter(({ fixed }) => !fixed)
          .map(({ id, header }) => (
            <MenuItem key={id} stay onSelect={() => toggle(id)} chosen={!hidden.includes(id)}>
              {header}
            </MenuItem>
          ))}
      </Menu>
    </div>
  )
}
