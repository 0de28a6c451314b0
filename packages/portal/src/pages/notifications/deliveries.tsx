import type { Delivery } from '@haidang/contracts/notification'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill, type Tone } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useTypedFilter } from './use-typed-filter.ts'

const idOf = (delivery: Delivery) => delivery.id
const fields = [
  'state',
  'cause',
  'protection',
  'kind',
  'title',
  'recipient',
  'address',
  'object_id',
  'sent_at',
]
const tones: Record<Delivery['state'], Tone> = {
  queued: 'medium',
  sent: 'good',
  failed: 'critical',
  suppressed: 'neutral',
}

/** Mails to and from the organisations the reader sees, and what became of them. */
export function Deliveries() {
  const { t } = useLingui()
  const { q, onFilter } = useTypedFilter()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['notifications', 'deliveries', filter],
    read: (cursor, signal) =>
      api.notifications.deliveries({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useDeliveryColumns()
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="state:failed"
      onFilter={onFilter}
      pages={pages}
      name="deliveries"
      label={t`Thư đã gửi`}
      idOf={idOf}
      columns={columns}
      compact={(delivery) => <DeliveryLine delivery={delivery} />}
      empty={
        <Empty title={t`Chưa có thư nào`}>
          {t`Mỗi thư gửi cho người dùng và đầu mối hiện ở đây, cùng kết quả gửi.`}
        </Empty>
      }
    />
  )
}

function useDeliveryColumns(): readonly Column<Delivery>[] {
  const { t } = useLingui()
  return useMemo<readonly Column<Delivery>[]>(
    () => [
      {
        id: 'state',
        header: t`Kết quả`,
        width: 'minmax(150px,1.2fr)',
        cell: (delivery) => <Outcome delivery={delivery} />,
      },
      {
        id: 'title',
        header: t`Thư`,
        width: 'minmax(180px,2fr)',
        cell: ({ title }) => title,
      },
      {
        id: 'recipient',
        header: t`Người nhận`,
        width: 'minmax(140px,1fr)',
        from: 640,
        cell: ({ recipient_name, organisation_name }) => (
          <span title={organisation_name}>{recipient_name}</span>
        ),
      },
      {
        id: 'address',
        header: t`Địa chỉ`,
        width: 'minmax(140px,1fr)',
        from: 900,
        cell: ({ address }) => address,
      },
      {
        id: 'created_at',
        header: t`Lúc`,
        width: '110px',
        cell: ({ created_at, sent_at }) => <Time at={sent_at ?? created_at} />,
      },
    ],
    [t],
  )
}

/** What became of it, with the reason and the words of the mail server where it did not go. */
function Outcome({ delivery: { state, cause, answer, protection } }: { delivery: Delivery }) {
  const { label } = useWords()
  return (
    <span className="flex min-w-0 items-center gap-2" title={answer || undefined}>
      <Pill tone={tones[state]}>{label('deliveryState', state)}</Pill>
      {cause ? (
        <span className="truncate text-12 text-ink-2">{label('deliveryCause', cause)}</span>
      ) : protection === 'encrypted' || protection === 'link-only' ? (
        <span className="truncate text-12 text-ink-2">
          {label('deliveryProtection', protection)}
        </span>
      ) : null}
    </span>
  )
}

/** A mail on a telephone. */
function DeliveryLine({ delivery }: { delivery: Delivery }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="truncate">{delivery.title}</span>
      <p className="flex items-center gap-2 text-12 text-ink-2">
        <Outcome delivery={delivery} />
        <span className="truncate">{delivery.recipient_name}</span>
        <Time at={delivery.sent_at ?? delivery.created_at} className="ml-auto shrink-0" />
      </p>
    </div>
  )
}
