import type { Person } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { PersonDialog } from './person-dialog.tsx'
import { useRoles } from './use-roles.ts'

const idOf = (person: Person) => person.id

export function PeopleTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const roles = useRoles()
  const [edited, setEdited] = useState<Person | null>(null)
  const pages = usePages({
    queryKey: ['people', 'list'],
    read: (cursor, signal) => api.people.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<Person>[]>(() => {
    const roleName = (id: string) => roles.find((role) => role.id === id)?.name ?? id
    return [
      {
        id: 'name',
        header: t`Họ và tên`,
        width: 'minmax(140px,2fr)',
        fixed: true,
        cell: (person) => <Name person={person} />,
      },
      {
        id: 'email',
        header: t`Thư điện tử`,
        width: 'minmax(140px,2fr)',
        cell: ({ email }) => <span className="text-ink-2">{email}</span>,
      },
      {
        id: 'role',
        header: t`Vai trò`,
        width: 'minmax(120px,1.2fr)',
        cell: ({ role_id }) => roleName(role_id),
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(140px,2fr)',
        from: 860,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'created',
        header: t`Tạo lúc`,
        width: '132px',
        from: 1000,
        cell: ({ created_at }) => <Time at={created_at} as="absolute" className="text-ink-2" />,
      },
    ]
  }, [t, roles])
  return (
    <>
      <List
        pages={pages}
        name="people"
        label={t`Người dùng`}
        idOf={idOf}
        columns={columns}
        compact={(person) => (
          <div className="flex flex-col gap-1">
            <Name person={person} />
            <p className="truncate text-12 text-ink-2">{person.email}</p>
          </div>
        )}
        {...(refusal('person.manage') ? {} : { onOpen: setEdited })}
        empty={<Empty title={t`Chưa có người dùng nào`} />}
      />
      {edited ? <PersonDialog person={edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

function Name({ person }: { person: Person }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="truncate font-medium">{person.name}</span>
      {person.disabled ? <Pill>{t`đã khóa`}</Pill> : null}
    </span>
  )
}
