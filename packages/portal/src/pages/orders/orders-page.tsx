import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { ViewTabs } from '../../components/tabs.tsx'
import { useKeys } from '../../keys/keyboard.ts'
import { printed } from '../../keys/sheet.ts'
import { useWords } from '../../language/use-words.ts'
import { OrderLine, useOrderColumns } from './order-columns.tsx'
import { orderFields, orderViewFilters } from './order-words.ts'

const route = getRouteApi('/shell/orders')
const idOf = (order: Order) => order.id

export function OrdersPage() {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const navigate = route.useNavigate()
  const { view = 'open', q = '' } = route.useSearch()
  const filter = both(orderViewFilters[view], q)
  const pages = usePages({
    queryKey: ['orders', 'list', filter],
    read: (cursor, signal) => api.orders.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useOrderColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/orders',
      search: (old) => ({ ...old, q: next || undefined }),
      replace: true,
    })
  const create = () => void navigate({ to: '/orders/new', search: {} })
  useKeys({ create })
  const names = { open: t`Đang hiệu lực`, closed: t`Đã đóng, đã thu hồi` }
  const createButton = (
    <Button
      look="primary"
      refusal={refusal('order.issue')}
      keys={printed('create')}
      onClick={create}
    >
      <Plus aria-hidden="true" className="size-4" />
      {t`Lập lệnh`}
    </Button>
  )
  return (
    <Page title={t`Lệnh điều phối`}>
      <PageHead
        title={t`Lệnh điều phối`}
        count={pages.total === undefined ? undefined : number(pages.total)}
        acts={createButton}
      />
      <ViewTabs to="/orders" views={names} view={view} q={q} />
      <FilteredList
        q={q}
        fields={orderFields}
        example="kind:order and report_due_at<2026-12-01"
        onFilter={filtered}
        pages={pages}
        name="orders"
        label={t`Lệnh điều phối`}
        idOf={idOf}
        columns={columns}
        compact={(order) => <OrderLine order={order} />}
        onOpen={(order) => void navigate({ to: '/orders/$id', params: { id: order.id } })}
        empty={
          <Empty title={t`Không có lệnh nào ở đây`}>
            {t`Lệnh giao cho đơn vị và lệnh đơn vị nhận được hiện ở đây, kèm từng bước trả lời.`}
          </Empty>
        }
      />
    </Page>
  )
}
