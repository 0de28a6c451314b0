import type { WholeIncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SimulatedMark, TlpLabel } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { remember } from '../../shell/recent.ts'
import { SubjectDeadlines } from '../deadlines/subject-deadlines.tsx'
import { FormReading } from '../forms/form-reading.tsx'
import { SubjectForms } from '../forms/subject-forms.tsx'
import { ReportState, useReportTitle } from './report-columns.tsx'
import { ReportFacts } from './report-facts.tsx'
import { ReportMails } from './report-mails.tsx'
import { ReportPassageFacts } from './report-passage.tsx'
import { reportQuery } from './report-query.ts'
import { SimilarReports } from './similar-reports.tsx'
import { TriageButtons } from './triage-buttons.tsx'
import { TriageDialog } from './triage-dialog.tsx'
import { useReportTriage } from './use-report-triage.ts'

const route = getRouteApi('/shell/incident-reports/$id')

/** What was reported, by which form, whether it was acknowledged and what became of it. */
export function ReportPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(reportQuery(id))
  return (
    <Page title={query.data?.number ?? t`Tin báo sự cố`}>
      <Asked query={query}>{(report) => <Body report={report} />}</Asked>
    </Page>
  )
}

function Body({ report }: { report: WholeIncidentReport }) {
  const { t } = useLingui()
  const titleOf = useReportTitle()
  const title = titleOf(report)
  const { id, state, stages } = report
  const isDraft = state === 'draft'
  useEffect(
    () => remember({ path: `/incident-reports/${id}`, title, draft: isDraft }),
    [id, title, isDraft],
  )
  return (
    <>
      <ObjectHead
        line={
          <>
            {report.number ? <span className="font-mono text-ink-2">{report.number}</span> : null}
            <ReportState report={report} />
            <TlpLabel tlp={report.tlp} />
            {report.simulated ? <SimulatedMark /> : null}
            <span className="text-ink-2">{report.organisation_name}</span>
          </>
        }
        title={title}
        acts={isDraft ? undefined : <ReportActs report={report} />}
      />
      <TwoColumns
        story={
          <>
            {report.question ? (
              <Section title={t`Đơn vị tiếp nhận hỏi lại`}>
                <p className="max-w-[70ch] whitespace-pre-wrap py-2 text-15">{report.question}</p>
                <p className="text-12 text-ink-3">{t`Nộp báo cáo tiếp theo để trả lời.`}</p>
              </Section>
            ) : null}
            {report.description ? (
              <p className="max-w-[70ch] whitespace-pre-wrap break-words text-15">
                {report.description}
              </p>
            ) : null}
            <ReportMails id={id} />
            {stages.map((form) => (
              <Stage key={form.id} form={form} />
            ))}
          </>
        }
        facts={
          <>
            <SubjectForms about="incident-report" subject={id} permission="incident-report.make" />
            <SubjectDeadlines id={id} />
            {isDraft ? null : <SimilarReports of={{ report_id: id }} />}
            {report.passage ? <ReportPassageFacts passage={report.passage} /> : null}
            <ReportFacts report={report} />
          </>
        }
      />
    </>
  )
}

/** One form as it was submitted; opened where one wants all of it. */
function Stage({ form }: { form: WholeIncidentReport['stages'][number] }) {
  const { language } = useWords()
  return (
    <details className="rounded-control border px-4 py-2">
      <summary className="cursor-pointer py-1 font-medium text-13">
        {form.number} · {form.title[language]}
        {form.submitted_at ? (
          <span className="ml-2 font-normal text-ink-3">
            {form.submitted_by} · <Time at={form.submitted_at} as="absolute" />
          </span>
        ) : null}
      </summary>
      <div className="py-3">
        <FormReading definition={form.definition} content={form.content} />
      </div>
    </details>
  )
}

function ReportActs({ report }: { report: WholeIncidentReport }) {
  const may = useMay()
  const targets = [report.id]
  const triage = useReportTriage(targets)
  if (!may('incident-report.triage')) return null
  if (report.state !== 'received' && report.state !== 'acknowledged') return null
  return (
    <>
      <TriageButtons
        triage={triage}
        main={report.state === 'received' ? 'acknowledge' : 'create'}
      />
      {triage.asked ? (
        <TriageDialog asked={triage.asked} targets={targets} triage={triage} />
      ) : null}
    </>
  )
}
