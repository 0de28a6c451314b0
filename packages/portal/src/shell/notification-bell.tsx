import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { unreadQuery } from '../pages/notifications/unread-query.ts'

const most = 99

/** How much there is to read, and the way to it. */
export function NotificationBell() {
  const { t } = useLingui()
  const unread = useQuery(unreadQuery).data?.unread ?? 0
  return (
    <Link
      to="/notifications"
      search={{}}
      title={t`Thông báo`}
      className="relative grid size-8 shrink-0 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink"
    >
      <Bell aria-hidden="true" className="size-4" strokeWidth={1.75} />
      <span className="sr-only">
        {unread === 0 ? t`Thông báo` : <Plural value={unread} other="# thông báo chưa đọc" />}
      </span>
      {unread > 0 ? (
        <span
          aria-hidden="true"
          className="absolute top-0 right-0 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[10px] text-on-accent leading-4"
        >
          {unread > most ? `${most}+` : unread}
        </span>
      ) : null}
    </Link>
  )
}
