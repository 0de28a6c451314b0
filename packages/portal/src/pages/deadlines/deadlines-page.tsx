import type { RunningDeadline } from '@haidang/contracts/deadline'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useMe } from '../../api/session.ts'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { DeadlineLine, subjectPages, useDeadlineColumns } from './deadline-columns.tsx'

const route = getRouteApi('/shell/deadlines')
const idOf = (deadline: RunningDeadline) => deadline.id
const fields = [
  'state',
  'kind',
  'number',
  'name',
  'organisation_id',
  'assignee_id',
  'grade',
  'rule',
  'clause',
  'due_at',
  'reckoned',
]
const open = '(state:running or state:passed)'

/** What is due, soonest first: mine, my organisation’s, everybody’s. */
export function DeadlinesPage() {
  const { t } = useLingui()
  const { person } = useMe()
  const { view = 'open', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const names = {
    open: t`Đang chờ`,
    mine: t`Của tôi`,
    organisation: t`Tổ chức tôi`,
    passed: t`Quá hạn`,
    all: t`Tất cả`,
  }
  const filters = {
    open,
    mine: `${open} and assignee_id:${person.id}`,
    organisation: `${open} and organisation_id:${person.organisation_id}`,
    passed: 'state:passed',
    all: '',
  }
  const filter = both(filters[view], q)
  const pages = usePages({
    queryKey: ['deadlines', 'list', filter],
    read: (cursor, signal) => api.deadlines.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useDeadlineColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/deadlines',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  const openSubject = ({ subject_kind, subject_id }: RunningDeadline) =>
    void navigate({
      to: subjectPages[subject_kind],
      params: { id: subject_id },
    })
  return (
    <Page title={t`Hạn`}>
      <PageHead
        title={t`Hạn`}
        about={t`Việc nào phải xong khi nào, theo quy định nào; gần nhất đứng trước.`}
      />
      <ViewTabs to="/deadlines" views={names} view={view} q={q} />
      <FilteredList
        q={q}
        fields={fields}
        example="grade:serious and due_at<2026-12-01"
        onFilter={filtered}
        pages={pages}
        name="deadlines"
        label={t`Hạn`}
        idOf={idOf}
        columns={columns}
        compact={(deadline) => <DeadlineLine deadline={deadline} />}
        onOpen={openSubject}
        empty={
          <Empty title={t`Không có hạn nào ở đây`}>
            {t`Hạn bắt đầu khi sự cố được lập, theo các quy định đang có hiệu lực.`}
          </Empty>
        }
      />
    </Page>
  )
}
