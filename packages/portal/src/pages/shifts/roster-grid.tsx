import type { Shift, ShiftFault } from '@haidang/contracts/shift'
import { useLingui } from '@lingui/react/macro'
import { TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useMe } from '../../api/session.ts'
import { useNow } from '../../components/time.tsx'
import { clockOf, dateOf, dayName } from '../../format/day.ts'
import { instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

interface RosterGridProps {
  readonly days: readonly string[]
  readonly today: string
  readonly shifts: readonly Shift[]
  readonly faults: readonly ShiftFault[]
  readonly onOpen: (shift: Shift) => void
}

/** Days side by side, on a telephone one below the other; the arrow keys go from shift to shift and from day to day. */
export function RosterGrid({ days, today, shifts, faults, onOpen }: RosterGridProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const grid = useRef<HTMLOListElement>(null)
  const wrong = new Set(faults.flatMap(({ kind, shift_ids }) => (kind === 'gap' ? [] : shift_ids)))
  const byDay = Map.groupBy(shifts, ({ starts_at }) => dateOf(starts_at))
  return (
    <ol
      ref={grid}
      aria-label={t`Lịch trực`}
      onKeyDown={(event) => moveFocus(event, grid.current)}
      className="grid gap-px overflow-hidden rounded-control border bg-line md:grid-cols-7"
    >
      {days.map((day) => (
        <li key={day} data-day={day} className="min-w-0 bg-bg p-1.5 md:min-h-24">
          <h3
            className={cn('pb-1 font-medium text-12', day === today ? 'text-accent' : 'text-ink-3')}
          >
            {dayName(day, language)}
            {day === today ? ` · ${t`hôm nay`}` : ''}
          </h3>
          <ul className="flex flex-col gap-1">
            {(byDay.get(day) ?? []).map((shift) => (
              <li key={shift.id}>
                <ShiftCell shift={shift} wrong={wrong.has(shift.id)} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

interface ShiftCellProps {
  readonly shift: Shift
  readonly wrong: boolean
  readonly onOpen: (shift: Shift) => void
}

function ShiftCell({ shift, wrong, onOpen }: ShiftCellProps) {
  const { t } = useLingui()
  const { person } = useMe()
  const now = instantOf(useNow())
  const { name, starts_at, ends_at, officer, members } = shift
  const isNow = starts_at <= now && now < ends_at
  const isMine = officer?.id === person.id || members.some(({ id }) => id === person.id)
  return (
    <button
      type="button"
      data-shift
      onClick={() => onOpen(shift)}
      className={cn(
        'flex w-full min-w-0 flex-col rounded-control border-l-2 bg-surface px-2 py-1 text-left hover:bg-hover',
        isNow ? 'border-accent bg-accent-soft' : 'border-line-strong',
        ends_at <= now && 'text-ink-3',
      )}
    >
      <span className="flex min-w-0 items-center gap-1 text-12">
        {wrong ? (
          <TriangleAlert aria-label={t`Cần sửa`} className="size-3 shrink-0 text-medium" />
        ) : null}
        <span className="tabular-nums">
          {clockOf(starts_at)}–{clockOf(ends_at)}
        </span>
        <span className="min-w-0 truncate">{name}</span>
      </span>
      <span className={cn('min-w-0 truncate text-13', isMine && 'font-semibold')}>
        {officer ? officer.name : <span className="text-medium">{t`Chưa có trực ban`}</span>}
        {members.length > 0 ? ` +${members.length}` : ''}
      </span>
    </button>
  )
}

/** Up and down within a day and on to the next, left and right to the same place of the day beside. */
function moveFocus(event: KeyboardEvent, grid: HTMLElement | null): void {
  const here = document.activeElement
  if (!grid || !(here instanceof HTMLElement) || !here.matches('[data-shift]')) return
  const all = [...grid.querySelectorAll<HTMLElement>('[data-shift]')]
  const at = all.indexOf(here)
  const column = here.closest('[data-day]')
  const place = column ? [...column.querySelectorAll('[data-shift]')].indexOf(here) : 0
  const beside = (next: Element | null | undefined) => {
    const cells = [...(next?.querySelectorAll<HTMLElement>('[data-shift]') ?? [])]
    return cells[Math.min(place, cells.length - 1)]
  }
  const moves: Readonly<Record<string, () => HTMLElement | undefined>> = {
    ArrowDown: () => all[at + 1],
    ArrowUp: () => all[at - 1],
    ArrowRight: () => beside(column?.nextElementSibling),
    ArrowLeft: () => beside(column?.previousElementSibling),
  }
  const to = moves[event.key]?.()
  if (!to) return
  event.preventDefault()
  to.focus()
}
