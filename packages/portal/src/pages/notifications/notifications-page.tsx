import type { Notification } from '@haidang/contracts/notification'
import type { Permission } from '@haidang/contracts/permission'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Page, PageHead } from '../../components/page.tsx'
import { Empty } from '../../components/states.tsx'
import { Tab, Tabs } from '../../components/tabs.tsx'
import { complain } from '../../components/toast.tsx'
import { notificationViews } from '../../search.ts'
import { ReceivedMails } from '../mails/received-mails.tsx'
import { Deliveries } from './deliveries.tsx'
import { NotificationLine, useNotificationColumns } from './notification-columns.tsx'
import { unreadQuery } from './unread-query.ts'
import { useTypedFilter } from './use-typed-filter.ts'

const route = getRouteApi('/shell/notifications')
const idOf = (notification: Notification) => notification.id
/** What a view asks for beyond being signed in. */
const rights: Readonly<Record<(typeof notificationViews)[number], Permission | undefined>> = {
  unread: undefined,
  all: undefined,
  deliveries: 'delivery.read',
  unfiled: 'mail.read',
  received: 'mail.read',
}
const fields = ['kind', 'title', 'urgent', 'object_id', 'created_at']

/** What the reader was told, and what became of mails. */
export function NotificationsPage() {
  const { t } = useLingui()
  const may = useMay()
  const { view = 'unread' } = route.useSearch()
  const unread = useQuery(unreadQuery).data?.unread
  const names = {
    unread: t`Chưa đọc`,
    all: t`Tất cả`,
    deliveries: t`Thư đã gửi`,
    unfiled: t`Thư chờ xếp`,
    received: t`Thư đến`,
  }
  const views = notificationViews.filter((name) => {
    const right = rights[name]
    return right === undefined || may(right)
  })
  return (
    <Page title={t`Thông báo`}>
      <PageHead title={t`Thông báo`} acts={rights[view] || !unread ? null : <ReadAllButton />} />
      <Tabs label={t`Chế độ xem`}>
        {views.map((name) => (
          <Tab
            key={name}
            to="/notifications"
            search={name === 'unread' ? {} : { view: name }}
            active={view === name}
            count={name === 'unread' ? unread || undefined : undefined}
          >
            {names[name]}
          </Tab>
        ))}
      </Tabs>
      <Shown view={view} />
    </Page>
  )
}

function Shown({ view }: { view: (typeof notificationViews)[number] }) {
  if (view === 'deliveries') return <Deliveries />
  if (view === 'unfiled' || view === 'received') {
    return <ReceivedMails unfiled={view === 'unfiled'} />
  }
  return <NotificationList view={view} />
}

function useRead() {
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: (ids: string[] | undefined) => api.notifications.read({ body: { ids } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['notifications'] }),
    onError: (error) => complain(describe(error).title),
  })
}

function ReadAllButton() {
  const { t } = useLingui()
  const read = useRead()
  return (
    <Button busy={read.isPending} onClick={() => read.mutate(undefined)}>
      {t`Đánh dấu đã đọc tất cả`}
    </Button>
  )
}

function NotificationList({ view }: { view: 'unread' | 'all' }) {
  const { t } = useLingui()
  const { q, onFilter } = useTypedFilter()
  const { history } = useRouter()
  const read = useRead()
  const filter = both(view === 'unread' ? 'read:false' : '', q)
  const pages = usePages({
    queryKey: ['notifications', 'list', filter],
    read: (cursor, signal) =>
      api.notifications.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useNotificationColumns()
  const open = ({ id, path, read_at }: Notification) => {
    if (read_at === null) read.mutate([id])
    if (path) history.push(path)
  }
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="kind:order-given"
      onFilter={onFilter}
      pages={pages}
      name="notifications"
      label={t`Thông báo`}
      idOf={idOf}
      columns={columns}
      compact={(notification) => <NotificationLine notification={notification} />}
      onOpen={open}
      empty={
        <Empty title={view === 'unread' ? t`Đã đọc hết` : t`Chưa có thông báo nào`}>
          {t`Lệnh, đề nghị chờ duyệt và trạm mất liên lạc mà bạn phụ trách được báo ở đây.`}
        </Empty>
      }
    />
  )
}
