import type { Expert } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Select } from '../../components/field.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { ExportButtons } from '../approvals/export-buttons.tsx'
import { CertificateMark, OnCallMark } from './expert-marks.tsx'
import { useSpecialities } from './use-specialities.ts'
import { useUnits } from './use-units.ts'

const route = getRouteApi('/shell/organisations')
const idOf = (expert: Expert) => expert.id
const fields = [
  ...['text', 'name', 'organisation_id', 'speciality', 'on_call', 'unit', 'certified', 'lapsed'],
  ...['language', 'experience_years'],
]

/** Experts of every member: whom to call upon, and what for. */
export function ExpertsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const { specialities, specialityName } = useSpecialities()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['experts', 'list', filter],
    read: (cursor, signal) => api.experts.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({
      to: '/organisations',
      search: { tab: 'experts', ...(next ? { q: next } : {}) },
      replace: true,
    })
  const columns = useExpertColumns()
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="speciality:d-malware and on_call:true"
      onFilter={filtered}
      choices={
        <>
          <Select
            aria-label={t`Chuyên môn`}
            value={/speciality:([a-z0-9-]+)/.exec(q)?.[1] ?? ''}
            onChange={(event) => filtered(withSpeciality(q, event.currentTarget.value))}
            className="w-auto max-w-60"
          >
            <option value="">{t`Mọi chuyên môn`}</option>
            {specialities.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </Select>
          <ExportButtons kind="expert.export" filter={q} />
        </>
      }
      pages={pages}
      name="experts"
      label={t`Chuyên gia`}
      idOf={idOf}
      columns={columns}
      compact={(expert) => (
        <div className="flex flex-col gap-1">
          <span className="flex items-center gap-2">
            <span className="min-w-0 truncate font-medium">{expert.name}</span>
            <span className="ml-auto">
              <OnCallMark expert={expert} />
            </span>
          </span>
          <p className="truncate text-12 text-ink-2">
            {expert.organisation_name} · {expert.specialities.map(specialityName).join(', ')}
          </p>
          {expert.phone ? <p className="text-12 text-ink-2">{expert.phone}</p> : null}
        </div>
      )}
      onOpen={({ organisation_id: id }) =>
        void navigate({ to: '/organisations/$id', params: { id }, search: { part: 'experts' } })
      }
      empty={
        <Empty title={t`Chưa có chuyên gia nào`}>
          {t`Đầu mối của từng tổ chức thêm chuyên gia ở trang của tổ chức mình.`}
        </Empty>
      }
    />
  )
}

/** The filter with this speciality instead of the one it had; empty: with none. */
function withSpeciality(q: string, speciality: string): string {
  const rest = q.replace(/(^| and )speciality:[a-z0-9-]+/, '').replace(/^ and /, '')
  const whole = / or /i.test(rest) && !rest.startsWith('(') ? `(${rest})` : rest
  return [whole, speciality && `speciality:${speciality}`].filter(Boolean).join(' and ')
}

function useExpertColumns(): readonly Column<Expert>[] {
  const { t } = useLingui()
  const { specialityName } = useSpecialities()
  const { unitName } = useUnits()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Họ và tên`,
        width: 'minmax(150px,1.5fr)',
        fixed: true,
        cell: ({ name }) => <span className="font-medium">{name}</span>,
      },
      {
        id: 'organisation',
        header: t`Tổ chức`,
        width: 'minmax(140px,1.5fr)',
        from: 640,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'specialities',
        header: t`Chuyên môn`,
        width: 'minmax(180px,2fr)',
        cell: ({ specialities }) => {
          const names = specialities.map(specialityName).join(', ')
          return <span title={names}>{names}</span>
        },
      },
      {
        id: 'on_call',
        header: t`Trực`,
        width: '96px',
        cell: (expert) => <OnCallMark expert={expert} />,
      },
      {
        id: 'phone',
        header: t`Điện thoại`,
        width: '128px',
        from: 760,
        cell: ({ phone }) => phone || '—',
      },
      {
        id: 'certificates',
        header: t`Chứng chỉ`,
        width: '136px',
        from: 960,
        cell: (expert) => <CertificateMark expert={expert} />,
      },
      {
        id: 'unit',
        header: t`Tỉnh, thành`,
        width: '128px',
        from: 1170,
        cell: ({ unit }) => (unit ? unitName(unit) : '—'),
      },
    ],
    [t, specialityName, unitName],
  )
}
