import type { EffortSummary } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { EffortLine, useEffortColumns } from './effort-columns.tsx'

const route = getRouteApi('/shell/efforts')
const idOf = (sheet: EffortSummary) => sheet.id
const fields = ['order', 'order_id', 'organisation_id', 'state', 'claimed', 'updated_at']
const filters = {
  open: 'not state:paid and not state:withdrawn',
  ended: '(state:paid or state:withdrawn)',
} as const

/** What answering orders cost, and how far its payment is (1622 II.3.b). */
export function EffortsPage() {
  const { t } = useLingui()
  const { view = 'open', q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const names = { open: t`Đang xử lý`, ended: t`Đã kết thúc` }
  const filter = both(filters[view], q)
  const pages = usePages({
    queryKey: ['efforts', 'list', filter],
    read: (cursor, signal) => api.efforts.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  return (
    <Page title={t`Khối lượng, hao tổn`}>
      <PageHead
        title={t`Khối lượng, hao tổn`}
        about={t`Bảng kê của đơn vị thực hiện lệnh: thẩm tra, thống nhất, phê duyệt, chi trả.`}
      />
      <ViewTabs to="/efforts" views={names} view={view} q={q} />
      <FilteredList
        q={q}
        fields={fields}
        example="state:agreed and claimed>10000000"
        onFilter={(next) =>
          void navigate({
            to: '/efforts',
            search: (old) => ({ ...old, q: next || undefined }),
            replace: true,
          })
        }
        pages={pages}
        name="efforts"
        label={t`Bảng kê khối lượng, hao tổn`}
        idOf={idOf}
        columns={useEffortColumns()}
        compact={(sheet) => <EffortLine sheet={sheet} />}
        onOpen={({ id }) => void navigate({ to: '/efforts/$id', params: { id } })}
        empty={
          <Empty title={t`Không có bảng kê nào ở đây`}>
            {t`Đơn vị được giao thực hiện lệnh lập bảng kê ở trang của lệnh đó.`}
          </Empty>
        }
      />
    </Page>
  )
}
