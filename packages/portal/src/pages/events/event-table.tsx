import type { Event } from '@haidang/contracts/event'
import { eventClasses } from '@haidang/contracts/event'
import { severityOf } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import type { Pages } from '../../api/pages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ListFoot } from '../../components/list-foot.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Empty, NoMatch } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useList } from '../../components/use-list.ts'
import { endpointText } from './endpoint-text.ts'

const classNames = new Map<number, string>(
  Object.entries(eventClasses).map(([name, uid]) => [uid, name]),
)
const idOf = (event: Event) => event.id

function useEventColumns(fromArchive: ReadonlySet<string>): readonly Column<Event>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'time',
        header: t`Thời gian`,
        width: '116px',
        fixed: true,
        cell: ({ time }) => <Time at={time} as="clock" className="font-mono text-12" />,
      },
      {
        id: 'severity',
        header: t`Mức`,
        width: '40px',
        cell: ({ severity_id }) => <SeverityMark severity={severityOf(severity_id)} />,
      },
      {
        id: 'message',
        header: t`Sự kiện`,
        width: 'minmax(160px,3fr)',
        fixed: true,
        cell: ({ id, message, metadata }) => (
          <span className="flex items-center gap-2">
            <span className="truncate" title={message}>
              {message}
            </span>
            {fromArchive.has(id) ? <Pill>{t`lưu trữ`}</Pill> : null}
            {metadata.simulated ? <SimulatedRow /> : null}
          </span>
        ),
      },
      {
        id: 'flow',
        header: t`Nguồn → đích`,
        width: 'minmax(120px,1.5fr)',
        from: 620,
        cell: (event) => <span className="font-mono text-12">{endpointText(event)}</span>,
      },
      {
        id: 'user',
        header: t`Tài khoản`,
        width: '88px',
        from: 980,
        cell: (event) => event.user?.name ?? event.actor?.user?.name ?? '',
      },
      {
        id: 'host',
        header: t`Máy`,
        width: '112px',
        from: 760,
        cell: (event) => <span className="text-ink-2">{event.device?.hostname}</span>,
      },
      {
        id: 'product',
        header: t`Sản phẩm`,
        width: '88px',
        from: 860,
        cell: (event) => <span className="text-ink-2">{event.metadata.product}</span>,
      },
      {
        id: 'class',
        header: t`Lớp OCSF`,
        width: '128px',
        from: 1080,
        cell: ({ class_uid }) => (
          <span className="font-mono text-12 text-ink-3">
            {classNames.get(class_uid) ?? class_uid}
          </span>
        ),
      },
    ],
    [t, fromArchive],
  )
}

interface EventTableProps {
  readonly pages: Pages<Event>
  /** Ids of those that came from the archive. */
  readonly fromArchive: ReadonlySet<string>
  readonly total: number | undefined
  readonly filtered: boolean
  readonly peek: string | undefined
  readonly onPeek: (id: string | null) => void
  readonly onClear: () => void
}

export function EventTable(props: EventTableProps) {
  const { pages, fromArchive, total, filtered, peek, onPeek, onClear } = props
  const { t } = useLingui()
  const { query, items } = pages
  const columns = useEventColumns(fromArchive)
  const open = (event: Event) => onPeek(peek === event.id ? null : event.id)
  const list = useList({ rows: items, idOf, onOpen: open, onPeek, peeked: peek ?? null })
  const point = (id: string) => {
    list.point(id)
    onPeek(id)
  }
  if (query.isSuccess && items.length === 0) {
    return filtered ? (
      <NoMatch onClear={onClear} />
    ) : (
      <Empty title={t`Không có sự kiện trong khoảng này`}>
        {t`Sự kiện hiện ở đây khi một nguồn của trạm gửi bản ghi tới. Thử khoảng thời gian dài hơn, hoặc kiểm tra nguồn ở trang Trạm.`}
      </Empty>
    )
  }
  if (items.length === 0) return null
  return (
    <>
      <DataTable
        name="events"
        label={t`Sự kiện`}
        rows={items}
        idOf={idOf}
        columns={columns}
        compact={(event) => <EventLine event={event} />}
        cursor={peek ?? list.cursor}
        onPoint={point}
        onEnd={
          query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : undefined
        }
      />
      <ListFoot
        shown={items.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
    </>
  )
}

function EventLine({ event }: { event: Event }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <SeverityMark severity={severityOf(event.severity_id)} />
        <span className="truncate">{event.message}</span>
        {event.metadata.simulated ? <SimulatedRow /> : null}
      </div>
      <div className="flex gap-2 text-12 text-ink-2">
        <Time at={event.time} as="clock" className="shrink-0" />
        <span className="truncate font-mono">{endpointText(event)}</span>
        <span className="ml-auto shrink-0">{event.metadata.product}</span>
      </div>
    </div>
  )
}
