import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Asked } from '../../components/asked.tsx'
import { buttonStyle } from '../../components/button.tsx'
import { Keys } from '../../components/keys.tsx'
import { SimulatedMark } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { printed } from '../../keys/sheet.ts'
import { ClusterState } from './cluster-columns.tsx'
import { ClusterFacts } from './cluster-facts.tsx'
import { alertQuery, clusterQuery, entityOf, isSpread } from './cluster-queries.ts'
import { SpreadStory } from './spread-story.tsx'
import { WhyFired } from './why-fired.tsx'

/** Enough of a cluster to decide without leaving the list. */
export function ClusterPeek({ id }: { id: string }) {
  const { t } = useLingui()
  const query = useQuery(clusterQuery(id))
  return (
    <div className="flex flex-col gap-5 p-5">
      <Asked query={query} loading={<LoadingRows rows={6} />}>
        {(cluster) => (
          <>
            <header className="pr-10">
              <div className="flex flex-wrap items-center gap-2 pb-1">
                <SeverityMark severity={cluster.severity} word />
                <ClusterState cluster={cluster} />
                {cluster.simulated ? <SimulatedMark /> : null}
              </div>
              <h2 className="text-18">{cluster.title}</h2>
              <code className="text-13 text-ink-2">{entityOf(cluster)}</code>
            </header>
            {isSpread(cluster) ? (
              <SpreadStory cluster={cluster} />
            ) : (
              <LastAlert id={cluster.last_alert_id} />
            )}
            <ClusterFacts cluster={cluster} />
            <Link
              to="/alerts/$id"
              params={{ id: cluster.id }}
              className={buttonStyle({ className: 'self-start' })}
            >
              {t`Mở trang`} <Keys keys={printed('open')} faint />
            </Link>
          </>
        )}
      </Asked>
    </div>
  )
}

export function LastAlert({ id }: { id: string }) {
  const query = useQuery(alertQuery(id))
  return (
    <Asked query={query} loading={<LoadingRows rows={5} />}>
      {(alert) => <WhyFired alert={alert} />}
    </Asked>
  )
}
