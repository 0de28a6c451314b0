import type { Mentionable } from '@haidang/contracts/incident-note'
import { useLingui } from '@lingui/react/macro'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useId, useState } from 'react'
import { api } from '../../api/api.ts'
import { Textarea } from '../../components/field.tsx'
import { cn } from '../../theme/cn.ts'

interface MentionFieldProps {
  readonly incidentId: string
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly onMention: (person: Mentionable) => void
}

/** What is being typed after an @, up to the caret; undefined: no name is. */
function wantedAt(value: string, caret: number): string | undefined {
  return /(?:^|\s)@([^@\n]{0,40})$/.exec(value.slice(0, caret))?.[1]
}

/** Where a note is written; after an @ it offers those who may read it, by arrow keys and Enter. */
export function MentionField({ incidentId, field, onMention }: MentionFieldProps) {
  const { t } = useLingui()
  const listId = useId()
  const [wanted, setWanted] = useState<string>()
  const [place, setPlace] = useState(0)
  const query = useQuery({
    queryKey: ['incidents', 'mentionable', incidentId, wanted],
    queryFn: ({ signal }) =>
      api.incidents.mentionable(
        { params: { id: incidentId }, query: { name: wanted ?? '' } },
        signal,
      ),
    enabled: wanted !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const offered = wanted === undefined ? [] : (query.data?.items ?? [])
  const isOpen = offered.length > 0
  const look = () => {
    const area = field.current
    setWanted(area ? wantedAt(area.value, area.selectionStart) : undefined)
    setPlace(0)
  }
  const choose = (person: Mentionable) => {
    const area = field.current
    if (!area) return
    const start = area.selectionStart - (wanted?.length ?? 0)
    area.setRangeText(`${person.name} `, start, area.selectionStart, 'end')
    area.dispatchEvent(new Event('input', { bubbles: true }))
    area.focus()
    onMention(person)
    setWanted(undefined)
  }
  const press = (event: KeyboardEvent) => {
    if (!isOpen) return
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    const chosen = offered[place]
    if (step) setPlace((place + step + offered.length) % offered.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) choose(chosen)
    else if (event.key === 'Escape') setWanted(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="relative">
      <Textarea
        ref={field}
        name="text"
        role="combobox"
        aria-label={t`Ghi vào dòng thời gian`}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}.${place}` : undefined}
        placeholder={t`Ghi vào dòng thời gian: đã gọi ai, thấy gì, quyết định gì. Gõ @ để nhắc tên`}
        rows={2}
        maxLength={10_000}
        className="text-15"
        onInput={look}
        onClick={look}
        onKeyDown={press}
        onBlur={() => setWanted(undefined)}
      />
      {isOpen ? (
        <div
          id={listId}
          role="listbox"
          aria-label={t`Nhắc tên`}
          className="absolute inset-x-0 top-full z-20 mt-1 max-h-60 overflow-y-auto rounded-float bg-surface py-1 shadow-float"
        >
          {offered.map((person, at) => (
            <div
              key={person.id}
              id={`${listId}.${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === place}
              className={cn('cursor-pointer px-3 py-1.5', at === place && 'bg-hover')}
              onMouseDown={(event) => {
                event.preventDefault()
                choose(person)
              }}
            >
              {person.name} <span className="text-12 text-ink-2">{person.organisation_name}</span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
