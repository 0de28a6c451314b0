import type { Approval } from '@haidang/contracts/approval'
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
import { ApprovalLine, useApprovalColumns } from './approval-columns.tsx'
import { PolicyTab } from './policy-tab.tsx'
import { useWaiting } from './use-waiting.ts'

const route = getRouteApi('/shell/approvals')
const idOf = (approval: Approval) => approval.id
const fields = ['kind', 'state', 'asked_by', 'decided_by', 'reason', 'asked_at', 'organisation_id']

/** What waits for a second person, what became of it, and which acts do. */
export function ApprovalsPage() {
  const { t } = useLingui()
  const { view = 'open', q = '' } = route.useSearch()
  const waiting = useWaiting()
  const names = {
    open: t`Chờ quyết định`,
    mine: t`Tôi đề nghị`,
    all: t`Tất cả`,
    policy: t`Quy định`,
  }
  const counts = { open: waiting?.for_me || undefined, mine: waiting?.mine || undefined }
  return (
    <Page title={view === 'open' ? t`Phê duyệt` : names[view]}>
      <PageHead
        title={t`Phê duyệt`}
        about={t`Việc có hậu quả lớn cần hai người: một người đề nghị, người khác duyệt.`}
      />
      <ViewTabs to="/approvals" views={names} view={view} q={q} counts={counts} />
      {view === 'policy' ? <PolicyTab /> : <ApprovalList view={view} />}
    </Page>
  )
}

function ApprovalList({ view }: { view: 'open' | 'mine' | 'all' }) {
  const { t } = useLingui()
  const { person } = useMe()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const own = { open: 'state:open', mine: `asked_by_id:${person.id}`, all: '' }[view]
  const filter = both(own, q)
  const pages = usePages({
    queryKey: ['approvals', 'list', filter],
    read: (cursor, signal) => api.approvals.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useApprovalColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/approvals',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="kind:order.issue and state:done"
      onFilter={filtered}
      pages={pages}
      name="approvals"
      label={t`Đề nghị`}
      idOf={idOf}
      columns={columns}
      compact={(approval) => <ApprovalLine approval={approval} />}
      onOpen={({ id }) => void navigate({ to: '/approvals/$id', params: { id } })}
      empty={
        <Empty title={view === 'open' ? t`Không có gì chờ duyệt` : t`Chưa có đề nghị nào`}>
          {t`Đề nghị hiện ở đây khi ai đó làm việc mà quy định đòi người thứ hai.`}
        </Empty>
      }
    />
  )
}
