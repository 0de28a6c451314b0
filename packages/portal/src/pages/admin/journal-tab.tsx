import type { JournalEntry } from '@haidang/contracts/journal'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'

const route = getRouteApi('/shell/admin')
const idOf = (entry: JournalEntry) => entry.id
const journalFields = [
  'seq',
  'time',
  'type',
  'actor_id',
  'actor_name',
  'authority',
  'subject',
  'related',
  'reason',
  'organisation_id',
  'text',
]

/** Who did what to which object, when and why; nothing is ever taken out. */
export function JournalTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['journal', filter],
    read: (cursor, signal) => api.journal.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({
      to: '/admin',
      search: { tab: 'journal', ...(next ? { q: next } : {}) },
      replace: true,
    })
  const columns = useMemo<readonly Column<JournalEntry>[]>(
    () => [
      {
        id: 'seq',
        header: t`Số`,
        width: '64px',
        align: 'right',
        cell: ({ seq }) => <span className="font-mono text-12 text-ink-3">{seq}</span>,
      },
      {
        id: 'time',
        header: t`Lúc`,
        width: '132px',
        fixed: true,
        cell: ({ time }) => <Time at={time} as="absolute" />,
      },
      {
        id: 'actor',
        header: t`Ai`,
        width: 'minmax(96px,1fr)',
        fixed: true,
        cell: (entry) => <EntryActor entry={entry} />,
      },
      {
        id: 'type',
        header: t`Việc`,
        width: 'minmax(140px,1.2fr)',
        fixed: true,
        cell: ({ type }) => <code className="text-12">{type}</code>,
      },
      {
        id: 'subject',
        header: t`Đối tượng`,
        width: '150px',
        from: 730,
        cell: ({ subject }) => <Identifier value={subject} />,
      },
      {
        id: 'authority',
        header: t`Quyền dùng`,
        width: '140px',
        from: 990,
        cell: ({ authority }) => <code className="text-12 text-ink-2">{authority}</code>,
      },
      {
        id: 'reason',
        header: t`Lý do`,
        width: 'minmax(96px,1.6fr)',
        from: 840,
        cell: ({ reason }) => <span className="text-ink-2">{reason}</span>,
      },
    ],
    [t],
  )
  return (
    <FilteredList
      q={q}
      fields={journalFields}
      example="type:order.issued and not actor_id:local"
      onFilter={filtered}
      pages={pages}
      name="journal"
      label={t`Nhật ký`}
      idOf={idOf}
      columns={columns}
      compact={(entry) => (
        <div className="flex flex-col gap-1">
          <code className="truncate text-12">{entry.type}</code>
          <p className="flex gap-2 text-12 text-ink-2">
            <span className="truncate">{entry.actor_name}</span>
            <Time at={entry.time} as="absolute" className="ml-auto shrink-0" />
          </p>
        </div>
      )}
      onOpen={({ id }) => void navigate({ to: '/journal/$id', params: { id } })}
      empty={<Empty title={t`Nhật ký còn trống`} />}
    />
  )
}

/** A machine is shown as one: its key acts, for the service account it names beside. */
export function EntryActor({ entry }: { entry: JournalEntry }) {
  const { t } = useLingui()
  const { actor_id, actor_name, related } = entry
  const isMachine = actor_id.startsWith('key_') && related.some((id) => id.startsWith('sva_'))
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
      <span className="truncate">{actor_name}</span>
      {isMachine ? <Pill>{t`tài khoản dịch vụ`}</Pill> : null}
    </span>
  )
}
