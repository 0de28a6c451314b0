import { Ring, type StationDrift } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useMay } from '../../api/session.ts'
import { Select } from '../../components/field.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Pill } from '../../components/pill.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { driftTones } from './library-words.ts'

const route = getRouteApi('/shell/rules')
const idOf = (station: StationDrift) => station.station_id
const fields = ['name', 'ring', 'local', 'organisation_id', 'node_id', 'created_at']

/** What each station should have and says it has, and the ring it is in. */
export function StationRulesTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['rule-drift', 'list', filter],
    read: (cursor, signal) => api.ruleSets.drift({ query: { limit: 200, cursor, filter } }, signal),
  })
  const columns = useDriftColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/rules',
      search: { tab: 'stations', ...(next ? { q: next } : {}) },
      replace: true,
    })
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="ring:canary"
      onFilter={filtered}
      pages={pages}
      name="rule-drift"
      label={t`Luật ở các trạm`}
      idOf={idOf}
      columns={columns}
      compact={(station) => <DriftLine station={station} />}
      empty={
        <Empty title={t`Chưa có trạm nào`}>
          {t`Trạm đã kết nối hiện ở đây, kèm bộ luật phải có và bộ luật trạm báo đang dùng.`}
        </Empty>
      }
    />
  )
}

function State({ station: { state, problem } }: { station: StationDrift }) {
  const { label } = useWords()
  return (
    <span title={problem ?? undefined} className="flex min-w-0 items-center gap-2">
      <Pill tone={driftTones[state]}>{label('driftState', state)}</Pill>
      {problem ? <span className="truncate text-12 text-critical">{problem}</span> : null}
    </span>
  )
}

function Name({ station }: { station: StationDrift }) {
  const { t } = useLingui()
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Link
        to="/stations/$id"
        params={{ id: station.station_id }}
        className="truncate font-medium hover:underline"
      >
        {station.station_name}
      </Link>
      {station.local ? <Pill>{t`nút này`}</Pill> : null}
    </span>
  )
}

function RingChoice({ station }: { station: StationDrift }) {
  const { t } = useLingui()
  const { label } = useWords()
  const may = useMay()
  const describe = useDescribe()
  const client = useQueryClient()
  const move = useMutation({
    mutationFn: (ring: Ring) =>
      api.ruleSets.setRing({ params: { id: station.station_id }, body: { ring } }),
    onSuccess: ({ station_name, ring }) => {
      void client.invalidateQueries({ queryKey: ['rule-drift'] })
      say(t`${station_name} ở vòng ${label('ring', ring)}`)
    },
    onError: (error) => complain(describe(error).title),
  })
  if (!may('rule.publish')) return <>{label('ring', station.ring)}</>
  return (
    <Select
      aria-label={t`Vòng của ${station.station_name}`}
      className="w-32"
      value={move.isPending ? move.variables : station.ring}
      onChange={({ currentTarget }) => {
        const ring = Ring.safeParse(currentTarget.value)
        if (ring.success) move.mutate(ring.data)
      }}
    >
      {Ring.options.map((ring) => (
        <option key={ring} value={ring}>
          {label('ring', ring)}
        </option>
      ))}
    </Select>
  )
}

function useDriftColumns(): readonly Column<StationDrift>[] {
  const { t } = useLingui()
  const { number } = useWords()
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
        id: 'ring',
        header: t`Vòng`,
        width: '132px',
        fixed: true,
        cell: (station) => <RingChoice station={station} />,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: 'minmax(124px,2fr)',
        fixed: true,
        cell: (station) => <State station={station} />,
      },
      {
        id: 'wanted',
        header: t`Phải có`,
        width: '96px',
        align: 'right',
        cell: ({ wanted }) => wanted ?? '—',
      },
      {
        id: 'reported',
        header: t`Trạm báo`,
        width: '72px',
        align: 'right',
        cell: ({ reported, reported_hash }) => (
          <span title={reported_hash ?? undefined}>{reported ?? '—'}</span>
        ),
      },
      {
        id: 'active',
        header: t`Luật dùng được`,
        width: '108px',
        from: 820,
        align: 'right',
        cell: ({ active }) => (active === null ? '—' : number(active)),
      },
      {
        id: 'errors',
        header: t`Lỗi`,
        width: '48px',
        from: 820,
        align: 'right',
        cell: ({ errors }) =>
          errors ? (
            <span className="font-medium text-critical">{number(errors)}</span>
          ) : (
            <span className="text-ink-3">{errors ?? '—'}</span>
          ),
      },
      {
        id: 'at',
        header: t`Báo lúc`,
        width: '104px',
        from: 720,
        cell: ({ reported_at }) =>
          reported_at ? <Time at={reported_at} className="text-ink-2" /> : '—',
      },
    ],
    [t, number],
  )
}

function DriftLine({ station }: { station: StationDrift }) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Name station={station} />
        <span className="ml-auto shrink-0">
          <State station={station} />
        </span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate">
          {t`phải có ${station.wanted ?? '—'}, báo ${station.reported ?? '—'}`}
        </span>
        <span className="ml-auto shrink-0">
          <RingChoice station={station} />
        </span>
      </div>
    </div>
  )
}
