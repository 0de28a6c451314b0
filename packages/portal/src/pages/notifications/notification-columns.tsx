import type { Notification } from '@haidang/contracts/notification'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Pill } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

export function useNotificationColumns(): readonly Column<Notification>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo<readonly Column<Notification>[]>(
    () => [
      {
        id: 'title',
        header: t`Thông báo`,
        width: 'minmax(200px,2fr)',
        cell: (notification) => <Title notification={notification} />,
      },
      {
        id: 'text',
        header: t`Nội dung`,
        width: 'minmax(160px,2fr)',
        from: 900,
        cell: ({ text }) => <span className="text-ink-2">{text.replaceAll('\n', ' ')}</span>,
      },
      {
        id: 'kind',
        header: t`Loại`,
        width: '170px',
        from: 700,
        cell: ({ kind }) => label('notificationKind', kind),
      },
      {
        id: 'created_at',
        header: t`Lúc`,
        width: '110px',
        cell: ({ created_at }) => <Time at={created_at} />,
      },
    ],
    [t, label],
  )
}

/** Unread ones are bold and say so. */
function Title({ notification: { title, urgent, read_at } }: { notification: Notification }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className={cn('truncate', read_at === null && 'font-semibold')}>{title}</span>
      {read_at === null ? <span className="sr-only">{t`chưa đọc`}</span> : null}
      {urgent ? <Pill tone="high">{t`khẩn`}</Pill> : null}
    </span>
  )
}

/** A notification on a telephone. */
export function NotificationLine({ notification }: { notification: Notification }) {
  return (
    <div className="flex flex-col gap-1">
      <Title notification={notification} />
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{notification.text.replaceAll('\n', ' ')}</span>
        <Time at={notification.created_at} className="ml-auto shrink-0" />
      </p>
    </div>
  )
}
