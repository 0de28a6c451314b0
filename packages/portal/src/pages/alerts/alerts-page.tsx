import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMe } from '../../api/session.ts'
import { FilterBar } from '../../components/filter-bar.tsx'
import { both } from '../../components/filter-tree.ts'
import { gutter, Page, PageHead, Peek } from '../../components/page.tsx'
import { RangeSelect } from '../../components/range-select.tsx'
import { Empty, NoMatch } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { useWords } from '../../language/use-words.ts'
import { AlertHistogram } from './alert-histogram.tsx'
import { ClusterList } from './cluster-list.tsx'
import { ClusterPeek } from './cluster-peek.tsx'
import { type AlertView, clusterFields, viewFilter } from './views.ts'

const route = getRouteApi('/shell/alerts')

/** What next, is it new or known, and done in ten seconds. */
export function AlertsPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const me = useMe()
  const { view = 'open', q = '', peek, range = '24h' } = route.useSearch()
  const change = useChange()
  const filter = both(viewFilter(view, me.person.id), q)
  const pages = usePages({
    queryKey: ['clusters', 'list', filter],
    read: (cursor, signal) => api.clusters.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const closePeek = () => change({ peek: undefined })
  const count = pages.total === undefined ? undefined : number(pages.total)
  return (
    <Page
      title={t`Cảnh báo`}
      peek={
        peek ? (
          <Peek label={t`Xem nhanh`} onClose={closePeek}>
            <ClusterPeek id={peek} />
          </Peek>
        ) : null
      }
    >
      <PageHead title={t`Cảnh báo`} count={count === undefined ? undefined : t`${count} cụm`} />
      <Views view={view} q={q} />
      <div className={`flex flex-col gap-3 py-3 ${gutter}`}>
        <FilterBar
          value={q}
          onChange={(next) => change({ q: next || undefined })}
          fields={clusterFields}
          example="severity>=high and not detector:sigma"
        >
          <RangeSelect value={range} onChange={(next) => change({ range: next })} />
        </FilterBar>
        <AlertHistogram filter={filter} range={range} />
      </div>
      <ClusterList
        pages={pages}
        scope={filter ?? ''}
        peek={peek}
        onPeek={(id) => change({ peek: id ?? undefined })}
        empty={<Nothing filtered={q !== ''} view={view} onClear={() => change({ q: undefined })} />}
      />
    </Page>
  )
}

/** Writes into the address what changed of the page's state. */
function useChange() {
  const navigate = route.useNavigate()
  type Search = ReturnType<typeof route.useSearch>
  return useCallback(
    (next: Search) =>
      void navigate({ to: '/alerts', search: (old) => ({ ...old, ...next }), replace: true }),
    [navigate],
  )
}

function Views({ view, q }: { view: AlertView; q: string }) {
  const { t } = useLingui()
  const names: Record<AlertView, string> = {
    open: t`Đang mở`,
    new: t`Mới`,
    mine: t`Của tôi`,
    closed: t`Đã đóng`,
  }
  return <ViewTabs to="/alerts" views={names} view={view} q={q} />
}

interface NothingProps {
  readonly filtered: boolean
  readonly view: AlertView
  readonly onClear: () => void
}

function Nothing({ filtered, view, onClear }: NothingProps) {
  const { t } = useLingui()
  if (filtered) return <NoMatch onClear={onClear} />
  const titles: Record<AlertView, string> = {
    open: t`Không có cảnh báo nào đang mở`,
    new: t`Không có cụm nào mới`,
    mine: t`Bạn không phụ trách cụm nào`,
    closed: t`Chưa đóng cụm nào`,
  }
  return (
    <Empty title={titles[view]}>
      {t`Khi một luật phát hiện nổ ở một trạm, cảnh báo hiện ở đây trong vài giây.`}
    </Empty>
  )
}
