import type { ClosingReport } from '@haidang/contracts/closing-report'
import type { Incident } from '@haidang/contracts/incident'
import { type IncidentProcess, wantsClosingReport } from '@haidang/contracts/incident-process'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useIncidentRefusal } from '../incidents/incident-refusal.ts'
import { isOver } from '../incidents/incident-words.ts'
import { useProcess } from '../incidents/use-process.ts'
import { ClosingReportDialog } from './closing-report-dialog.tsx'

/** How an incident ended and what was learned; who handles it writes that before it is closed. */
export function ClosingReportSection({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const refusal = useIncidentRefusal(incident)
  const process = useProcess()
  const [writing, setWriting] = useState(false)
  const { id } = incident
  const query = useQuery({
    queryKey: ['incidents', 'closing-report', id],
    queryFn: ({ signal }) => api.closingReports.get({ params: { id } }, signal),
  })
  const report = query.data?.report ?? null
  const over = isOver(incident.state)
  // Who only takes part may not write one, and may see none: there is nothing to say.
  if ((over || incident.participation) && query.data && !report) return null
  const write = (
    <Button
      size="small"
      refusal={query.data ? refusal('incident.handle') : t`Đang tải`}
      onClick={() => setWriting(true)}
    >
      {report ? t`Sửa báo cáo kết thúc…` : t`Lập báo cáo kết thúc…`}
    </Button>
  )
  return (
    <Section title={t`Kết thúc, bài học`} acts={over ? null : write}>
      <Asked query={query}>
        {() =>
          report ? (
            <Told report={report} />
          ) : (
            <Asked query={process}>{(way) => <Wanted process={way} incident={incident} />}</Asked>
          )
        }
      </Asked>
      {writing ? (
        <ClosingReportDialog
          incident={incident}
          report={report}
          onClose={() => setWriting(false)}
        />
      ) : null}
    </Section>
  )
}

/** Whether one is written before the incident is closed, and by which clause. */
function Wanted({ process, incident }: { process: IncidentProcess; incident: Incident }) {
  const { clause } = process.closing_report
  return (
    <p className="pt-2 text-13 text-ink-2">
      {wantsClosingReport(process, incident) ? (
        <Trans>Sự cố này phải có báo cáo kết thúc trước khi đóng ({clause}).</Trans>
      ) : (
        <Trans>Chưa có báo cáo kết thúc; không bắt buộc với sự cố này.</Trans>
      )}
    </p>
  )
}

function Told({ report }: { report: ClosingReport }) {
  const { t } = useLingui()
  const words = 'max-w-[70ch] whitespace-pre-wrap'
  return (
    <Facts>
      <Fact name={t`Đã xảy ra điều gì`}>
        <p className={words}>{report.course}</p>
      </Fact>
      <Fact name={t`Nguyên nhân gốc`}>
        <p className={words}>{report.root_cause}</p>
      </Fact>
      <Fact name={t`Biện pháp đã làm`}>
        <p className={words}>{report.measures}</p>
      </Fact>
      {report.damage ? (
        <Fact name={t`Thiệt hại`}>
          <p className={words}>{report.damage}</p>
        </Fact>
      ) : null}
      <Fact name={t`Bài học`}>
        <ul className="list-disc pl-4">
          {report.lessons.map((lesson) => (
            <li key={lesson} className={words}>
              {lesson}
            </li>
          ))}
        </ul>
      </Fact>
      {report.proposals ? (
        <Fact name={t`Kiến nghị`}>
          <p className={words}>{report.proposals}</p>
        </Fact>
      ) : null}
      <Fact name={t`Người lập`}>
        {report.written_by_name}, <Time at={report.written_at} as="absolute" />
      </Fact>
    </Facts>
  )
}
