import type { IncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { DataTable } from '../../components/data-table.tsx'
import { ListFoot, NewRows } from '../../components/list-foot.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
import { useList } from '../../components/use-list.ts'
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
  return (
    <ListStates pages={props.pages} empty={props.empty}>
      <Rows {...props} />
    </ListStates>
  )
}

function Rows({ pages, scope, peek, onPeek }: ReportListProps) {
  const { t } = useLingui()
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
      <SelectionBar count={list.chosen.size} onClear={list.clear}>
        <TriageButtons triage={triage} main="acknowledge" />
      </SelectionBar>
      {triage.asked ? (
        <TriageDialog asked={triage.asked} targets={targets} triage={triage} />
      ) : null}
    </>
  )
}
