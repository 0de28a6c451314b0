// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed by hand, which table elements do not allow
import { useLingui } from '@lingui/react/macro'
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { cn } from '../theme/cn.ts'

export interface Selection {
  readonly chosen: ReadonlySet<string>
  readonly toggle: (id: string, range: boolean) => void
  readonly toggleAll: () => void
}

/** A click points, a double click or a click on the pointed row opens; links and boxes keep their own. */
export function press(event: MouseEvent<HTMLElement>, point: () => void, open: () => void): void {
  if (!(event.target instanceof Element) || event.target.closest('a, button, input, label')) return
  // React hands on what happens in a dialog that was opened from the row, which is not in it.
  if (!event.currentTarget.contains(event.target)) return
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

export function Row(props: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's keys j k Enter Space move and open
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
        props.chosen && 'bg-accent-soft/50 hover:bg-accent-soft/50',
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

export function RowBox({
  id,
  selection,
  label,
}: {
  id: string
  selection: Selection
  label: string
}) {
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

export function AllBox<T>({
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
