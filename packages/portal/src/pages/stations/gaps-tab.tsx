import { millisecondsOf } from '@haidang/contracts/instant'
import type { Gap } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { List } from '../../components/list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time, useNow } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

const idOf = (gap: Gap) => gap.id

export function GapsTab() {
  return <Gaps />
}

/** Stretches of a stream that are or were missing: open first. */
function Gaps({ stationId }: { stationId?: string }) {
  const { t } = useLingui()
  const filter = stationId ? `station_id:${stationId}` : undefined
  const pages = usePages({
    queryKey: ['gaps', filter],
    read: (cursor, signal) => api.stations.gaps({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useGapColumns(stationId === undefined)
  return (
    <List
      pages={pages}
      name="gaps"
      label={t`Khoảng trống`}
      idOf={idOf}
      columns={columns}
      compact={(gap) => <GapLine gap={gap} />}
      empty={
        <Empty title={t`Không có khoảng trống nào`}>
          {t`Khi một trạm mất liên lạc hoặc phải bỏ bản ghi, đoạn thiếu được mở ở đây và đóng lại khi dữ liệu về đủ.`}
        </Empty>
      }
    />
  )
}

function GapState({ gap }: { gap: Gap }) {
  const { t } = useLingui()
  if (gap.closed_at) return <Pill tone="good">{t`Đã đóng`}</Pill>
  return <Pill tone="critical">{t`Đang mở`}</Pill>
}

function Length({ gap }: { gap: Gap }) {
  const { duration } = useWords()
  const now = useNow()
  const end = gap.to ? millisecondsOf(gap.to) : now
  return <>{duration((end - millisecondsOf(gap.from)) / 1000)}</>
}

function useGapColumns(withStation: boolean): readonly Column<Gap>[] {
  const { t } = useLingui()
  const { number } = useWords()
  return useMemo(() => {
    const kinds = { silence: t`Mất liên lạc`, dropped: t`Trạm bỏ bản ghi` }
    const station: Column<Gap> = {
      id: 'station',
      header: t`Tên trạm`,
      width: 'minmax(120px,1.5fr)',
      fixed: true,
      cell: ({ station_name }) => station_name,
    }
    return [
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '96px',
        fixed: true,
        cell: (gap) => <GapState gap={gap} />,
      },
      ...(withStation ? [station] : []),
      { id: 'kind', header: t`Loại`, width: '120px', from: 680, cell: ({ kind }) => kinds[kind] },
      {
        id: 'stream',
        header: t`Luồng`,
        width: '88px',
        from: 1210,
        cell: ({ stream }) => <code className="text-12">{stream}</code>,
      },
      {
        id: 'from',
        header: t`Từ lúc`,
        width: '132px',
        cell: ({ from }) => <Time at={from} as="absolute" />,
      },
      {
        id: 'to',
        header: t`Đến lúc`,
        width: '132px',
        from: 820,
        cell: ({ to }) => (to ? <Time at={to} as="absolute" /> : '…'),
      },
      { id: 'length', header: t`Dài`, width: '72px', cell: (gap) => <Length gap={gap} /> },
      {
        id: 'recovered',
        header: t`Đã bù`,
        width: '80px',
        from: 910,
        align: 'right',
        cell: ({ recovered }) => number(recovered),
      },
      {
        id: 'missing',
        header: t`Thiếu`,
        width: '72px',
        from: 1110,
        align: 'right',
        cell: ({ kind, count }) => (kind === 'dropped' ? number(count) : '—'),
      },
      {
        id: 'reason',
        header: t`Nguyên nhân`,
        width: 'minmax(120px,2fr)',
        from: 1030,
        cell: ({ reason }) => (
          <span className="text-ink-2" title={reason}>
            {reason}
          </span>
        ),
      },
    ]
  }, [t, number, withStation])
}

function GapLine({ gap }: { gap: Gap }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <span className="truncate font-medium">{gap.station_name}</span>
        <span className="ml-auto">
          <GapState gap={gap} />
        </span>
      </div>
      <p className="truncate text-12 text-ink-2">
        <Time at={gap.from} as="absolute" /> · <Length gap={gap} /> · {gap.reason}
      </p>
    </div>
  )
}
