import type { Rule } from '@haidang/contracts/rule'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { FilteredList } from '../../components/filtered-list.tsx'
import { gutter } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Empty } from '../../components/states.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { complain, say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { logsourceText, RuleState, techniquesText } from './rule-state.tsx'

const route = getRouteApi('/shell/rules')
const idOf = (rule: Rule) => rule.id
const ruleFields = [
  'id',
  'title',
  'description',
  'severity',
  'status',
  'state',
  'tags',
  'author',
  'path',
  'hits',
  'product',
  'category',
  'service',
  'text',
]

/** What this node looks for, and what it could not read. */
export function RunningTab() {
  const { t } = useLingui()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = q || undefined
  const pages = usePages({
    queryKey: ['rules', 'list', filter],
    read: (cursor, signal) => api.rules.list({ query: { limit: 200, cursor, filter } }, signal),
  })
  const columns = useRuleColumns()
  const filtered = (next: string) =>
    void navigate({ to: '/rules', search: next ? { q: next } : {}, replace: true })
  return (
    <>
      <div className={`pt-3 pb-2 text-13 text-ink-2 empty:hidden ${gutter}`}>
        <Summary />
      </div>
      <FilteredList
        q={q}
        fields={ruleFields}
        example="severity:high and hits>0"
        onFilter={filtered}
        pages={pages}
        name="rules"
        label={t`Luật phát hiện`}
        idOf={idOf}
        columns={columns}
        compact={(rule) => <RuleLine rule={rule} />}
        onOpen={(rule) => void navigate({ to: '/rules/$id', params: { id: rule.id } })}
        empty={
          <Empty title={t`Chưa nạp luật nào`}>
            {t`Nút đọc luật Sigma từ thư mục luật khi khởi động. Bấm "Nạp lại" sau khi thêm tệp.`}
          </Empty>
        }
      />
    </>
  )
}

function Summary() {
  const { t } = useLingui()
  const { number } = useWords()
  const { data } = useQuery({
    queryKey: ['rules', 'summary'],
    queryFn: ({ signal }) => api.rules.summary({}, signal),
  })
  if (!data) return null
  const { active, errors, indicators } = data
  return (
    <>
      {t`${number(active)} luật đang chạy`} ·{' '}
      {errors > 0 ? (
        <span className="font-medium text-critical">{t`${number(errors)} luật lỗi`}</span>
      ) : (
        t`không luật nào lỗi`
      )}{' '}
      · {t`${number(indicators)} dấu hiệu nhận biết`} · {t`nạp lúc`}{' '}
      <Time at={data.loaded_at} as="absolute" />
    </>
  )
}

/** Loads rules and indicators from disk again. */
export function ReloadButton() {
  const { t } = useLingui()
  const { number } = useWords()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const reload = useMutation({
    mutationFn: () => api.rules.reload({}),
    onSuccess: ({ active }) => {
      say(t`Đã nạp ${number(active)} luật`)
      void client.invalidateQueries({ queryKey: ['rules'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  return (
    <Button
      refusal={refusal('rule.manage')}
      busy={reload.isPending}
      onClick={() => reload.mutate()}
    >
      <RotateCw aria-hidden="true" className="size-4" />
      {t`Nạp lại`}
    </Button>
  )
}

function useRuleColumns(): readonly Column<Rule>[] {
  const { t } = useLingui()
  const { compact } = useWords()
  return useMemo(
    () => [
      {
        id: 'severity',
        header: t`Mức`,
        width: '40px',
        fixed: true,
        cell: ({ severity }) => <SeverityMark severity={severity} />,
      },
      {
        id: 'title',
        header: t`Luật`,
        width: 'minmax(200px,3fr)',
        fixed: true,
        cell: ({ id, title }) => (
          <Link to="/rules/$id" params={{ id }} className="font-medium hover:underline">
            {title}
          </Link>
        ),
      },
      {
        id: 'logsource',
        header: t`Nguồn nhật ký`,
        width: 'minmax(120px,1.2fr)',
        from: 720,
        cell: (rule) => <span className="font-mono text-12 text-ink-2">{logsourceText(rule)}</span>,
      },
      {
        id: 'tags',
        header: 'ATT&CK',
        width: 'minmax(96px,1.2fr)',
        from: 940,
        cell: ({ tags }) => (
          <span className="font-mono text-12 text-ink-2">{techniquesText(tags)}</span>
        ),
      },
      {
        id: 'hits',
        header: t`24 giờ`,
        width: '56px',
        align: 'right',
        cell: ({ hits }) => (hits > 0 ? compact(hits) : <span className="text-ink-3">0</span>),
      },
      {
        id: 'state',
        header: t`Trạng thái`,
        width: '112px',
        cell: (rule) => <RuleState rule={rule} />,
      },
    ],
    [t, compact],
  )
}

function RuleLine({ rule }: { rule: Rule }) {
  const { compact } = useWords()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <SeverityMark severity={rule.severity} />
        <Link
          to="/rules/$id"
          params={{ id: rule.id }}
          className="truncate font-medium hover:underline"
        >
          {rule.title}
        </Link>
        <span className="ml-auto text-12 text-ink-2">×{compact(rule.hits)}</span>
      </div>
      <div className="flex items-center gap-2 text-12 text-ink-2">
        <span className="truncate font-mono">{logsourceText(rule)}</span>
        <span className="ml-auto shrink-0">
          <RuleState rule={rule} />
        </span>
      </div>
    </div>
  )
}
