import { millisecondsOf } from '@haidang/contracts/instant'
import type { Overview } from '@haidang/contracts/overview'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Histogram } from '../../components/histogram.tsx'
import { gutter, Page, PageHead, Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { cn } from '../../theme/cn.ts'
import { Figures } from './figures.tsx'
import { NewestClusters, OpenIncidents, StationStates, WaitingOrders } from './lists.tsx'
import { NextDeadlines } from './next-deadlines.tsx'
import { SilentList } from './silent-list.tsx'

/** What is new, what is late, who is silent: one look, from any chair. */
export function OverviewPage() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => api.overview.read({}, signal),
    refetchInterval: 30_000,
  })
  return (
    <Page title={t`Tình hình`}>
      <PageHead
        title={t`Tình hình`}
        acts={
          query.data ? (
            <p className="text-12 text-ink-3">
              {t`Số liệu lúc`} <Time at={query.data.as_of} as="clock" />
            </p>
          ) : null
        }
      />
      <Asked query={query}>{(overview) => <Floor overview={overview} />}</Asked>
    </Page>
  )
}

const daySeconds = 86_400

function Floor({ overview }: { overview: Overview }) {
  const { t } = useLingui()
  const to = millisecondsOf(overview.as_of)
  return (
    <div className={cn('flex flex-col gap-7 pb-10', gutter)}>
      <Figures overview={overview} />
      <Section title={t`Cảnh báo 24 giờ qua`}>
        <div className="pt-2">
          <Histogram
            label={t`Cảnh báo 24 giờ qua theo mức độ`}
            buckets={overview.alerts_24h}
            bucketSeconds={1800}
            from={to - daySeconds * 1000}
            to={to}
            height={132}
          />
        </div>
      </Section>
      <div className="grid gap-x-10 gap-y-7 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <NewestClusters clusters={overview.newest_clusters} />
        <div className="flex min-w-0 flex-col gap-7">
          <NextDeadlines deadlines={overview.deadlines_next} />
          <WaitingOrders orders={overview.orders_waiting} />
          <OpenIncidents incidents={overview.open_incidents} count={overview.open_incident_count} />
          <SilentList stations={overview.stations} />
          <StationStates stations={overview.stations} />
        </div>
      </div>
    </div>
  )
}
