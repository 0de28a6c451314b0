import type { IncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { ListFoot, NewRows } from '../../components/list-foot.tsx'
import { gutter } from '../../components/page.tsx'
import { Failure, LoadingRows, Stale } from '../../components/states.tsx'
import { useList } from '../../components/use-list.ts'
import { instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { useHeld } from '../../live/use-held.ts'
import { ReportLine, useReportColumns } from './report-columns.tsx'
import { TriageButtons } from './triage-buttons.tsx'
import { TriageDialog } from './triage-dialog.tsx'
import { useReportTriage } from './use-report-triage.ts'

const idOf = (report: IncidentReport) => report.id

interface ReportListProps {
  readonly pages: Pages<IncidentReport>
  /** Changes when other rows are asked for, so that nothing is held over. */
  readonly scope: string
  readonly peek: string | undefined
  readonly onPeek: (id: string | null) => void
  readonly empty: ReactNode
}

/** The reports to decide on, in all states a list can be in. */
export function ReportList(props: ReportListProps) {
  const { query, items } = props.pages
  const retry = () => void query.refetch()
  if (query.isPending) {
    return (
      <div className={gutter}>
        <LoadingRows />
      </div>
    )
  }
  if (items.length === 0) {
    return query.error ? <Failure error={query.error} onRetry={retry} /> : props.empty
  }
  return (
    <>
      {query.error ? (
        <div className={gutter}>
          <Stale since={instantOf(query.dataUpdatedAt)} onRetry={retry} />
        </div>
      ) : null}
      <Rows {...props} />
    </>
  )
}

function Rows({ pages, scope, peek, onPeek }: ReportListProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const navigate = useNavigate()
  const { query, items, total } = pages
  const { held, waiting, release, setBusy } = useHeld(items, idOf, scope)
  const open = ({ id }: IncidentReport) =>
    void navigate({ to: '/incident-reports/$id', params: { id } })
  const list = useList({
    rows: held,
    idOf,
    onOpen: open,
    onPeek,
    peeked: peek ?? null,
    selectable: true,
    onMove: () => setBusy(true),
  })
  const under = list.cursor ? [list.cursor] : []
  const targets = list.chosen.size > 0 ? [...list.chosen] : under
  const triage = useReportTriage(targets, list.clear)
  const columns = useReportColumns()
  const more = query.hasNextPage && !query.isFetching
  return (
    <>
      <NewRows count={waiting} onShow={release} />
      <DataTable
        name="incident-reports"
        label={t`Tin báo sự cố`}
        rows={held}
        idOf={idOf}
        columns={columns}
        compact={(report) => <ReportLine report={report} />}
        cursor={list.cursor}
        onPoint={list.point}
        onOpen={open}
        selection={list}
        onEnd={more ? () => void query.fetchNextPage() : undefined}
        onBusy={setBusy}
      />
      <ListFoot
        shown={held.length}
        total={total}
        asOf={query.dataUpdatedAt}
        more={query.hasNextPage}
      />
      {list.chosen.size > 0 ? (
        <div className="pointer-events-none sticky bottom-4 z-30 flex justify-center px-3">
          <div
            role="toolbar"
            aria-label={t`Việc cho các dòng đã chọn`}
            className="appear pointer-events-auto flex max-w-full items-center gap-2 overflow-x-auto rounded-float border border-line-strong bg-surface p-2 pl-4 shadow-float"
          >
            <p className="shrink-0 pr-2 font-medium">{t`${number(list.chosen.size)} đã chọn`}</p>
            <TriageButtons triage={triage} main="acknowledge" />
            <Button look="quiet" size="small" aria-label={t`Bỏ chọn`} onClick={list.clear}>
              <X className="size-4" />
            </Button>
          </div>
        </div>
      ) : null}
      {triage.asked ? (
        <TriageDialog asked={triage.asked} targets={targets} triage={triage} />
      ) : null}
    </>
  )
}
