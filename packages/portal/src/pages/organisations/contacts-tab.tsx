import type { ContactPoint } from '@haidang/contracts/contact-point'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ContactMark } from './organisation-words.tsx'

const idOf = (contact: ContactPoint) => contact.id
const fields = ['organisation_id', 'purpose', 'name', 'email', 'phone', 'state', 'due']

/** Contact points of everybody, those somebody has to look after first. */
export function ContactsTab() {
  const { t } = useLingui()
  const { label } = useWords()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['organisations', 'contacts', filter],
    read: (cursor, signal) => api.contacts.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useMemo<readonly Column<ContactPoint>[]>(
    () => [
      {
        id: 'name',
        header: t`Đầu mối liên hệ`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: ({ name }) => <span className="font-medium">{name}</span>,
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(160px,2fr)',
        from: 640,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'purpose',
        header: t`Dùng để`,
        width: '120px',
        cell: ({ purpose }) => label('contactPurpose', purpose),
      },
      {
        id: 'reach',
        header: t`Điện thoại, thư`,
        width: 'minmax(160px,2fr)',
        from: 820,
        cell: ({ phone, email }) => [phone, email].filter(Boolean).join(' · '),
      },
      {
        id: 'state',
        header: t`Xác nhận`,
        width: '152px',
        from: 480,
        cell: ({ state }) => <ContactMark state={state} />,
      },
      {
        id: 'due',
        header: t`Xác nhận lại trước`,
        width: '140px',
        from: 760,
        cell: ({ due_at }) => (due_at ? <Time at={due_at} as="absolute" /> : '—'),
      },
    ],
    [t, label],
  )
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="state:overdue and purpose:duty"
      onFilter={setQ}
      pages={pages}
      name="contacts"
      label={t`Đầu mối liên hệ`}
      idOf={idOf}
      columns={columns}
      compact={(contact) => (
        <div className="flex flex-col gap-1">
          <span className="flex items-center gap-2">
            <span className="min-w-0 truncate font-medium">{contact.name}</span>
            <span className="ml-auto">
              <ContactMark state={contact.state} />
            </span>
          </span>
          <p className="truncate text-12 text-ink-2">
            {label('contactPurpose', contact.purpose)} · {contact.organisation_name}
          </p>
        </div>
      )}
      onOpen={({ organisation_id: id }) =>
        void navigate({ to: '/organisations/$id', params: { id }, search: { part: 'contacts' } })
      }
      empty={
        <Empty title={t`Chưa có đầu mối nào`}>
          {t`Đầu mối được thêm ở trang của từng tổ chức: ai, để làm gì, gọi số nào, khóa nào.`}
        </Empty>
      }
    />
  )
}
