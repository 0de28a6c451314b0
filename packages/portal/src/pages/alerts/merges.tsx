import type { Cluster, ClusterMerge } from '@haidang/contracts/cluster'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { MoreRows } from '../../components/more-rows.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { entityOf } from './cluster-queries.ts'
import { useUnmerge } from './use-merge.ts'

/** Says that another cluster stands for this one. */
export function MergedInto({ cluster }: { cluster: Cluster }) {
  if (cluster.merged_into === null) return null
  return (
    <p className="border-y py-3 text-13">
      <Trans>
        Cụm này đã được gộp vào{' '}
        <Link
          to="/alerts/$id"
          params={{ id: cluster.merged_into }}
          className="text-accent hover:underline"
        >
          một cụm khác
        </Link>
        : xử lý ở đó, hoặc tách ra ở đó.
      </Trans>
    </p>
  )
}

/** What was merged under a cluster, and the way to take it apart. */
export function Merges({ cluster }: { cluster: Cluster }) {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const [asked, setAsked] = useState<ClusterMerge | null>(null)
  const { query, items } = usePages({
    queryKey: ['clusters', 'merges', cluster.id, cluster.version],
    read: (cursor, signal) =>
      api.clusterMerges.list({ params: { id: cluster.id }, query: { limit: 20, cursor } }, signal),
  })
  if (items.length === 0) return null
  return (
    <Section title={t`Các cụm đã gộp`} count={number(cluster.merged_count)}>
      <ul className="divide-y divide-line">
        {items.map((merge) => (
          <li key={merge.id} className="flex flex-col gap-2 py-3">
            <div className="flex flex-wrap items-center gap-3">
              <Time at={merge.merged_at} as="absolute" className="text-ink-2" />
              <span className="min-w-0 flex-1 break-words text-13">{merge.reason}</span>
              <Button
                size="small"
                refusal={refusal('alert.triage')}
                onClick={() => setAsked(merge)}
              >
                {t`Tách ra…`}
              </Button>
            </div>
            <ul className="flex flex-col">
              {merge.clusters.map((one) => (
                <li key={one.id} className="flex min-h-7 min-w-0 items-center gap-3">
                  <Link
                    to="/alerts/$id"
                    params={{ id: one.id }}
                    className="min-w-0 truncate text-13 hover:underline"
                  >
                    {one.title} <code className="text-12 text-ink-2">{entityOf(one)}</code>
                  </Link>
                  <span className="ml-auto shrink-0 text-12 text-ink-2">
                    ×{number(one.alert_count)}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <MoreRows query={query} />
      {asked ? <UnmergeDialog merge={asked} onClose={() => setAsked(null)} /> : null}
    </Section>
  )
}

/** What came since stays where it came; what was decided since may hold for all, and that is asked. */
function UnmergeDialog({ merge, onClose }: { merge: ClusterMerge; onClose: () => void }) {
  const { t } = useLingui()
  const unmerge = useUnmerge(onClose)
  const apart = (clusters: 'as-before' | 'as-head') => unmerge.mutate({ id: merge.id, clusters })
  return (
    <Dialog
      open
      onClose={onClose}
      title={<Plural value={merge.clusters.length} other="Tách # cụm ra" />}
      about={
        <Plural
          value={merge.alerts_since}
          other="# cảnh báo đến sau khi gộp ở lại cụm mà nó đến."
        />
      }
    >
      {merge.head_changed ? (
        <p className="max-w-[60ch] text-13">
          {t`Sau khi gộp, cụm chung đã được xử lý. Các cụm tách ra trở về như trước khi gộp, hay theo cách đã xử lý cụm chung?`}
        </p>
      ) : null}
      <Acts>
        <Button look="primary" busy={unmerge.isPending} onClick={() => apart('as-before')}>
          {t`Như trước khi gộp`}
        </Button>
        {merge.head_changed ? (
          <Button busy={unmerge.isPending} onClick={() => apart('as-head')}>
            {t`Như cụm chung bây giờ`}
          </Button>
        ) : null}
        <Button look="quiet" onClick={onClose}>
          {t`Thôi`}
        </Button>
      </Acts>
    </Dialog>
  )
}
