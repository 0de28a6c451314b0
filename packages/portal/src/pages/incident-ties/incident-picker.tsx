import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Check, Field, Input } from '../../components/field.tsx'
import { both, withTerm } from '../../components/filter-tree.ts'
import { ExerciseMark, SimulatedMark } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'

interface PickerProps {
  /** The incident others are chosen for. */
  readonly self: Incident
  /** What else must hold of those offered. */
  readonly only: string
  readonly chosen: readonly Incident[]
  readonly onChoose: (chosen: readonly Incident[]) => void
}

/** Other incidents, found by number or words, newest first. */
export function IncidentPicker({ self, only, chosen, onChoose }: PickerProps) {
  const { t } = useLingui()
  const [words, setWords] = useState('')
  const asked = useDeferredValue(words.trim())
  const filter = both(`merged:false ${only}`, asked ? withTerm('', 'text', asked) : '')
  const query = useQuery({
    queryKey: ['incidents', 'choice', filter],
    queryFn: ({ signal }) => api.incidents.list({ query: { limit: 20, filter } }, signal),
    placeholderData: (before) => before,
  })
  const toggle = (incident: Incident) =>
    onChoose(
      chosen.some(({ id }) => id === incident.id)
        ? chosen.filter(({ id }) => id !== incident.id)
        : [...chosen, incident],
    )
  return (
    <div className="flex flex-col gap-2">
      <Field label={t`Tìm sự cố`} help={t`Theo số hoặc từ trong tên, mô tả`}>
        <Input
          type="search"
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.target.value)}
          data-first
        />
      </Field>
      <Asked query={query}>
        {({ items }) => {
          const found = items.filter(({ id }) => id !== self.id)
          const others = chosen.filter(({ id }) => found.every((one) => one.id !== id))
          const offered = [...others, ...found]
          if (offered.length === 0) {
            return <p className="py-2 text-ink-3">{t`Không có sự cố nào phù hợp.`}</p>
          }
          return (
            <ul className="max-h-60 divide-y divide-line overflow-y-auto border-y border-line">
              {offered.map((incident) => (
                <li key={incident.id} className="py-1">
                  <Check
                    checked={chosen.some(({ id }) => id === incident.id)}
                    onChange={() => toggle(incident)}
                    className="w-full"
                  >
                    <IncidentName incident={incident} />
                  </Check>
                </li>
              ))}
            </ul>
          )
        }}
      </Asked>
    </div>
  )
}

/** An incident in one line: how bad, its number, what it is called, whose it is. */
export function IncidentName({
  incident,
}: {
  incident: Pick<
    Incident,
    'severity' | 'number' | 'title' | 'organisation_name' | 'simulated' | 'exercise'
  >
}) {
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <SeverityMark severity={incident.severity} />
      <span className="font-mono text-12">{incident.number}</span>
      <span className="min-w-0 break-words">{incident.title}</span>
      {incident.simulated ? <SimulatedMark /> : null}
      {incident.exercise ? <ExerciseMark /> : null}
      <span className="text-12 text-ink-2">{incident.organisation_name}</span>
    </span>
  )
}
