import type { Tuning } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { FilteredList } from '../../components/filtered-list.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { EndTuning, TuningState } from './tuning-state.tsx'

const route = getRouteApi('/shell/rules')
const idOf = (tuning: Tuning) => tuning.id
const fields = ['rule_title', 'reason', 'expires_at', 'ended_at', 'created_at', 'rule_id', 'id']

/** What is left out of rules, why and until when. */
export function TuningsTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['rule-tunings', 'list', filter],
    read: (cursor, signal) =>
      api.ruleLibrary.tunings({ query: { limit: 100, cursor, filter } }, signal),
  })
  const columns = useTuningColumns()
  const filtered = (next: string) =>
    void navigate({
      to: '/rules',
      search: { tab: 'tunings', ...(next ? { q: next } : {}) },
      replace: true,
    })
  return (
    <FilteredList
      q={q}
      fields={fields}
      example="expires_at<2026-12-01"
      onFilter={filtered}
      pages={pages}
      name="rule-tunings"
      label={t`Tinh chỉnh`}
      idOf={idOf}
      columns={columns}
      compact={(tuning) => <TuningLine tuning={tuning} />}
      onOpen={({ rule_id }) => void navigate({ to: '/rules/library/$id', params: { id: rule_id } })}
      empty={
        <Empty title={t`Chưa có tinh chỉnh nào`}>
          {t`Tinh chỉnh bỏ qua một phần của luật trong một thời hạn, kèm lý do. Thêm từ trang của luật.`}
        </Empty>
      }
    />
  )
}

function RuleLink({ tuning }: { tuning: Tuning }) {
  return (
    <Link
      to="/rules/library/$id"
      params={{ id: tuning.rule_id }}
      className="truncate font-medium hover:underline"
    >
      {tuning.rule_title}
    </Link>
  )
}

function useTuningColumns(): readonly Column<Tuning>[] {
  const { t } = useLingui()
  return useMemo(
    () => [
      {
        id: 'rule',
        header: t`Luật`,
        width: 'minmax(160px,2fr)',
        fixed: true,
        cell: (tuning) => <RuleLink tuning={tuning} />,
      },
      {
        id: 'selection',
        header: t`Bỏ qua khi`,
        width: 'minmax(140px,2fr)',
        cell: ({ selection }) => (
          <code className="text-12" title={selection}>
            {selection.replaceAll('\n', ' · ')}
          </code>
        ),
      },
      {
        id: 'reason',
        header: t`Lý do`,
        width: 'minmax(120px,2fr)',
        from: 860,
        cell: ({ reason }) => <span title={reason}>{reason}</span>,
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '112px',
        fixed: true,
        cell: (tuning) => <TuningState tuning={tuning} />,
      },
      {
        id: 'expires',
        header: t`Hết hạn`,
        width: '124px',
        cell: ({ expires_at }) => <Time at={expires_at} as="absolute" className="text-ink-2" />,
      },
      {
        id: 'author',
        header: t`Người thêm`,
        width: 'minmax(96px,1fr)',
        from: 960,
        cell: ({ author_name }) => <span className="text-ink-2">{author_name}</span>,
      },
      {
        id: 'acts',
        header: '',
        width: '96px',
        align: 'right',
        fixed: true,
        cell: (tuning) => <EndTuning tuning={tuning} />,
      },
    ],
    [t],
  )
}

function TuningLine({ tuning }: { tuning: Tuning }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <RuleLink tuning={tuning} />
        <span className="ml-auto">
          <TuningState tuning={tuning} />
        </span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <code className="truncate">{tuning.selection.replaceAll('\n', ' · ')}</code>
        <Time at={tuning.expires_at} as="absolute" className="ml-auto shrink-0" />
      </div>
    </div>
  )
}
