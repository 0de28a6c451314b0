import type { ReceivedMail } from '@haidang/contracts/received-mail'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { both } from '../../components/filter-tree.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useTypedFilter } from '../notifications/use-typed-filter.ts'

const route = getRouteApi('/shell/notifications')
const idOf = (mail: ReceivedMail) => mail.id
const fields = ['state', 'kind', 'from', 'name', 'subject', 'object_id', 'received_at']
const tones: Record<ReceivedMail['state'], Tone> = {
  unfiled: 'medium',
  filed: 'good',
  dismissed: 'neutral',
}

/** Mails that came in: all, or those nobody knew a place for. */
export function ReceivedMails({ unfiled }: { unfiled: boolean }) {
  const { t } = useLingui()
  const { q, onFilter } = useTypedFilter()
  const navigate = route.useNavigate()
  const filter = both(unfiled ? 'state:unfiled' : '', q)
  const pages = usePages({
    queryKey: ['mails', 'list', filter],
    read: (cursor, signal) =>
      api.receivedMails.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useMailColumns()
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="state:filed and kind:message"
      onFilter={onFilter}
      pages={pages}
      name="received-mails"
      label={t`Thư đến`}
      idOf={idOf}
      columns={columns}
      compact={(mail) => <MailLine mail={mail} />}
      onOpen={({ id }) => void navigate({ to: '/mails/$id', params: { id } })}
      empty={
        <Empty title={unfiled ? t`Không có thư chờ xếp` : t`Chưa có thư nào`}>
          {t`Thư gửi tới hộp thư của nút hiện ở đây khi máy chủ IMAP được cấu hình.`}
        </Empty>
      }
    />
  )
}

function useMailColumns(): readonly Column<ReceivedMail>[] {
  const { t } = useLingui()
  return useMemo<readonly Column<ReceivedMail>[]>(
    () => [
      {
        id: 'subject',
        header: t`Chủ đề`,
        width: 'minmax(180px,2fr)',
        cell: (mail) => <Subject mail={mail} />,
      },
      {
        id: 'from',
        header: t`Người gửi`,
        width: 'minmax(140px,1fr)',
        from: 640,
        cell: ({ from_name, from_address }) => (
          <span title={from_address}>{from_name || from_address}</span>
        ),
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: 'minmax(160px,1fr)',
        cell: (mail) => <MailState mail={mail} />,
      },
      {
        id: 'received_at',
        header: t`Lúc`,
        width: '110px',
        cell: ({ received_at }) => <Time at={received_at} />,
      },
    ],
    [t],
  )
}

/** Where a mail stands, and what it is where it is no plain mail. */
export function MailState({ mail: { state, kind } }: { mail: ReceivedMail }) {
  const { label } = useWords()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Pill tone={tones[state]}>{label('receivedMailState', state)}</Pill>
      {kind === 'message' ? null : (
        <span className="truncate text-12 text-ink-2">{label('receivedMailKind', kind)}</span>
      )}
    </span>
  )
}

function Subject({ mail: { subject } }: { mail: ReceivedMail }) {
  const { t } = useLingui()
  return <span className="truncate">{subject || t`(không có chủ đề)`}</span>
}

/** A mail on a telephone. */
function MailLine({ mail }: { mail: ReceivedMail }) {
  return (
    <div className="flex flex-col gap-1">
      <Subject mail={mail} />
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <MailState mail={mail} />
        <span className="truncate">{mail.from_name || mail.from_address}</span>
        <Time at={mail.received_at} className="ml-auto shrink-0" />
      </p>
    </div>
  )
}
