import type { Alert } from '@haidang/contracts/alert'
import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Pill, SimulatedMark } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { ClusterState } from './cluster-columns.tsx'
import { ClusterFacts } from './cluster-facts.tsx'
import { LastAlert } from './cluster-peek.tsx'
import { clusterQuery, entityOf, isSpread } from './cluster-queries.ts'
import { MergedInto, Merges } from './merges.tsx'
import { SpreadStory } from './spread-story.tsx'
import { TriageButtons } from './triage-buttons.tsx'
import { TriageDialog } from './triage-dialogs.tsx'
import { useTriageActs } from './use-triage-keys.ts'

const route = getRouteApi('/shell/alerts/$id')

/** Why it fired, how often, and what to do about it. */
export function AlertPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(clusterQuery(id))
  return (
    <Page title={query.data?.title ?? t`Cảnh báo`}>
      <Asked query={query}>
        {(cluster) => <Body key={cluster.id} cluster={cluster} wanted={id} />}
      </Asked>
    </Page>
  )
}

function Body({ cluster, wanted }: { cluster: Cluster; wanted: string }) {
  const { t } = useLingui()
  const { number } = useWords()
  const triage = useTriageActs([cluster.id])
  const entity = entityOf(cluster)
  const [alertId, setAlertId] = useState(wanted.startsWith('alt_') ? wanted : cluster.last_alert_id)
  return (
    <>
      <ObjectHead
        line={
          <>
            <SeverityMark severity={cluster.severity} word />
            <ClusterState cluster={cluster} />
            {cluster.simulated ? <SimulatedMark /> : null}
            <span className="text-ink-2">{cluster.organisation_name}</span>
            <span className="text-ink-3">×{number(cluster.alert_count)}</span>
            <Time at={cluster.last_time} className="text-ink-3" />
          </>
        }
        title={cluster.title}
        about={entity ? <code className="text-13">{entity}</code> : null}
        acts={
          cluster.merged_into ? null : cluster.state === 'closed' ? (
            <Button onClick={() => triage.act({ act: 'reopen' })}>{t`Mở lại`}</Button>
          ) : (
            <TriageButtons acts={triage.acts} />
          )
        }
      />
      <TwoColumns
        story={
          <>
            <MergedInto cluster={cluster} />
            {isSpread(cluster) ? <SpreadStory cluster={cluster} /> : <LastAlert id={alertId} />}
            {cluster.merged_count > 0 ? <Merges cluster={cluster} /> : null}
            <Siblings cluster={cluster} chosen={alertId} onChoose={setAlertId} />
          </>
        }
        facts={
          <Section title={t`Thông tin`}>
            <ClusterFacts cluster={cluster} />
          </Section>
        }
      />
      {triage.asked ? (
        <TriageDialog asked={triage.asked} count={1} onAct={triage.act} onClose={triage.dismiss} />
      ) : null}
    </>
  )
}

interface SiblingsProps {
  readonly cluster: Cluster
  readonly chosen: string
  readonly onChoose: (id: string) => void
}

/** The single alerts of the cluster, newest first. */
function Siblings({ cluster, chosen, onChoose }: SiblingsProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const may = useMay()
  const { query, items } = usePages({
    queryKey: ['alerts', 'of', cluster.id],
    read: (cursor, signal) =>
      api.alerts.list({ query: { limit: 25, cursor, cluster: cluster.id } }, signal),
  })
  return (
    <Section title={t`Các cảnh báo trong cụm`} count={number(cluster.alert_count)}>
      {query.isPending ? <LoadingRows rows={3} /> : null}
      <ul className="divide-y divide-line">
        {items.map((alert) => (
          <li
            key={alert.id}
            className={cn(
              'flex min-h-9 items-center gap-3 py-1',
              alert.id === chosen && 'bg-accent-soft px-2',
            )}
          >
            <button
              type="button"
              aria-pressed={alert.id === chosen}
              onClick={() => onChoose(alert.id)}
              className="flex min-h-7 min-w-0 flex-1 items-center gap-3 text-left hover:text-accent"
            >
              <Time at={alert.time} as="clock" className="w-28 shrink-0 text-ink-2" />
              <Gist alert={alert} />
            </button>
            {alert.doubt ? <Pill tone="high">{t`đáng ngờ`}</Pill> : null}
            {may('event.read') && alert.event_id !== '' ? (
              <Link
                to="/events"
                search={{ q: `id:${alert.event_id}`, range: '30d' }}
                className="shrink-0 text-12 text-accent hover:underline"
              >
                {t`Sự kiện`}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      <MoreRows query={query} />
    </Section>
  )
}

/** One line of an alert: its record; of one about spread, at how many organisations something was. */
function Gist({ alert }: { alert: Alert }) {
  const { t } = useLingui()
  const [first] = alert.matches
  if (alert.raw_data === '' && first?.field === 'organisations') {
    return <span className="truncate text-13">{t`Ở ${first.value} tổ chức`}</span>
  }
  return <code className="truncate text-12">{alert.raw_data}</code>
}
