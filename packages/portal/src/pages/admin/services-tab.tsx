import type { ServiceAccount } from '@haidang/contracts/service-account'
import { Plural, useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { ServiceDialog } from './service-dialog.tsx'
import { useRoles } from './use-roles.ts'

const idOf = (account: ServiceAccount) => account.id

/** Identities of machines: who answers for each, what they may, and whether they are in use. */
export function ServicesTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const roles = useRoles()
  const [edited, setEdited] = useState<ServiceAccount | null>(null)
  const pages = usePages({
    queryKey: ['people', 'services'],
    read: (cursor, signal) => api.serviceAccounts.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<ServiceAccount>[]>(
    () => [
      {
        id: 'name',
        header: t`Tài khoản dịch vụ`,
        width: 'minmax(180px,2fr)',
        fixed: true,
        cell: (account) => <Name account={account} />,
      },
      {
        id: 'purpose',
        header: t`Dùng để`,
        width: 'minmax(140px,2fr)',
        from: 900,
        cell: ({ purpose }) => <span className="text-ink-2">{purpose}</span>,
      },
      {
        id: 'role',
        header: t`Vai trò`,
        width: 'minmax(120px,1fr)',
        from: 680,
        cell: ({ role_id }) => roles.find(({ id }) => id === role_id)?.name ?? role_id,
      },
      {
        id: 'owner',
        header: t`Người chịu trách nhiệm`,
        width: 'minmax(140px,1.5fr)',
        cell: ({ owner_name }) => owner_name,
      },
      {
        id: 'keys',
        header: t`Khóa`,
        width: '88px',
        cell: ({ open_keys }) =>
          open_keys === 0 ? t`không có` : <Plural value={open_keys} other="# khóa" />,
      },
      {
        id: 'used',
        header: t`Dùng gần nhất`,
        width: '120px',
        from: 760,
        cell: ({ last_used_at }) => (last_used_at ? <Time at={last_used_at} /> : '—'),
      },
    ],
    [t, roles],
  )
  return (
    <>
      <List
        pages={pages}
        name="services"
        label={t`Tài khoản dịch vụ`}
        idOf={idOf}
        columns={columns}
        compact={(account) => (
          <div className="flex flex-col gap-1">
            <Name account={account} />
            <p className="truncate text-12 text-ink-2">{account.owner_name}</p>
          </div>
        )}
        {...(refusal('person.manage') ? {} : { onOpen: setEdited })}
        empty={
          <Empty
            title={t`Chưa có tài khoản dịch vụ nào`}
            act={<NewServiceButton />}
          >{t`Danh tính của một máy: có người chịu trách nhiệm, chỉ vào bằng khóa API, không đăng nhập.`}</Empty>
        }
      />
      {edited ? <ServiceDialog account={edited} onClose={() => setEdited(null)} /> : null}
    </>
  )
}

function Name({ account }: { account: ServiceAccount }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <span className="truncate font-medium">{account.name}</span>
      {account.disabled ? <Pill>{t`đã khóa`}</Pill> : null}
      {account.needs_owner ? <Pill tone="medium">{t`cần người chịu trách nhiệm`}</Pill> : null}
    </span>
  )
}

export function NewServiceButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('person.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm tài khoản dịch vụ`}
      </Button>
      {open ? <ServiceDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
