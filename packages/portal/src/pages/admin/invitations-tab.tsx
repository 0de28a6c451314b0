import { millisecondsOf } from '@haidang/contracts/instant'
import type { Invitation } from '@haidang/contracts/invitation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time, useNow } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { InviteButton } from './invite-button.tsx'
import { useRoles } from './use-roles.ts'

const idOf = (invitation: Invitation) => invitation.id

/** Who was invited, and what became of it. */
export function InvitationsTab() {
  const { t } = useLingui()
  const roles = useRoles()
  const pages = usePages({
    queryKey: ['invitations'],
    read: (cursor, signal) => api.invitations.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<Invitation>[]>(
    () => [
      {
        id: 'name',
        header: t`Họ và tên`,
        width: 'minmax(140px,2fr)',
        fixed: true,
        cell: ({ name }) => <span className="font-medium">{name}</span>,
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
        cell: ({ role_id }) => roles.find(({ id }) => id === role_id)?.name ?? role_id,
      },
      {
        id: 'expires',
        header: t`Hết hạn`,
        width: '132px',
        from: 820,
        cell: ({ expires_at }) => <Time at={expires_at} as="absolute" className="text-ink-2" />,
      },
      {
        id: 'state',
        header: '',
        width: '132px',
        fixed: true,
        cell: (invitation) => <State invitation={invitation} />,
      },
    ],
    [t, roles],
  )
  return (
    <List
      pages={pages}
      name="invitations"
      label={t`Lời mời`}
      idOf={idOf}
      columns={columns}
      compact={(invitation) => (
        <div className="flex items-center justify-between gap-3">
          <span className="min-w-0">
            <span className="block truncate font-medium">{invitation.name}</span>
            <span className="block truncate text-12 text-ink-2">{invitation.email}</span>
          </span>
          <State invitation={invitation} />
        </div>
      )}
      empty={
        <Empty title={t`Chưa mời ai`} act={<InviteButton />}>
          {t`Người được mời tự tạo tài khoản bằng liên kết dùng một lần.`}
        </Empty>
      }
    />
  )
}

function State({ invitation }: { invitation: Invitation }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const now = useNow()
  const revoke = useMutation({
    mutationFn: () => api.invitations.revoke({ params: { id: invitation.id } }),
    onSuccess: ({ name }) => {
      say(t`Đã thu hồi lời mời ${name}`)
      void client.invalidateQueries({ queryKey: ['invitations'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  if (invitation.accepted_at) return <Pill tone="good">{t`đã nhận`}</Pill>
  if (invitation.revoked_at) return <Pill>{t`đã thu hồi`}</Pill>
  if (millisecondsOf(invitation.expires_at) <= now) return <Pill>{t`hết hạn`}</Pill>
  return (
    <Button look="danger" size="small" busy={revoke.isPending} onClick={() => revoke.mutate()}>
      {t`Thu hồi`}
    </Button>
  )
}
