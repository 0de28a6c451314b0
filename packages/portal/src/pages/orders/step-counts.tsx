import { LadderStep, type OrderTally } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

interface StepCountsProps {
  readonly tally: OrderTally
  readonly chosen: string | undefined
  readonly onChoose: (filter: string | undefined) => void
}

/** How many stand where; each number opens its addressees. */
export function StepCounts({ tally, chosen, onChoose }: StepCountsProps) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const steps = LadderStep.options.flatMap((step) => {
    const count = tally.steps[step] ?? 0
    return count > 0 ? [{ filter: `step:${step}`, words: label('ladderStep', step), count }] : []
  })
  const all = [
    ...(tally.overdue > 0
      ? [{ filter: 'overdue:true', words: t`Quá hạn`, count: tally.overdue }]
      : []),
    ...steps,
    ...(tally.withdrawn > 0
      ? [{ filter: 'withdrawn:true', words: t`Đã thu hồi`, count: tally.withdrawn }]
      : []),
  ]
  return (
    <fieldset className="flex flex-wrap gap-2" aria-label={t`Số đơn vị ở mỗi bước`}>
      {all.map(({ filter, words, count }) => (
        <button
          key={filter}
          type="button"
          aria-pressed={chosen === filter}
          onClick={() => onChoose(chosen === filter ? undefined : filter)}
          className={cn(
            'min-h-7 rounded-control border px-2 text-13 hover:bg-hover',
            chosen === filter && 'border-accent bg-accent-soft',
          )}
        >
          {words} <span className="font-semibold">{number(count)}</span>
        </button>
      ))}
    </fieldset>
  )
}
