import { type EventField, eventFields } from '@haidang/contracts/event-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { ChevronRight, Minus, Plus } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { api } from '../../api/api.ts'
import { Bone } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import type { Span } from './event-range.ts'

const shownFields = Object.keys(eventFields).filter(
  (field) => !['id', 'time', 'message', 'raw', 'organisation_id', 'node_id'].includes(field),
) as EventField[]

interface FacetsProps {
  readonly filter: string | undefined
  readonly span: Span
  readonly onTerm: (field: string, value: string, exclude: boolean) => void
}

/** The fields, each with its most frequent values: press to keep only it, Alt-press or − to leave it out. */
export function Facets(props: FacetsProps) {
  const { t } = useLingui()
  const [open, setOpen] = useState<ReadonlySet<EventField>>(new Set(['src_ip', 'product']))
  const [shown, setShown] = useState(false)
  const toggle = (field: EventField) => {
    const next = new Set(open)
    if (!next.delete(field)) next.add(field)
    setOpen(next)
  }
  return (
    <section aria-label={t`Trường`} className="px-4 py-2 md:pl-6 lg:pr-3">
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setShown(!shown)}
        className="flex min-h-8 items-center gap-1 text-13 text-ink-2 lg:hidden"
      >
        <ChevronRight aria-hidden="true" className={cn('size-4', shown && 'rotate-90')} />
        {t`Giá trị theo trường`}
      </button>
      <ul className={cn('lg:block', !shown && 'hidden')}>
        {shownFields.map((field) => (
          <li key={field}>
            <button
              type="button"
              aria-expanded={open.has(field)}
              onClick={() => toggle(field)}
              className="flex min-h-7 w-full items-center gap-1 rounded-control text-left font-mono text-12 text-ink-2 hover:text-ink"
            >
              <ChevronRight
                aria-hidden="true"
                className={cn('size-3.5 shrink-0 text-ink-3', open.has(field) && 'rotate-90')}
              />
              {field}
            </button>
            {open.has(field) ? <Values field={field} {...props} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Values({ field, filter, span, onTerm }: FacetsProps & { field: EventField }) {
  const { t } = useLingui()
  const { compact } = useWords()
  const query = useQuery({
    queryKey: ['events', 'values', field, filter, span],
    queryFn: ({ signal }) =>
      api.events.values(
        { query: { field, filter, from: span.from, to: span.to, limit: 8 } },
        signal,
      ),
  })
  if (query.isPending) return <Bone className="my-2 ml-5 w-32" />
  const values = (query.data?.values ?? []).filter(({ value }) => value !== '')
  if (values.length === 0)
    return <p className="pb-1 pl-5 text-12 text-ink-3">{t`Không có giá trị`}</p>
  const most = Math.max(...values.map(({ count }) => count))
  const press = (value: string) => (event: MouseEvent) => onTerm(field, value, event.altKey)
  return (
    <ul className="pb-2 pl-5">
      {values.map(({ value, count }) => (
        <li key={value} className="group relative flex min-h-6 items-center gap-1">
          <span
            aria-hidden="true"
            className="absolute inset-y-0.5 left-0 rounded-[3px] bg-accent-soft"
            style={{ width: `${(count / most) * 100}%` }}
          />
          <button
            type="button"
            onClick={press(value)}
            title={t`Chỉ giữ ${field}:${value}`}
            className="relative min-h-6 min-w-0 flex-1 truncate px-1 text-left font-mono text-12 hover:underline"
          >
            {value}
          </button>
          <span className="relative text-12 text-ink-2 group-focus-within:hidden group-hover:hidden">
            {compact(count)}
          </span>
          <span className="relative hidden group-focus-within:flex group-hover:flex">
            <button
              type="button"
              aria-label={t`Chỉ giữ ${field}:${value}`}
              onClick={() => onTerm(field, value, false)}
              className="grid size-6 place-items-center rounded-control hover:bg-hover"
            >
              <Plus className="size-3" />
            </button>
            <button
              type="button"
              aria-label={t`Loại trừ ${field}:${value}`}
              onClick={() => onTerm(field, value, true)}
              className="grid size-6 place-items-center rounded-control hover:bg-hover"
            >
              <Minus className="size-3" />
            </button>
          </span>
        </li>
      ))}
    </ul>
  )
}
