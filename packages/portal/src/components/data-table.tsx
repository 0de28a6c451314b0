import { useLingui } from '@lingui/react/macro'
import {
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { Columns3 } from 'lucide-react'
import {
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { cn } from '../theme/cn.ts'
import { useHiddenColumns } from './hidden-columns.ts'
import { Menu, MenuItem } from './menu.tsx'
import { useScrollElement } from './page.tsx'

export interface Column<T> {
  readonly id: string
  readonly header: string
  /** CSS grid track, such as `96px` or `minmax(0,1fr)`. */
  readonly width: string
  readonly cell: (row: T) => ReactNode
  readonly align?: 'right'
  /** Shown only where the table is at least this many pixels wide. */
  readonly from?: number
  /** Always shown: what the row is. */
  readonly fixed?: boolean
}

interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (id: string, range: boolean) => void
  readonly toggleAll: () => void
}

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

const features = tableFeatures({ columnVisibilityFeature })
const compactBelow = 640
const rowHeight = 34
const compactHeight = 66

/** A virtual table that scrolls with its page: sticky head, check boxes always there, a keyboard cursor. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const { label, rows, idOf, selection, cursor } = props
  const frame = useRef<HTMLDivElement>(null)
  const scroll = useScrollElement()
  const { width, top } = useMeasure(frame)
  const compact = width > 0 && width < compactBelow
  const { table, template } = useModel(props, width)
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
        // biome-ignore lint/a11y/useFocusableInteractive: the head of a grid takes no focus itself
        <div
          role="row"
          style={{ gridTemplateColumns: template }}
          className="sticky top-0 z-20 grid h-8 items-center gap-3 border-line-strong border-b bg-bg px-4 text-12 text-ink-3 md:px-6"
        >
          {selection ? <AllBox selection={selection} rows={rows} idOf={idOf} /> : null}
          {table.getHeaderGroups()[0]?.headers.map((header) => {
            const column = props.columns.find(({ id }) => id === header.column.id)
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: heads are not sorted by pressing, so take no focus
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

/** A click points, a double click or a click on the pointed row opens; links and boxes keep their own. */
function press(event: MouseEvent<HTMLElement>, point: () => void, open: () => void): void {
  if (event.target instanceof Element && event.target.closest('a, button, input, label')) return
  point()
  if (event.detail === 2) open()
}

interface RowProps {
  readonly id: string
  readonly top: number
  readonly height: number
  readonly index: number
  readonly template: string
  readonly pointed: boolean
  readonly chosen: boolean | undefined
  readonly faded: boolean
  readonly onClick: (event: MouseEvent<HTMLElement>) => void
  readonly children: ReactNode
}

function Row(props: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the page's keys j k Enter Space move and open
    <div
      role="row"
      data-row={props.id}
      aria-rowindex={props.index + 2}
      aria-selected={props.chosen}
      aria-current={props.pointed || undefined}
      onClick={props.onClick}
      style={{
        transform: `translateY(${props.top}px)`,
        height: props.height,
        gridTemplateColumns: props.template,
      }}
      className={cn(
        'absolute inset-x-0 grid cursor-default items-center gap-3 border-line border-b px-4 text-13 leading-[1.3] hover:bg-hover md:px-6',
        props.chosen && 'bg-accent-soft hover:bg-accent-soft',
        props.pointed &&
          'before:absolute before:inset-y-0 before:left-0 before:w-[3px] before:bg-accent',
        props.pointed && !props.chosen && 'bg-hover',
        props.faded && 'text-ink-3',
      )}
    >
      {props.children}
    </div>
  )
}

function RowBox({ id, selection, label }: { id: string; selection: Selection; label: string }) {
  const { t } = useLingui()
  return (
    <label className="-m-1 grid size-6 place-items-center">
      <input
        type="checkbox"
        checked={selection.chosen.has(id)}
        aria-label={t`Chọn dòng của ${label}`}
        onClick={(event) => selection.toggle(id, event.shiftKey)}
        onChange={() => undefined}
      />
    </label>
  )
}

function AllBox<T>({
  selection,
  rows,
  idOf,
}: {
  selection: Selection
  rows: readonly T[]
  idOf: (row: T) => string
}) {
  const { t } = useLingui()
  const box = useRef<HTMLInputElement>(null)
  const all = rows.length > 0 && rows.every((row) => selection.chosen.has(idOf(row)))
  const some = selection.chosen.size > 0 && !all
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the box inside takes the focus
    <div role="columnheader" className="flex">
      <label className="-m-1 grid size-6 place-items-center">
        <input
          ref={box}
          type="checkbox"
          checked={all}
          onChange={selection.toggleAll}
          aria-label={t`Chọn tất cả dòng đang hiện`}
        />
      </label>
    </div>
  )
}

function ColumnChooser<T>({ name, columns }: DataTableProps<T>) {
  const { t } = useLingui()
  const [hidden, setHidden] = useHiddenColumns(name)
  const toggle = (id: string) =>
    setHidden(hidden.includes(id) ? hidden.filter((other) => other !== id) : [...hidden, id])
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the button inside takes the focus
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

function useModel<T extends object>(
  { name, columns, rows, idOf, selection }: DataTableProps<T>,
  width: number,
) {
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
  return { table, template: `${selection ? '24px ' : ''}${tracks} 24px` }
}

/** Width of an element, and how far down the scrolled page it starts; kept true as things above it grow. */
function useMeasure(frame: { readonly current: HTMLElement | null }) {
  const scroll = useScrollElement()
  const [size, setSize] = useState({ width: 0, top: 0 })
  useLayoutEffect(() => {
    const element = frame.current
    const scroller = scroll.current
    if (!element || !scroller) return
    const head = 32
    const measure = () => {
      const box = element.getBoundingClientRect()
      const offset = box.top - scroller.getBoundingClientRect().top + scroller.scrollTop
      const top = Math.round(offset) + (box.width < compactBelow ? 0 : head)
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
function useFollow<T>(
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
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [cursor])
}

/** Asks for the next page shortly before its rows are needed. */
function useEnd(last: number, count: number, onEnd: (() => void) | undefined): void {
  useEffect(() => {
    if (count > 0 && last >= count - 20) onEnd?.()
  }, [last, count, onEnd])
}
