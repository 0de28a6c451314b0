import { millisecondsOf } from '@haidang/contracts/instant'
import type { JoinCode } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Identifier } from '../../components/identifier.tsx'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time, useNow } from '../../components/time.tsx'

const idOf = (code: JoinCode) => code.id

/** Codes given out, never the code itself. */
export function CodesTab() {
  const { t } = useLingui()
  const pages = usePages({
    queryKey: ['join-codes'],
    read: (cursor, signal) => api.stations.joinCodes({ query: { limit: 100, cursor } }, signal),
  })
  const columns = useMemo<readonly Column<JoinCode>[]>(
    () => [
      {
        id: 'organisation',
        header: t`Đơn vị`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '112px',
        fixed: true,
        cell: (code) => <CodeState code={code} />,
      },
      {
        id: 'created',
        header: t`Tạo lúc`,
        width: '140px',
        from: 700,
        cell: ({ created_at }) => <Time at={created_at} as="absolute" />,
      },
      {
        id: 'expires',
        header: t`Hết hạn`,
        width: '140px',
        cell: ({ expires_at }) => <Time at={expires_at} as="absolute" />,
      },
      {
        id: 'id',
        header: t`Mã`,
        width: '140px',
        from: 860,
        cell: ({ id }) => <Identifier value={id} />,
      },
    ],
    [t],
  )
  return (
    <List
      pages={pages}
      name="join-codes"
      label={t`Mã kết nối`}
      idOf={idOf}
      columns={columns}
      compact={(code) => (
        <div className="flex items-center justify-between gap-3">
          <span className="truncate">{code.organisation_name}</span> <CodeState code={code} />
        </div>
      )}
      empty={
        <Empty
          title={t`Chưa tạo mã nào`}
        >{t`Mỗi mã dùng một lần, cho một đơn vị, trong thời hạn bạn đặt.`}</Empty>
      }
    />
  )
}

function CodeState({ code }: { code: JoinCode }) {
  const { t } = useLingui()
  const now = useNow()
  if (code.used_at) return <Pill tone="good">{t`Đã dùng`}</Pill>
  return millisecondsOf(code.expires_at) < now ? (
    <Pill>{t`Hết hạn`}</Pill>
  ) : (
    <Pill tone="accent">{t`Còn hiệu lực`}</Pill>
  )
}
