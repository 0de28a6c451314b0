import type { Cluster } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useCallback } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMe } from '../../api/session.ts'
import { DataTable } from '../../components/data-table.tsx'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both } from '../../components/filter-tree.ts'
import { ListFoot, NewRows } from '../../components/list-foot.tsx'
import { gutter, Page, PageHead, Peek } from '../../components/page.tsx'
import { RangeSelect } from '../../components/range-select.tsx'
import { Empty, Failure, LoadingRows, NoMatch, Stale } from '../../components/states.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { useList } from '../../components/use-list.ts'
import { wireFilter } from '../../components/wire-filter.ts'
import { instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { useHeld } from '../../live/use-held.ts'
import { AlertHistogram } from './alert-histogram.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ClusterLine, useClusterColumns } from './cluster-columns.tsx'
import { ClusterPeek } from './cluster-peek.tsx'
import { TriageDialog } from './triage-dialogs.tsx'
import { useTriageActs } from './use-triage-keys.ts'
import { clusterFields, viewFilter } from './views.ts'

const route = getRouteApi('/shell/alerts')
const idOf = (cluster: Cluster) => cluster.id

/** What next, is it new or known, and done in ten seconds. */
export function AlertsPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const { view = 'open', q = '', peek, range = '24h' } = search
  const navigate = route.useNavigate()
  const change = useCallback(
    (next: Partial<typeof search>) =>
      void navigate({ to: '/alerts', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  )
  const filter = wireFilter(both(viewFilter(view, me.person.id), q))
  const { query, items, total } = usePages({
    queryKey: ['clusters', 'list', filter],
    read: (cursor, signal) => api.clusters.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const { held, waiting, release, setBusy } = useHeld(items, idOf, filter ?? '')
  const open = (cluster: Cluster) =>
    void navigate({ to: '/alerts/$id', params: { id: cluster.id } })
  const list = useList({
    rows: held,
    idOf,
    onOpen: open,
    onPeek: (id) => change({ peek: id ?? undefined }),
    peeked: peek ?? null,
  })
  const targets = list.chosen.size > 0 ? [...list.chosen] : list.cursor ? [list.cursor] : []
  const triage = useTriageActs(targets, list.clear)
  const columns = useClusterColumns()
  const tab = (name: typeof view) => ({
    ...(q ? { q } : {}),
    ...(name === 'open' ? {} : { view: name }),
  })
  const names = { open: t`Đang mở`, new: t`Mới`, mine: t`Của tôi`, closed: t`Đã đóng` }
  return (
    <Page
      title={t`Cảnh báo`}
      peek={
        peek ? (
          <Peek label={t`Xem nhanh`} onClose={() => change({ peek: undefined })}>
            <Suspense fallback={<LoadingRows rows={6} />}>
              <ClusterPeek id={peek} />
            </Suspense>
          </Peek>
        ) : null
      }
    >
      <PageHead
        title={t`Cảnh báo`}
        count={total === undefined ? undefined : t`${number(total)} cụm`}
      />
      <Tabs label={t`Chế độ xem`}>
        {(['open', 'new', 'mine', 'closed'] as const).map((name) => (
          <Tab
            key={name}
            to="/alerts"
            search={tab(name)}
            active={view === name}
            count={view === name && total !== undefined ? number(total) : undefined}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      <div className={`flex flex-col gap-3 py-3 ${gutter}`}>
        <FilterBar
          value={q}
          onChange={(next) => change({ q: next || undefined })}
          fields={clusterFields}
        >
          <RangeSelect value={range} onChange={(next) => change({ range: next })} />
        </FilterBar>
        {query.error && items.length > 0 ? (
          <Stale since={instantOf(query.dataUpdatedAt)} onRetry={() => void query.refetch()} />
        ) : null}
        <AlertHistogram filter={filter} range={range} />
      </div>
      <NewRows count={waiting} onShow={release} />
      {query.isPending ? (
        <div className={gutter}>
          <LoadingRows />
        </div>
      ) : null}
      {query.error && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && items.length === 0 ? (
        <Nothing filtered={q !== ''} view={view} onClear={() => change({ q: undefined })} />
      ) : null}
      {held.length > 0 ? (
        <>
          <DataTable
            name="clusters"
            label={t`Cụm cảnh báo`}
            rows={held}
            idOf={idOf}
            columns={columns}
            compact={(cluster) => <ClusterLine cluster={cluster} />}
            cursor={list.cursor}
            onPoint={list.point}
            onOpen={open}
            selection={list}
            onEnd={
              query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : undefined
            }
            onBusy={setBusy}
            faded={({ state }) => state === 'snoozed'}
          />
          <ListFoot
            shown={held.length}
            total={total}
            asOf={query.dataUpdatedAt}
            more={query.hasNextPage}
          />
        </>
      ) : null}
      <BulkBar count={list.chosen.size} acts={triage.acts} onClear={list.clear} />
      {triage.asked ? (
        <TriageDialog
          asked={triage.asked}
          count={targets.length}
          onAct={triage.act}
          onClose={triage.dismiss}
        />
      ) : null}
    </Page>
  )
}

function Nothing({
  filtered,
  view,
  onClear,
}: {
  filtered: boolean
  view: string
  onClear: () => void
}) {
  const { t } = useLingui()
  if (filtered) return <NoMatch onClear={onClear} />
  const titles: Record<string, string> = {
    new: t`Không có cụm nào mới`,
    mine: t`Bạn không phụ trách cụm nào`,
    closed: t`Chưa đóng cụm nào`,
  }
  return (
    <Empty title={titles[view] ?? t`Không có cảnh báo nào đang mở`}>
      {t`Khi một luật phát hiện nổ ở một trạm, cảnh báo hiện ở đây trong vài giây.`}
    </Empty>
  )
}
