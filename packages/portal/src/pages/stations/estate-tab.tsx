import type { EstateStation } from '@haidang/contracts/estate'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Select } from '../../components/field.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { SheetLinks } from '../../components/sheet-links.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { driftTones } from '../rules/library-words.ts'
import { JoinCodeButton } from './join-code.tsx'
import { stationTones } from './station-tones.ts'
import { useUnitNames } from './use-unit-names.ts'

const route = getRouteApi('/shell/stations')
const idOf = (station: EstateStation) => station.id
const fields = [
  ...['name', 'organisation', 'organisation_id', 'state', 'unit', 'local', 'software', 'heartbeat'],
  ...['sources', 'lacking_sources', 'open_gaps', 'systems_watched', 'systems_uncovered'],
  ...['inspection_due', 'inspection_overdue', 'open_findings'],
]
const sorts = ['name', 'organisation', 'state', 'heartbeat', 'inspection_due'] as const

/** Every station with what its owner, the watch and the inspector want to know at a glance. */
export function EstateTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [sort, setSort] = useState<string>('name')
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['estate', 'list', filter, sort],
    read: (cursor, signal) =>
      api.estate.list({ query: { limit: 100, cursor, filter, sort } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({
      to: '/stations',
      search: { tab: 'estate', ...(next ? { q: next } : {}) },
      replace: true,
    })
  const sortNames: Record<(typeof sorts)[number], string> = {
    name: t`Theo tên trạm`,
    organisation: t`Theo tổ chức`,
    state: t`Theo trạng thái`,
    heartbeat: t`Nhịp cũ nhất trước`,
    inspection_due: t`Hạn kiểm tra gần nhất trước`,
  }
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="inspection_overdue:true"
      onFilter={filtered}
      choices={
        <>
          <Select
            aria-label={t`Thứ tự`}
            value={sort}
            onChange={(event) => setSort(event.currentTarget.value)}
            className="w-auto"
          >
            {sorts.map((name) => (
              <option key={name} value={name}>
                {sortNames[name]}
              </option>
            ))}
          </Select>
          <SheetLinks path="/api/v1/estate-export" filter={q} />
        </>
      }
      pages={pages}
      name="estate"
      label={t`Trạm toàn mạng`}
      idOf={idOf}
      columns={useEstateColumns()}
      compact={(station) => <EstateLine station={station} />}
      onOpen={(station) => void navigate({ to: '/stations/$id', params: { id: station.id } })}
      empty={
        <Empty title={t`Chưa có trạm nào`} act={<JoinCodeButton />}>
          {t`Tạo mã kết nối, gửi cho đơn vị; nút của đơn vị nhập mã rồi hiện ở đây để duyệt.`}
        </Empty>
      }
    />
  )
}

function Name({ station }: { station: EstateStation }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/stations/$id"
        params={{ id: station.id }}
        className="truncate font-medium hover:underline"
      >
        {station.name}
      </Link>
      {station.simulated ? <SimulatedRow /> : null}
    </span>
  )
}

function Due({ station }: { station: EstateStation }) {
  const { t } = useLingui()
  if (!station.inspection_due_on) return <span className="text-ink-3">—</span>
  const day = plainDate(station.inspection_due_on)
  return station.inspection_overdue ? (
    <span className="font-medium text-critical">{t`${day}, quá hạn`}</span>
  ) : (
    day
  )
}

/** Of the systems that must be watched, how many some station watches. */
function Coverage({ station }: { station: EstateStation }) {
  const { systems_required: required, systems_uncovered: uncovered } = station
  if (required === 0) return <span className="text-ink-3">—</span>
  return (
    <span className={uncovered > 0 ? 'font-medium text-high' : undefined}>
      {required - uncovered}/{required}
    </span>
  )
}

function Sources({ station }: { station: EstateStation }) {
  const { lacking_sources: lacking, sources } = station
  return lacking > 0 ? (
    <span className="font-medium text-high">
      {sources - lacking}/{sources}
    </span>
  ) : (
    sources
  )
}

function useEstateColumns(): readonly Column<EstateStation>[] {
  const { t } = useLingui()
  const { number, label } = useWords()
  const unitName = useUnitNames()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Tên trạm`,
        width: 'minmax(150px,2fr)',
        fixed: true,
        cell: (station) => <Name station={station} />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '120px',
        fixed: true,
        cell: ({ state }) => <Pill tone={stationTones[state]}>{label('stationState', state)}</Pill>,
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(110px,1.5fr)',
        from: 960,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'unit',
        header: t`Tỉnh, thành`,
        width: '104px',
        from: 1290,
        cell: ({ unit }) => unitName(unit),
      },
      {
        id: 'rules',
        header: t`Tập luật`,
        width: '104px',
        from: 1170,
        cell: ({ rule_state }) =>
          rule_state ? (
            <Pill tone={driftTones[rule_state]}>{label('driftState', rule_state)}</Pill>
          ) : (
            '—'
          ),
      },
      {
        id: 'sources',
        header: t`Nguồn tốt`,
        width: '80px',
        align: 'right',
        cell: (station) => <Sources station={station} />,
      },
      {
        id: 'coverage',
        header: t`Hệ thống phủ`,
        width: '96px',
        from: 760,
        align: 'right',
        cell: (station) => <Coverage station={station} />,
      },
      {
        id: 'gaps',
        header: t`Khoảng trống`,
        width: '96px',
        from: 860,
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
        from: 700,
        cell: ({ last_heartbeat_at: at }) => (at ? <Time at={at} className="text-ink-2" /> : '—'),
      },
      {
        id: 'due',
        header: t`Hạn kiểm tra`,
        width: '136px',
        cell: (station) => <Due station={station} />,
      },
      {
        id: 'software',
        header: t`Phiên bản`,
        width: '104px',
        from: 1420,
        cell: ({ software }) => <span className="font-mono text-12 text-ink-2">{software}</span>,
      },
    ],
    [t, number, label, unitName],
  )
}

function EstateLine({ station }: { station: EstateStation }) {
  const { label } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <Name station={station} />
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">{station.organisation_name}</span>
        <Due station={station} />
        <span className="ml-auto shrink-0">
          <Pill tone={stationTones[station.state]}>{label('stationState', station.state)}</Pill>
        </span>
      </div>
    </div>
  )
}
