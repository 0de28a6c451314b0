import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { reached, rungs } from '../../components/ladder.tsx'
import { Pill, SimulatedRow, type Tone } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const orderTones: Record<Order['state'], Tone> = {
  issued: 'accent',
  withdrawn: 'neutral',
  closed: 'neutral',
}
export const urgencyTones: Record<Order['urgency'], Tone> = {
  normal: 'neutral',
  urgent: 'medium',
  very_urgent: 'high',
  immediate: 'critical',
}

export function OrderState({ order }: { order: Order }) {
  const { t } = useLingui()
  const { label } = useWords()
  if (order.state === 'issued' && order.addressees.some(({ overdue }) => overdue)) {
    return <Pill tone="critical">{t`Quá hạn`}</Pill>
  }
  return <Pill tone={orderTones[order.state]}>{label('orderState', order.state)}</Pill>
}

function Title({ order }: { order: Order }) {
  const { label } = useWords()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/orders/$id"
        params={{ id: order.id }}
        className="min-w-0 truncate font-medium hover:underline"
      >
        {order.title}
      </Link>
      {order.urgency === 'normal' ? null : (
        <Pill tone={urgencyTones[order.urgency]}>{label('urgency', order.urgency)}</Pill>
      )}
      {order.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

/** `3/12`: addressees whose result is in. */
function Answered({ order }: { order: Order }) {
  const acting = order.addressees.filter(({ role }) => role !== 'for_information')
  const done = acting.filter(({ step }) => reached(step) >= rungs.indexOf('completed')).length
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="h-1 w-10 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full bg-good-fill"
          style={{ width: `${(done / Math.max(1, acting.length)) * 100}%` }}
        />
      </span>
      {done}/{acting.length}
    </span>
  )
}

function who(order: Order): string {
  return order.mine === 'addressee'
    ? order.issuer_name
    : order.addressees.map(({ organisation_name }) => organisation_name).join(', ')
}

export function useOrderColumns(): readonly Column<Order>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Số`,
        width: '112px',
        from: 780,
        cell: ({ number }) => <span className="font-mono text-12">{number}</span>,
      },
      {
        id: 'title',
        header: t`Trích yếu`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: (order) => <Title order={order} />,
      },
      {
        id: 'direction',
        header: t`Chiều`,
        width: '56px',
        from: 840,
        cell: ({ mine }) => (
          <span className="text-ink-2">{mine === 'addressee' ? t`Đến` : t`Đi`}</span>
        ),
      },
      {
        id: 'who',
        header: t`Nơi giao, nơi nhận`,
        width: 'minmax(120px,1.6fr)',
        from: 960,
        cell: (order) => <span title={who(order)}>{who(order)}</span>,
      },
      {
        id: 'answered',
        header: t`Đã báo cáo`,
        width: '96px',
        from: 700,
        cell: (order) => <Answered order={order} />,
      },
      {
        id: 'due',
        header: t`Hạn`,
        width: '104px',
        cell: ({ report_due_at }) =>
          report_due_at ? <Time at={report_due_at} className="text-ink-2" /> : '—',
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '116px',
        cell: (order) => <OrderState order={order} />,
      },
    ],
    [t],
  )
}

export function OrderLine({ order }: { order: Order }) {
  return (
    <div className="flex flex-col gap-1">
      <Title order={order} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{who(order)}</span>
        <span className="ml-auto shrink-0">
          <OrderState order={order} />
        </span>
      </div>
    </div>
  )
}
