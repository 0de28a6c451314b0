import type { LadderLine } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { Pill } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { OrderSteps } from './order-steps.tsx'

function Standing({ line }: { line: LadderLine }) {
  const { t } = useLingui()
  if (line.withdrawn_at) return <Pill tone="neutral">{t`Đã thu hồi`}</Pill>
  if (line.overdue) return <Pill tone="critical">{t`Quá hạn`}</Pill>
  return line.due_at ? <Time at={line.due_at} className="text-ink-2" /> : '—'
}

export function useLadderColumns(): readonly Column<LadderLine>[] {
  const { t } = useLingui()
  const { label } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Đơn vị`,
        width: 'minmax(160px,1fr)',
        fixed: true,
        cell: ({ organisation_name }) => (
          <span className="font-medium" title={organisation_name}>
            {organisation_name}
          </span>
        ),
      },
      {
        id: 'role',
        header: t`Vai trò`,
        width: '88px',
        from: 780,
        cell: ({ role }) => <span className="text-ink-2">{label('addresseeRole', role)}</span>,
      },
      {
        id: 'steps',
        header: t`Các bước`,
        width: '220px',
        cell: (line) => <OrderSteps addressee={line} />,
      },
      {
        id: 'standing',
        header: t`Hạn`,
        width: '104px',
        cell: (line) => <Standing line={line} />,
      },
    ],
    [t, label],
  )
}

export function LadderRow({ line }: { line: LadderLine }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="truncate font-medium">{line.organisation_name}</span>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <OrderSteps addressee={line} />
        <span className="ml-auto shrink-0">
          <Standing line={line} />
        </span>
      </div>
    </div>
  )
}
