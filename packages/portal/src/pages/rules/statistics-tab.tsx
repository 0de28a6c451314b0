import type { RuleStatistics } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { useMemo } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { Select } from '../../components/field.tsx'
import { gutter } from '../../components/page.tsx'
import { saveFile } from '../../components/save-file.ts'
import { Empty, LoadingRows } from '../../components/states.tsx'
import { useList } from '../../components/use-list.ts'
import { type StatisticsSort, statisticsSorts, statisticsSpans } from '../../search.ts'
import { LibraryActs } from './library-acts.tsx'
import { StatisticsLine, useStatisticsColumns } from './statistics-columns.tsx'
import { sortedStatistics, statisticsCsv } from './statistics-sheet.ts'

const route = getRouteApi('/shell/rules')
const idOf = (rule: RuleStatistics) => rule.rule_id
type Span = (typeof statisticsSpans)[number]

/** How every rule of the library did: fired, closed as false, and what it costs the stations. */
export function StatisticsTab() {
  const { t } = useLingui()
  const { days = 7, sort = 'fired' } = route.useSearch()
  const query = useQuery({
    queryKey: ['rule-statistics', days],
    queryFn: ({ signal }) => api.ruleLibrary.statistics({ query: { days: String(days) } }, signal),
    placeholderData: (previous) => previous,
  })
  return (
    <Asked
      query={query}
      loading={
        <div className={gutter}>
          <LoadingRows />
        </div>
      }
    >
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t`Thư viện chưa có luật nào`} act={<LibraryActs />}>
            {t`Số lần nổ, số lần sai và chi phí của từng luật hiện ở đây.`}
          </Empty>
        ) : (
          <Sheet items={items} days={days} sort={sort} />
        )
      }
    </Asked>
  )
}

interface SheetProps {
  readonly items: readonly RuleStatistics[]
  readonly days: Span
  readonly sort: StatisticsSort
}

function Sheet({ items, days, sort }: SheetProps) {
  const { t } = useLingui()
  const navigate = route.useNavigate()
  const rows = useMemo(() => sortedStatistics(items, sort), [items, sort])
  const columns = useStatisticsColumns()
  const open = ({ rule_id }: RuleStatistics) =>
    void navigate({ to: '/rules/library/$id', params: { id: rule_id } })
  const list = useList({ rows, idOf, onOpen: open })
  const choose = (next: { days?: Span | undefined; sort?: StatisticsSort | undefined }) =>
    void navigate({
      to: '/rules',
      search: { tab: 'statistics', days, sort, ...next },
      replace: true,
    })
  const names: Record<StatisticsSort, string> = {
    fired: t`Nổ nhiều nhất`,
    closed_false: t`Đóng vì sai nhiều nhất`,
    cost_us: t`Đắt nhất mỗi lần thử`,
    cost_share: t`Chiếm nhiều thời gian nhất`,
  }
  return (
    <>
      <div className={`flex flex-wrap items-center gap-2 py-3 ${gutter}`}>
        <Select
          aria-label={t`Khoảng thời gian`}
          className="w-36"
          value={days}
          onChange={({ currentTarget }) =>
            choose({ days: statisticsSpans.find((span) => String(span) === currentTarget.value) })
          }
        >
          {statisticsSpans.map((span) => (
            <option key={span} value={span}>
              {t`${span} ngày qua`}
            </option>
          ))}
        </Select>
        <Select
          aria-label={t`Sắp xếp`}
          className="w-60"
          value={sort}
          onChange={({ currentTarget }) =>
            choose({ sort: statisticsSorts.find((name) => name === currentTarget.value) })
          }
        >
          {statisticsSorts.map((name) => (
            <option key={name} value={name}>
              {names[name]}
            </option>
          ))}
        </Select>
        <Button
          className="sm:ml-auto"
          onClick={() => saveFile('rule-statistics.csv', 'text/csv', statisticsCsv(rows))}
        >
          <Download aria-hidden="true" className="size-4" />
          {t`Tải CSV`}
        </Button>
      </div>
      <DataTable
        name="rule-statistics"
        label={t`Thống kê luật`}
        rows={rows}
        idOf={idOf}
        columns={columns}
        compact={(rule) => <StatisticsLine rule={rule} />}
        cursor={list.cursor}
        onPoint={list.point}
        onOpen={open}
      />
      <p className={`py-3 text-12 text-ink-3 ${gutter}`}>
        {t`Chi phí đo ở các trạm trên một phần bản ghi: thời gian mỗi lần thử điều kiện của luật, và phần của luật trong toàn bộ thời gian tìm luật. Luật không đo được là luật không phải thử.`}
      </p>
    </>
  )
}
