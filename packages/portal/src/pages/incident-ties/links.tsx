import type { Incident } from '@haidang/contracts/incident'
import type { IncidentLink } from '@haidang/contracts/incident-link'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { IncidentState } from '../incidents/incident-columns.tsx'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { IncidentName } from './incident-picker.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { useRenew } from './use-ties.ts'

/** How an incident stands to others: alike, told twice, of one campaign. */
export function IncidentLinks({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refused = useIncidentRefusal(incident)('incident.handle')
  const [isOpen, setOpen] = useState(false)
  const { query, items } = usePages({
    queryKey: ['incidents', 'links', incident.id],
    read: (cursor, signal) =>
      api.incidentLinks.list({ params: { id: incident.id }, query: { limit: 50, cursor } }, signal),
  })
  return (
    <Section
      title={t({ message: 'Liên kết', context: 'incidents' })}
      count={items.length || undefined}
    >
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && items.length === 0 ? (
        <p className="py-2 text-ink-3">{t`Chưa liên kết với sự cố nào.`}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {items.map((link) => (
          <Line key={link.id} link={link} refusal={refused} />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2 pt-2">
        <Button size="small" refusal={refused} onClick={() => setOpen(true)}>
          {t`Liên kết…`}
        </Button>
        <MoreRows query={query} />
      </div>
      {isOpen ? <LinkDialog incident={incident} to={[]} onClose={() => setOpen(false)} /> : null}
    </Section>
  )
}

/** How a link reads from this end. */
function useReading() {
  const { t } = useLingui()
  const { label } = useWords()
  return ({ kind, direction }: Pick<IncidentLink, 'kind' | 'direction'>): string => {
    if (direction === 'from' || kind === 'related') return label('incidentLinkKind', kind)
    return kind === 'part_of' ? t`Chiến dịch gồm` : t`Có bản trùng`
  }
}

function Line({ link, refusal }: { link: IncidentLink; refusal: string | undefined }) {
  const { t } = useLingui()
  const reading = useReading()
  const describe = useDescribe()
  const renew = useRenew()
  const { id, incident_id, kind, direction, other, note } = link
  const ends =
    direction === 'from' ? { from: incident_id, to: other.id } : { from: other.id, to: incident_id }
  const remove = useMutation({
    mutationFn: () => api.incidentLinks.remove({ params: { id: incident_id, link: id } }),
    onSuccess: () => {
      say(t`Đã bỏ liên kết`, () => restore.mutate())
      renew()
    },
    onError: (error) => complain(describe(error).title),
  })
  const restore = useMutation({
    mutationFn: () =>
      api.incidentLinks.add({
        params: { id: ends.from },
        body: { kind, other_ids: [ends.to], note },
      }),
    onSuccess: renew,
    onError: (error) => complain(describe(error).title),
  })
  return (
    <li className="flex items-start gap-2 py-2">
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <span className="flex flex-wrap items-center gap-2 text-12 text-ink-2">
          {reading(link)}
          <IncidentState incident={other} />
        </span>
        <Link to="/incidents/$id" params={{ id: other.id }} className="hover:underline">
          <IncidentName incident={other} />
        </Link>
        {note ? <span className="break-words text-12 text-ink-2">{note}</span> : null}
      </div>
      <Button
        look="quiet"
        size="icon"
        aria-label={t`Bỏ liên kết với ${other.number}`}
        refusal={refusal}
        onClick={() => remove.mutate()}
      >
        <X aria-hidden="true" className="size-4" />
      </Button>
    </li>
  )
}
