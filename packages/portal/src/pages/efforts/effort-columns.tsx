import type { EffortState, EffortSummary } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedMark, type Tone } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const tones: Readonly<Record<EffortState, Tone>> = {
  draft: 'neutral',
  submitted: 'accent',
  returned: 'high',
  checked: 'accent',
  agreed: 'accent',
  approved: 'medium',
  paid: 'good',
  withdrawn: 'neutral',
}

export function EffortStatePill({ state }: { state: EffortState }) {
  const { label } = useWords()
  return <Pill tone={tones[state]}>{label('effortState', state)}</Pill>
}

/** Whole dong, as people here write them. */
export function Dong({ amount }: { amount: number }) {
  const { number } = useWords()
  return <span className="whitespace-nowrap tabular-nums">{number(amount)} ₫</span>
}

/** What it comes to: as found where it was checked, as claimed before. */
export function Amount({ sheet }: { sheet: EffortSummary }) {
  return <Dong amount={sheet.checked ?? sheet.claimed} />
}

function SheetLink({ sheet }: { sheet: EffortSummary }) {
  return (
    <Link
      to="/efforts/$id"
      params={{ id: sheet.id }}
      className="truncate font-medium hover:underline"
    >
      {sheet.organisation_name}
    </Link>
  )
}

export function useEffortColumns(): readonly Column<EffortSummary>[] {
  const { t } = useLingui()
  return useMemo<readonly Column<EffortSummary>[]>(
    () => [
      {
        id: 'organisation',
        header: t`Đơn vị thực hiện`,
        width: 'minmax(160px,1.5fr)',
        fixed: true,
        cell: (sheet) => <SheetLink sheet={sheet} />,
      },
      {
        id: 'order',
        header: t`Theo lệnh`,
        width: 'minmax(160px,2fr)',
        cell: ({ order_number, order_title }) => (
          <span className="truncate" title={order_title}>
            <span className="font-mono text-12 text-ink-2">{order_number}</span> {order_title}
          </span>
        ),
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '170px',
        cell: ({ state, simulated }) => (
          <span className="flex items-center gap-1.5">
            <EffortStatePill state={state} />
            {simulated ? <SimulatedMark /> : null}
          </span>
        ),
      },
      {
        id: 'amount',
        header: t`Số tiền`,
        width: '150px',
        cell: (sheet) => <Amount sheet={sheet} />,
      },
      {
        id: 'updated',
        header: t`Cập nhật`,
        width: '120px',
        from: 900,
        cell: ({ updated_at }) => <Time at={updated_at} />,
      },
    ],
    [t],
  )
}

/** A sheet on a narrow screen. */
export function EffortLine({ sheet }: { sheet: EffortSummary }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="flex min-w-0 items-center gap-2">
        <SheetLink sheet={sheet} />
        <EffortStatePill state={sheet.state} />
        {sheet.simulated ? <SimulatedMark /> : null}
      </span>
      <span className="flex items-center gap-2 text-12 text-ink-2">
        <span className="font-mono">{sheet.order_number}</span>
        <Amount sheet={sheet} />
      </span>
    </div>
  )
}
