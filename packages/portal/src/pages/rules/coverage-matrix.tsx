import { useLingui } from '@lingui/react/macro'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { Scrolled } from '../../components/scrolled.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import type { Cell, Column, CoveredRule, Opened } from './coverage-model.ts'

interface MatrixProps {
  readonly columns: readonly Column[]
  readonly onOpen: (opened: Opened) => void
}

/** Tactics side by side, their techniques below each other; one tactic alone spreads over the page. */
export function CoverageMatrix({ columns, onOpen }: MatrixProps) {
  const { t } = useLingui()
  const isAlone = columns.length === 1
  return (
    <>
      <Key />
      <Scrolled label={t`Ma trận chiến thuật và kỹ thuật`} className="overflow-x-auto pb-2">
        <div className={cn('flex items-start gap-2', isAlone ? 'w-full' : 'w-max')}>
          {columns.map((column) => (
            <TacticColumn
              key={column.tactic.key}
              column={column}
              isAlone={isAlone}
              onOpen={onOpen}
            />
          ))}
        </div>
      </Scrolled>
    </>
  )
}

/** What the left edge of a technique means. */
function Key() {
  const { t } = useLingui()
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-ink-2">
      <span className="border-good-fill border-l-4 pl-2">{t`có luật đã phát tới trạm`}</span>
      <span className="border-medium-fill border-l-4 pl-2">{t`luật mới ở thư viện`}</span>
      <span className="border-line border-l-4 border-dashed pl-2">{t`chưa có luật`}</span>
    </p>
  )
}

interface TacticProps {
  readonly column: Column
  readonly isAlone: boolean
  readonly onOpen: (opened: Opened) => void
}

function TacticColumn({ column: { tactic, cells, covered }, isAlone, onOpen }: TacticProps) {
  const { number } = useWords()
  const id = useId()
  return (
    <section aria-labelledby={id} className={isAlone ? 'w-full' : 'w-44'}>
      <h3 id={id} className="border-line-strong border-b pb-1 text-13">
        {tactic.name}
        <span className="block font-normal text-12 text-ink-3">
          {tactic.id} · {number(covered)}/{number(cells.length)}
        </span>
      </h3>
      <ul
        className={cn(
          'grid gap-1 pt-1',
          isAlone ? 'grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] items-start' : 'grid-cols-1',
        )}
      >
        {cells.map((cell) => (
          <TechniqueCell key={cell.id} cell={cell} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}

interface CellProps {
  readonly cell: Cell
  readonly onOpen: (opened: Opened) => void
}

function TechniqueCell({ cell, onOpen }: CellProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const [unfolded, setUnfolded] = useState(false)
  const id = useId()
  const covered = cell.parts.filter(({ rules }) => rules.length > 0).length
  return (
    <li>
      <Technique technique={cell} onOpen={onOpen} />
      {cell.parts.length > 0 ? (
        <>
          <button
            type="button"
            aria-expanded={unfolded}
            aria-controls={id}
            onClick={() => setUnfolded(!unfolded)}
            className="flex min-h-6 w-full items-center gap-1 pl-1 text-left text-12 text-ink-3 hover:bg-hover hover:text-ink"
          >
            <ChevronRight
              aria-hidden="true"
              className={cn('size-3.5 shrink-0', unfolded && 'rotate-90')}
            />
            {t`${number(covered)}/${number(cell.parts.length)} kỹ thuật con`}
          </button>
          <ul id={id} hidden={!unfolded} className="flex flex-col gap-1 pt-0.5 pl-3">
            {cell.parts.map((part) => (
              <li key={part.id}>
                <Technique technique={part} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </li>
  )
}

interface TechniqueProps {
  readonly technique: Omit<Cell, 'parts'>
  readonly onOpen: (opened: Opened) => void
}

function Technique({ technique: { id, name, rules }, onOpen }: TechniqueProps) {
  if (rules.length === 0) {
    return (
      <div className="border-line border-l-4 border-dashed px-2 py-1 text-ink-3">
        <span className="font-mono text-12">{id}</span>
        <span className="block break-words leading-tight">{name}</span>
      </div>
    )
  }
  return (
    <button
      type="button"
      onClick={() => onOpen({ title: `${id} ${name}`, rules })}
      className={cn(
        'block w-full rounded-r-control border-l-4 bg-sunken px-2 py-1 text-left hover:bg-hover',
        rules.some(({ ring }) => ring !== null) ? 'border-good-fill' : 'border-medium-fill',
      )}
    >
      <span className="font-mono text-12 text-ink-2">{id}</span>
      <span className="block break-words leading-tight">{name}</span>
      <Counts rules={rules} />
    </button>
  )
}

function Counts({ rules }: { rules: readonly CoveredRule[] }) {
  const { t } = useLingui()
  const { number } = useWords()
  const rolledOut = rules.filter(({ ring }) => ring !== null).length
  return (
    <span className="block pt-0.5 text-12 text-ink-2">
      {rolledOut > 0
        ? t`${number(rules.length)} luật, ${number(rolledOut)} ở trạm`
        : t`${number(rules.length)} luật`}
    </span>
  )
}
