import type { Event } from '@haidang/contracts/event'
import { severityOf } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Section } from '../../components/page.tsx'
import { SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { EventContext } from './event-context.tsx'
import { flatten } from './flatten.ts'

interface EventDetailProps {
  readonly id: string
  readonly onTerm: (field: string, value: string, exclude: boolean) => void
}

/** One event: its OCSF fields, its observables as filters, and the record it came from. */
export function EventDetail({ id, onTerm }: EventDetailProps) {
  const query = useQuery({
    queryKey: ['events', 'one', id],
    queryFn: ({ signal }) => api.events.get({ params: { id } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className="flex flex-col gap-5 p-5">
      <Asked query={query} loading={<LoadingRows rows={6} />}>
        {(event) => <Body event={event} onTerm={onTerm} />}
      </Asked>
    </div>
  )
}

function Body({ event, onTerm }: { event: Event; onTerm: EventDetailProps['onTerm'] }) {
  const { t } = useLingui()
  const [json, setJson] = useState(false)
  const { raw_data: raw, observables, ...rest } = event
  const rows = useMemo(() => flatten(rest), [rest])
  const noField = (name: string) => name.startsWith('unmapped')
  return (
    <>
      <header className="flex flex-col gap-1 pr-10">
        <div className="flex flex-wrap items-center gap-2">
          <SeverityMark severity={severityOf(event.severity_id)} word />
          <TlpLabel tlp={event.tlp} />
          {event.metadata.simulated ? <SimulatedMark /> : null}
        </div>
        <h2 className="break-words text-15">{event.message}</h2>
        <p className="flex flex-wrap items-center gap-x-3 text-12 text-ink-2">
          <Time at={event.time} as="absolute" />
          <Identifier value={event.id} />
        </p>
      </header>
      <EventContext event={event} />
      {observables.length > 0 ? (
        <Section title={t`Giá trị đáng tra`} count={observables.length}>
          <ul className="divide-y divide-line">
            {observables.slice(0, 40).map(({ type, value, name, known_good: good }) => (
              <li key={`${name} ${value}`} className="flex min-h-7 items-center gap-2">
                <span className="w-20 shrink-0 text-12 text-ink-3">{type}</span>
                <span className="min-w-0 flex-1 truncate font-mono text-12" title={value}>
                  {value}
                </span>
                {good === undefined ? null : (
                  <span className="max-w-40 truncate text-12 text-ink-3" title={good.join('; ')}>
                    {t`Giá trị lành: ${good.join('; ')}`}
                  </span>
                )}
                <button
                  type="button"
                  aria-label={t`Chỉ giữ ${value}`}
                  title={t`Chỉ giữ`}
                  onClick={() => onTerm('observable', value, false)}
                  className="grid size-6 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
                >
                  <Plus className="size-3.5" />
                </button>
                <button
                  type="button"
                  aria-label={t`Loại trừ ${value}`}
                  title={t`Loại trừ`}
                  onClick={() => onTerm('observable', value, true)}
                  className="grid size-6 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
                >
                  <Minus className="size-3.5" />
                </button>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section title={t`Bản ghi gốc`}>
        <div className="pt-2">
          <RawRecord text={raw} />
        </div>
      </Section>
      <Section
        title={t`Trường OCSF`}
        acts={
          <button
            type="button"
            aria-pressed={json}
            onClick={() => setJson(!json)}
            className="min-h-6 text-12 text-accent hover:underline"
          >
            {json ? t`Xem dạng bảng` : t`Xem JSON`}
          </button>
        }
      >
        {json ? (
          <div className="pt-2">
            <RawRecord text={JSON.stringify(rest, null, 2)} />
          </div>
        ) : (
          <dl className="divide-y divide-line font-mono text-12">
            {rows.map(({ name, value }) => (
              <div key={name} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 py-1">
                <dt className={noField(name) ? 'break-words text-ink-3' : 'break-words text-ink-2'}>
                  {name}
                </dt>
                <dd className="break-words">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </Section>
    </>
  )
}
