import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { JoinCodeButton } from './join-code.tsx'
import { stationTones } from './station-tones.ts'

const route = getRouteApi('/shell/stations')
const idOf = (station: Station) => station.id
const stationFields = [
  'name',
  'state',
  'organisation_id',
  'node_id',
  'local',
  'software',
  'location',
  'last_heartbeat_at',
  'created_at',
]

/** Records a second over all sources of a station, by its last heartbeat. */
export function rateOf(station: Station): number {
  return station.heartbeat?.sources.reduce((sum, { rate }) => sum + rate, 0) ?? 0
}

export function StationsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['stations', 'list', filter],
    read: (cursor, signal) => api.stations.list({ query: { limit: 200, cursor, filter } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({ to: '/stations', search: next ? { q: next } : {}, replace: true })
  const columns = useStationColumns()
  return (
    <FilteredList
      q={q}
      fields={stationFields}
      example="state:silent"
      onFilter={filtered}
      pages={pages}
      name="stations"
      label={t`Trạm`}
      idOf={idOf}
      columns={columns}
      compact={(station) => <StationLine station={station} />}
      onOpen={(station) => void navigate({ to: '/stations/$id', params: { id: station.id } })}
      empty={
        <Empty title={t`Chưa có trạm nào`} act={<JoinCodeButton />}>
          {t`Tạo mã kết nối, gửi cho đơn vị; nút của đơn vị nhập mã rồi hiện ở đây để duyệt.`}
        </Empty>
      }
    />
  )
}

function Name({ station }: { station: Station }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/stations/$id"
        params={{ id: station.id }}
        className="truncate font-medium hover:underline"
      >
        {station.name}
      </Link>
      {station.local ? <Pill>{t`nút này`}</Pill> : null}
      {station.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

function StateOf({ station }: { station: Station }) {
  const { label } = useWords()
  return <Pill tone={stationTones[station.state]}>{label('stationState', station.state)}</Pill>
}

function useStationColumns(): readonly Column<Station>[] {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Tên trạm`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: (station) => <Name station={station} />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '128px',
        fixed: true,
        cell: (station) => <StateOf station={station} />,
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(120px,1.5fr)',
        from: 930,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'rate',
        header: t`Bản ghi/giây`,
        width: '88px',
        align: 'right',
        cell: (station) => number(rateOf(station), 1),
      },
      {
        id: 'sources',
        header: t`Nguồn`,
        width: '56px',
        from: 800,
        align: 'right',
        cell: ({ heartbeat }) => heartbeat?.sources.length ?? '—',
      },
      {
        id: 'disk',
        header: t`Đĩa còn`,
        width: '80px',
        from: 1020,
        align: 'right',
        cell: ({ heartbeat }) => (heartbeat ? bytes(heartbeat.disk.free_bytes) : '—'),
      },
      {
        id: 'gaps',
        header: t`Khoảng trống`,
        width: '96px',
        from: 730,
        align: 'right',
        cell: ({ open_gaps }) =>
          open_gaps > 0 ? (
            <span className="font-medium text-high">{number(open_gaps)}</span>
          ) : (
            <span className="text-ink-3">0</span>
          ),
      },
      {
        id: 'heartbeat',
        header: t`Nhịp gần nhất`,
        width: '104px',
        cell: ({ last_heartbeat_at }) =>
          last_heartbeat_at ? <Time at={last_heartbeat_at} className="text-ink-2" /> : '—',
      },
      {
        id: 'software',
        header: t`Phiên bản`,
        width: '104px',
        from: 1140,
        cell: ({ software }) => <span className="font-mono text-12 text-ink-2">{software}</span>,
      },
    ],
    [t, number, bytes],
  )
}

function StationLine({ station }: { station: Station }) {
  return (
    <div className="flex flex-col gap-1">
      <Name station={station} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{station.organisation_name}</span>
        <span className="ml-auto shrink-0">
          <StateOf station={station} />
        </span>
      </div>
    </div>
  )
}
