import type { WorkItem } from '@haidang/contracts/my-work'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { useWords } from '../../language/use-words.ts'
import { FinishedTasks } from './finished-tasks.tsx'
import { useWorkCount } from './use-work-count.ts'
import { useWorkColumns, WorkLine } from './work-columns.tsx'
import { pageOf } from './work-page.ts'

const route = getRouteApi('/shell/my-work')
const idOf = (item: WorkItem) => item.id
const fields = ['kind', 'number', 'title', 'from', 'step', 'personal', 'late', 'tlp', 'due_at']
const filters = { all: '', personal: 'personal:true', late: 'late:true' }

/** Everything wanted from the reader and their organisation: what, by when, answered in one step. */
export function MyWorkPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const may = useMay()
  const { view = 'all', q = '' } = route.useSearch()
  const count = useWorkCount()
  const wanted = { all: t`Tôi và đơn vị`, personal: t`Của tôi`, late: t`Quá hạn` }
  const names = { ...wanted, done: t`Đã xong` }
  const counts = count && {
    all: number(count.all),
    personal: number(count.personal),
    late: number(count.late),
  }
  return (
    <Page title={t`Việc của tôi`}>
      <PageHead
        title={t`Việc của tôi`}
        about={t`Mọi việc đang chờ tôi hoặc đơn vị tôi trả lời; gần hạn nhất đứng trước.`}
      />
      <ViewTabs
        to="/my-work"
        views={may('task.read') ? names : wanted}
        view={view}
        q={q}
        counts={counts}
      />
      {view === 'done' ? <FinishedTasks /> : <Wanted view={view} q={q} />}
    </Page>
  )
}

interface WantedProps {
  readonly view: keyof typeof filters
  readonly q: string
}

function Wanted({ view, q }: WantedProps) {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  const filter = both(filters[view], q)
  const pages = usePages({
    queryKey: ['my-work', 'list', filter],
    read: (cursor, signal) => api.myWork.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useWorkColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/my-work',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="kind:order and due_at<2026-12-01"
      onFilter={filtered}
      pages={pages}
      name="my-work"
      label={t`Việc của tôi`}
      idOf={idOf}
      columns={columns}
      compact={(item) => <WorkLine item={item} />}
      onOpen={(item) => void navigate({ to: pageOf(item) })}
      empty={
        <Empty title={t`Không có việc nào đang chờ`}>
          {t`Lệnh, cảnh báo, việc của sự cố, hạn theo quy định và việc chờ duyệt sẽ hiện ở đây.`}
        </Empty>
      }
    />
  )
}
