import type { IncidentType } from '@haidang/contracts/incident'
import type { LikenessReason, SimilarIncident } from '@haidang/contracts/likeness-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { api } from '../../api/api.ts'
import { Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { IncidentState, IncidentTitle } from '../incidents/incident-columns.tsx'

/** Incidents that resemble this one: perhaps the same, perhaps of the same campaign. */
export function SimilarIncidents({ id }: { id: string }) {
  const query = useQuery({
    queryKey: ['incidents', 'similar', id],
    queryFn: ({ signal }) => api.likeness.of({ params: { id } }, signal),
  })
  return <Similar items={query.data?.items ?? []} />
}

interface DraftProps {
  readonly title: string
  readonly type: IncidentType
  readonly organisation_id: string
  readonly clusters: readonly string[]
}

/** The same for what is being written, so that nothing is opened twice. */
export function SimilarToDraft(props: DraftProps) {
  const { title, type, organisation_id, clusters } = useDeferredValue(props)
  const query = useQuery({
    queryKey: ['incidents', 'similar', 'draft', title, type, organisation_id, clusters.join(',')],
    queryFn: ({ signal }) =>
      api.likeness.draft(
        {
          query: {
            title,
            type,
            clusters: clusters.join(','),
            ...(organisation_id && { organisation_id }),
          },
        },
        signal,
      ),
    enabled: title.trim().length >= 3 || clusters.length > 0,
    placeholderData: (before) => before,
  })
  return <Similar items={query.data?.items ?? []} />
}

function Similar({ items }: { items: readonly SimilarIncident[] }) {
  const { t } = useLingui()
  const reasons: Record<LikenessReason, string> = {
    entity: t`cùng đối tượng`,
    system: t`cùng hệ thống`,
    title: t`tên giống nhau`,
    type: t`cùng loại, cùng đơn vị, cùng lúc`,
  }
  if (items.length === 0) return null
  return (
    <Section title={t`Sự cố tương tự`} count={items.length}>
      <ul className="divide-y divide-line">
        {items.map(({ incident, because, shared }) => (
          <li key={incident.id} className="flex flex-col gap-0.5 py-2">
            <span className="flex min-w-0 items-center gap-2">
              <SeverityMark severity={incident.severity} />
              <IncidentTitle incident={incident} />
            </span>
            <span className="flex flex-wrap items-center gap-x-2 text-12 text-ink-2">
              <span className="font-mono">{incident.number}</span>
              <IncidentState incident={incident} />
              <span>{incident.organisation_name}</span>
              <Time at={incident.detected_at} />
            </span>
            <span className="text-12 text-ink-3">
              {because.map((reason) => reasons[reason]).join(' · ')}
              {shared.length > 0 ? <code> {shared.slice(0, 3).join(', ')}</code> : null}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
