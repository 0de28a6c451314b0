import type { Incident, IncidentState } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { Asked } from '../../components/asked.tsx'
import { gutter } from '../../components/page.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { useProcess } from './use-process.ts'

/** The way of an incident by the process in force, with where it stands on it. */
export function IncidentPath({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const process = useProcess()
  if (incident.state === 'rejected') return null
  return (
    <Asked query={process} loading={<div className="h-9 border-b" />}>
      {({ states }) => {
        const path = states.filter(({ state }) => state !== 'rejected')
        const at = path.findIndex(({ state }) => state === incident.state)
        return (
          <Scrolled label={t`Các bước xử lý`}>
            <ol className={cn('flex w-max min-w-full border-b py-2.5', gutter)}>
              {path.map(({ state }, index) => (
                <Step key={state} state={state} first={index === 0} place={Math.sign(index - at)} />
              ))}
            </ol>
          </Scrolled>
        )
      }}
    </Asked>
  )
}

const words = ['text-good', 'font-semibold text-ink', 'text-ink-3']
const rings = [
  'border-transparent bg-good-fill text-surface',
  'border-2 border-accent',
  'border-line-strong',
]

/** `place`: −1 already passed, 0 here now, 1 still to come. */
function Step({ state, first, place }: { state: IncidentState; first: boolean; place: number }) {
  const { label } = useWords()
  return (
    <li
      aria-current={place === 0 ? 'step' : undefined}
      className="flex shrink-0 items-center text-12"
    >
      {first ? null : (
        <span
          aria-hidden="true"
          className={cn('mx-2 h-px w-6 lg:w-10', place <= 0 ? 'bg-good-fill' : 'bg-line-strong')}
        />
      )}
      <span className={cn('inline-flex items-center gap-1.5', words[place + 1])}>
        <span
          className={cn('grid size-4 place-items-center rounded-full border', rings[place + 1])}
        >
          {place < 0 ? <Check aria-hidden="true" className="size-3" strokeWidth={3} /> : null}
        </span>
        {label('incidentState', state)}
      </span>
    </li>
  )
}
