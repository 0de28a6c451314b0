import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Asked } from '../../components/asked.tsx'
import { buttonStyle } from '../../components/button.tsx'
import { Keys } from '../../components/keys.tsx'
import { SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { printed } from '../../keys/sheet.ts'
import { ReportState, useReportTitle } from './report-columns.tsx'
import { ReportFacts } from './report-facts.tsx'
import { reportQuery } from './report-query.ts'
import { SimilarReports } from './similar-reports.tsx'

/** Enough of a report to decide without leaving the list. */
export function ReportPeek({ id }: { id: string }) {
  const { t } = useLingui()
  const titleOf = useReportTitle()
  const query = useQuery(reportQuery(id))
  return (
    <div className="flex flex-col gap-5 p-5">
      <Asked query={query} loading={<LoadingRows rows={6} />}>
        {(report) => (
          <>
            <header className="pr-10">
              <div className="flex flex-wrap items-center gap-2 pb-1">
                <span className="font-mono text-12 text-ink-2">{report.number}</span>
                <ReportState report={report} />
                <TlpLabel tlp={report.tlp} />
                {report.simulated ? <SimulatedMark /> : null}
              </div>
              <h2 className="text-18">{titleOf(report)}</h2>
            </header>
            <p className="whitespace-pre-wrap break-words text-13">{report.description}</p>
            <SimilarReports of={{ report_id: id }} />
            <ReportFacts report={report} />
            <Link
              to="/incident-reports/$id"
              params={{ id }}
              className={buttonStyle({ className: 'self-start' })}
            >
              {t`Mở trang`} <Keys keys={printed('open')} faint />
            </Link>
          </>
        )}
      </Asked>
    </div>
  )
}
