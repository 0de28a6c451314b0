import { millisecondsOf } from '@haidang/contracts/instant'
import type { ApiKey } from '@haidang/contracts/person'
import { Plural, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time, useNow } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { useRoles } from './use-roles.ts'

const idOf = (key: ApiKey) => key.id

/** With the service account it belongs to in front. */
const nameOf = ({ name, account_name }: ApiKey) =>
  account_name === null ? name : `${account_name} · ${name}`

export function KeysTab() {
  const { t } = useLingui()
  const roles = useRoles()
  const pages = usePages({
    queryKey: ['keys'],
    read: (cursor, signal) => api.keys.list({ query: { limit: 200, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<ApiKey>[]>(
    () => [
      {
        id: 'name',
        header: t`Khóa`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: (key) => <span className="font-medium">{nameOf(key)}</span>,
      },
      {
        id: 'role',
        header: t`Vai trò`,
        width: 'minmax(120px,1fr)',
        cell: ({ role_id }) => roles.find(({ id }) => id === role_id)?.name ?? role_id,
      },
      {
        id: 'scope',
        header: t`Phạm vi`,
        width: '120px',
        from: 760,
        cell: ({ scopes }) => (
          <span title={scopes?.join('\n') ?? ''}>
            {scopes ? <Plural value={scopes.length} other="# quyền" /> : t`cả vai trò`}
          </span>
        ),
      },
      {
        id: 'expires',
        header: t`Hết hạn`,
        width: '140px',
        from: 900,
        cell: ({ expires_at }) =>
          expires_at ? <Time at={expires_at} as="absolute" /> : t`không hết hạn`,
      },
      {
        id: 'created',
        header: t`Tạo lúc`,
        width: '140px',
        from: 820,
        cell: ({ created_at }) => <Time at={created_at} as="absolute" />,
      },
      {
        id: 'used',
        header: t`Dùng gần nhất`,
        width: '120px',
        from: 680,
        cell: ({ last_used_at }) => (last_used_at ? <Time at={last_used_at} /> : '—'),
      },
      {
        id: 'address',
        header: t`Dùng từ`,
        width: '140px',
        from: 1000,
        cell: ({ last_used_address }) => (
          <span className="font-mono text-12">{last_used_address ?? '—'}</span>
        ),
      },
      {
        id: 'state',
        header: '',
        width: '120px',
        fixed: true,
        cell: (key) => <KeyState apiKey={key} />,
      },
    ],
    [t, roles],
  )
  return (
    <List
      pages={pages}
      name="keys"
      label={t`Khóa API`}
      idOf={idOf}
      columns={columns}
      compact={(key) => (
        <div className="flex items-center justify-between gap-3">
          <span className="truncate font-medium">{nameOf(key)}</span>
          <KeyState apiKey={key} />
        </div>
      )}
      empty={
        <Empty
          title={t`Chưa có khóa API nào`}
          act={<NewKeyButton />}
        >{t`Khóa cho máy gọi API của nút với quyền của một vai trò.`}</Empty>
      }
    />
  )
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const now = useNow()
  const [asking, setAsking] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api.keys.revoke({ params: { id: apiKey.id } }),
    onSuccess: () => {
      say(t`Đã thu hồi khóa ${apiKey.name}`)
      setAsking(false)
      void client.invalidateQueries({ queryKey: ['keys'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  if (apiKey.revoked_at) return <Pill>{t`Đã thu hồi`}</Pill>
  if (apiKey.expires_at && millisecondsOf(apiKey.expires_at) <= now) {
    return <Pill>{t`hết hạn`}</Pill>
  }
  return (
    <>
      <Button look="danger" size="small" onClick={() => setAsking(true)}>{t`Thu hồi…`}</Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t`Thu hồi khóa ${apiKey.name}`}
        about={t`Máy đang dùng khóa này bị từ chối ngay.`}
      >
        <Acts>
          <Button
            look="danger"
            busy={revoke.isPending}
            onClick={() => revoke.mutate()}
          >{t`Thu hồi`}</Button>
          <Button look="quiet" onClick={() => setAsking(false)}>{t`Thôi`}</Button>
        </Acts>
      </Dialog>
    </>
  )
}

export function NewKeyButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('key.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Tạo khóa`}
      </Button>
      {open ? <KeyDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
