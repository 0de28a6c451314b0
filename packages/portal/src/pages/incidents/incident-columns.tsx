import type { Incident } from '@haidang/contracts/incident'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { ExerciseMark, Pill, SimulatedRow } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { incidentTones } from './incident-words.ts'

export function IncidentState({
  incident,
}: {
  incident: Pick<Incident, 'state'> & Partial<Pick<Incident, 'merged_into'>>
}) {
  const { t } = useLingui()
  const { label } = useWords()
  if (incident.merged_into) return <Pill>{t`Đã gộp`}</Pill>
  return <Pill tone={incidentTones[incident.state]}>{label('incidentState', incident.state)}</Pill>
}

/** That it is another's, and as what one takes part in it. */
export function TakingPart({ incident }: { incident: Partial<Pick<Incident, 'participation'>> }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (!incident.participation) return null
  const role = label('participantRole', incident.participation.role)
  return (
    <Pill tone="accent">
      <span className="whitespace-nowrap">{t`Tham gia: ${role}`}</span>
    </Pill>
  )
}

/** Its title, which leads there, and whether it is real. */
export function IncidentTitle({
  incident,
}: {
  incident: Pick<Incident, 'id' | 'title' | 'simulated' | 'exercise'> &
    Partial<Pick<Incident, 'participation'>>
}) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/incidents/$id"
        params={{ id: incident.id }}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {incident.title}
      </Link>
      <TakingPart incident={incident} />
      {incident.simulated ? <SimulatedRow /> : null}
      {incident.exercise ? <ExerciseMark /> : null}
    </span>
  )
}

export function useIncidentColumns(): readonly Column<Incident>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'severity',
        header: t`Mức`,
        width: '40px',
        fixed: true,
        cell: ({ severity }) => <SeverityMark severity={severity} />,
      },
      {
        id: 'number',
        header: t`Số`,
        width: '104px',
        from: 700,
        cell: ({ number }) => <span className="font-mono text-12">{number}</span>,
      },
      {
        id: 'title',
        header: t`Tên sự cố`,
        width: 'minmax(180px,3fr)',
        fixed: true,
        cell: (incident) => <IncidentTitle incident={incident} />,
      },
      {
        id: 'organisation',
        header: t`Tổ chức bị ảnh hưởng`,
        width: 'minmax(120px,1.4fr)',
        from: 930,
        cell: (incident) => incident.organisation_name,
      },
      {
        id: 'type',
        header: t`Loại`,
        width: 'minmax(96px,1.2fr)',
        from: 1100,
        cell: ({ type }) => <span className="text-ink-2">{label('incidentType', type)}</span>,
      },
      {
        id: 'orders',
        header: t`Lệnh`,
        width: '44px',
        from: 990,
        align: 'right',
        cell: (incident) => incident.order_count,
      },
      {
        id: 'assignee',
        header: t`Phụ trách`,
        width: '112px',
        from: 800,
        cell: (incident) => incident.assignee_name ?? <span className="text-ink-3">—</span>,
      },
      {
        id: 'opened',
        header: t`Mở lúc`,
        width: '96px',
        cell: ({ opened_at }) => <Time at={opened_at} className="text-ink-2" />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '120px',
        cell: (incident) => <IncidentState incident={incident} />,
      },
    ],
    [t, label],
  )
}

export function IncidentLine({ incident }: { incident: Incident }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <SeverityMark severity={incident.severity} />
        <IncidentTitle incident={incident} />
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="shrink-0 font-mono">{incident.number}</span>
        <span className="truncate">{incident.organisation_name}</span>
        <span className="ml-auto shrink-0">
          <IncidentState incident={incident} />
        </span>
      </div>
    </div>
  )
}
