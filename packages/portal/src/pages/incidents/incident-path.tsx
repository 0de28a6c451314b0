import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import { gutter } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { incidentPath } from './incident-words.ts'

/** The way of an incident, with where it stands on it. */
export function IncidentPath({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (incident.state === 'rejected') return null
  const at = incidentPath.findIndex((state) => state === incident.state)
  return (
    <ol
      aria-label={t`Các bước xử lý`}
      className={cn('flex overflow-x-auto border-b py-2.5', gutter)}
    >
      {incidentPath.map((state, index) => (
        <li
          key={state}
          aria-current={index === at ? 'step' : undefined}
          className="flex shrink-0 items-center text-12"
        >
          {index > 0 ? (
            <span
              aria-hidden="true"
              className={cn(
                'mx-2 h-px w-6 lg:w-10',
                index <= at ? 'bg-good-fill' : 'bg-line-strong',
              )}
            />
          ) : null}
          <span
            className={cn(
              'inline-flex items-center gap-1.5',
              index < at && 'text-good',
              index === at && 'font-semibold text-ink',
              index > at && 'text-ink-3',
            )}
          >
            <span
              className={cn(
                'grid size-4 place-items-center rounded-full border',
                index < at && 'border-transparent bg-good-fill text-surface',
                index === at && 'border-2 border-accent',
                index > at && 'border-line-strong',
              )}
            >
              {index < at ? <Check aria-hidden="true" className="size-3" strokeWidth={3} /> : null}
            </span>
            {label('incidentState', state)}
          </span>
        </li>
      ))}
    </ol>
  )
}
