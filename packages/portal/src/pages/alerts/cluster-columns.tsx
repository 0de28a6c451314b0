import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { entityOf } from './cluster-queries.ts'
import { clusterTones } from './views.ts'

export function ClusterState({ cluster }: { cluster: Cluster }) {
  const { label } = useWords()
  const { state, close_reason: reason } = cluster
  const word =
    state === 'closed' && reason ? label('closeReason', reason) : label('clusterState', state)
  return <Pill tone={clusterTones[state]}>{word}</Pill>
}

function Title({ cluster }: { cluster: Cluster }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/alerts/$id"
        params={{ id: cluster.id }}
        className="min-w-0 truncate font-medium hover:underline hover:underline-offset-2"
      >
        {cluster.title}
      </Link>
      {cluster.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

function Entity({ cluster }: { cluster: Cluster }) {
  const entity = entityOf(cluster)
  if (entity === undefined) return <span className="text-ink-3">—</span>
  return (
    <code className="text-12" title={entity}>
      {entity}
    </code>
  )
}

export function useClusterColumns(): readonly Column<Cluster>[] {
  const { t } = useLingui()
  const { compact, label } = useWords()
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
        id: 'title',
        header: t`Cụm cảnh báo`,
        width: 'minmax(180px,3fr)',
        fixed: true,
        cell: (cluster) => <Title cluster={cluster} />,
      },
      {
        id: 'entity',
        header: t`Đối tượng`,
        width: 'minmax(96px,1.2fr)',
        cell: (cluster) => <Entity cluster={cluster} />,
      },
      {
        id: 'count',
        header: t`Số lần`,
        width: '56px',
        align: 'right',
        cell: ({ alert_count }) => `×${compact(alert_count)}`,
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(96px,1.2fr)',
        from: 980,
        cell: ({ organisation_name, station_name }) => (
          <span title={`${organisation_name} · ${station_name}`}>{organisation_name}</span>
        ),
      },
      {
        id: 'detector',
        header: t`Bộ phát hiện`,
        width: '112px',
        from: 1180,
        cell: ({ detector }) => <span className="text-ink-2">{label('detector', detector)}</span>,
      },
      {
        id: 'last',
        header: t`Gần nhất`,
        width: '92px',
        cell: ({ last_time }) => <Time at={last_time} className="text-ink-2" />,
      },
      {
        id: 'assignee',
        header: t`Phụ trách`,
        width: '96px',
        from: 880,
        cell: ({ assignee_name }) =>
          assignee_name ? (
            <span title={assignee_name}>{assignee_name}</span>
          ) : (
            <span className="text-ink-3">—</span>
          ),
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '112px',
        from: 770,
        cell: (cluster) => <ClusterState cluster={cluster} />,
      },
    ],
    [t, compact, label],
  )
}

/** The cluster in two lines, for a telephone. */
export function ClusterLine({ cluster }: { cluster: Cluster }) {
  const { compact } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <SeverityMark severity={cluster.severity} />
        <Title cluster={cluster} />
        <span className="ml-auto shrink-0 text-12 text-ink-2">×{compact(cluster.alert_count)}</span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <code className="min-w-0 truncate">{entityOf(cluster)}</code>
        <Time at={cluster.last_time} className="ml-auto shrink-0" />
        <span className="shrink-0">
          <ClusterState cluster={cluster} />
        </span>
      </div>
    </div>
  )
}
