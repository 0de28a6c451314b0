import type { IncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Pages } from '../../api/pages.ts'
import { HeldRows, useHeldRows } from '../../components/held-rows.tsx'
import { ListStates } from '../../components/list-states.tsx'
import { SelectionBar } from '../../components/selection-bar.tsx'
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
  const open = ({ id }: IncidentReport) =>
    void navigate({ to: '/incident-reports/$id', params: { id } })
  const peeked = peek ?? null
  const rows = useHeldRows({ pages, idOf, scope, onOpen: open, onPeek, peeked, selectable: true })
  const { list } = rows
  const targets = rows.targets.map(idOf)
  const triage = useReportTriage(targets, list.clear)
  const columns = useReportColumns()
  return (
    <>
      <HeldRows
        rows={rows}
        name="incident-reports"
        label={t`Tin báo sự cố`}
        columns={columns}
        compact={(report) => <ReportLine report={report} />}
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
