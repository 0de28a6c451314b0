import type { SystemSummary } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { NewSystemButton } from './new-system-button.tsx'
import { CompletenessBar, LevelMark, MonitoringMark, systemFields } from './system-words.tsx'

const route = getRouteApi('/shell/systems')
const idOf = (system: SystemSummary) => system.id

export function SystemsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['systems', 'list', filter],
    read: (cursor, signal) => api.systems.list({ query: { limit: 100, cursor, filter } }, signal),
  })
  const filtered = (next: string) =>
    void navigate({ to: '/systems', search: next ? { q: next } : {}, replace: true })
  const columns = useSystemColumns()
  return (
    <FilteredList
      q={q}
      fields={systemFields}
      example="level>=3 and completeness<50"
      onFilter={filtered}
      pages={pages}
      name="systems"
      label={t`Hệ thống thông tin`}
      idOf={idOf}
      columns={columns}
      compact={(system) => <SystemLine system={system} />}
      onOpen={({ id }) => void navigate({ to: '/systems/$id', params: { id } })}
      empty={
        <Empty title={t`Chưa có hệ thống thông tin nào`} act={<NewSystemButton />}>
          {t`Danh mục cho biết hệ thống nào của ai, ở địa chỉ và tên miền nào. Quy thuộc cảnh báo dựa vào đây.`}
        </Empty>
      }
    />
  )
}

function Name({ system }: { system: SystemSummary }) {
  return (
    <Link
      to="/systems/$id"
      params={{ id: system.id }}
      className="min-w-0 truncate font-medium hover:underline"
    >
      {system.name}
    </Link>
  )
}

function useSystemColumns(): readonly Column<SystemSummary>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'name',
        header: t`Hệ thống thông tin`,
        width: 'minmax(180px,3fr)',
        fixed: true,
        cell: (system) => <Name system={system} />,
      },
      {
        id: 'code',
        header: t`Mã`,
        width: '120px',
        from: 760,
        cell: ({ code }) => <code className="text-12">{code}</code>,
      },
      {
        id: 'owner',
        header: t`Chủ quản`,
        width: 'minmax(140px,2fr)',
        from: 640,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'level',
        header: t`Cấp độ`,
        width: '96px',
        cell: ({ level }) => <LevelMark level={level} />,
      },
      {
        id: 'monitoring',
        header: t`Giám sát`,
        width: '136px',
        from: 900,
        cell: ({ monitoring }) => <MonitoringMark monitoring={monitoring} />,
      },
      {
        id: 'ranges',
        header: t`Dải`,
        width: '56px',
        from: 820,
        align: 'right',
        cell: ({ range_count }) => range_count,
      },
      {
        id: 'completeness',
        header: t`Mức đầy đủ`,
        width: '128px',
        from: 560,
        cell: ({ completeness }) => <CompletenessBar value={completeness} />,
      },
    ],
    [t],
  )
}

function SystemLine({ system }: { system: SystemSummary }) {
  return (
    <div className="flex flex-col gap-1">
      <span className="flex min-w-0 items-center gap-2">
        <Name system={system} />
        <span className="ml-auto shrink-0">
          <LevelMark level={system.level} />
        </span>
      </span>
      <span className="flex items-center gap-3 text-12 text-ink-2">
        <span className="truncate">{system.organisation_name}</span>
        <span className="ml-auto shrink-0">
          <CompletenessBar value={system.completeness} />
        </span>
      </span>
    </div>
  )
}
