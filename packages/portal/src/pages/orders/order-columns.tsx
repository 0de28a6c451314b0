import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
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
  if (order.state === 'issued' && order.tally.overdue > 0) {
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
  const { number } = useWords()
  const { acting, answered } = order.tally
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className="h-1 w-10 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full bg-good-fill"
          style={{ width: `${(answered / Math.max(1, acting)) * 100}%` }}
        />
      </span>
      {number(answered)}/{number(acting)}
    </span>
  )
}

const mostNamed = 3

/** From whom, or to whom: the first of many by name, the others counted. */
export function useWho(): (order: Order) => string {
  const { t } = useLingui()
  const { number } = useWords()
  return (order) => {
    if (order.mine === 'addressee') return order.issuer_name
    const shown = order.addressees.slice(0, mostNamed)
    const names = shown.map(({ organisation_name }) => organisation_name).join(', ')
    const more = order.tally.addressees - shown.length
    return more > 0 ? t`${names} và ${number(more)} đơn vị khác` : names
  }
}

function Who({ order }: { order: Order }) {
  const who = useWho()
  const words = who(order)
  return <span title={words}>{words}</span>
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
        cell: (order) => <Who order={order} />,
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
  const who = useWho()
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
