import type { IncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import type { Column } from '../../components/table-column.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { reportTones } from './report-words.ts'

export function ReportState({ report }: { report: IncidentReport }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Pill tone={reportTones[report.state]}>{label('reportState', report.state)}</Pill>
      {report.question ? <Pill tone="medium">{t`đang hỏi lại`}</Pill> : null}
    </span>
  )
}

/** What a report is called: the system, or the first words of what is told. */
export function useReportTitle() {
  const { t } = useLingui()
  return ({ system_name, description }: IncidentReport) =>
    system_name || description.split('\n')[0] || t`Tin báo đang soạn`
}

export function useReportColumns(): readonly Column<IncidentReport>[] {
  const { t } = useLingui()
  const { label } = useWords()
  const titleOf = useReportTitle()
  return useMemo(
    () => [
      {
        id: 'number',
        header: t`Số`,
        width: '112px',
        from: 700,
        cell: ({ number }) => <span className="font-mono text-12">{number ?? '—'}</span>,
      },
      {
        id: 'title',
        header: t`Hệ thống, nội dung`,
        width: 'minmax(180px,3fr)',
        fixed: true,
        cell: (report) => (
          <span className="flex min-w-0 items-center gap-2">
            <Link
              to="/incident-reports/$id"
              params={{ id: report.id }}
              className="min-w-0 truncate font-medium hover:underline"
            >
              {titleOf(report)}
            </Link>
            {report.simulated ? <SimulatedRow /> : null}
          </span>
        ),
      },
      {
        id: 'organisation',
        header: t`Đơn vị báo`,
        width: 'minmax(120px,1.4fr)',
        from: 930,
        cell: ({ organisation_name }) => organisation_name,
      },
      {
        id: 'stage',
        header: t`Đã nộp`,
        width: '140px',
        from: 1100,
        cell: ({ stage, channel }) =>
          stage ? label('reportStage', stage) : label('reportChannel', channel),
      },
      {
        id: 'state',
        header: t`Tình trạng`,
        width: '150px',
        cell: (report) => <ReportState report={report} />,
      },
      {
        id: 'received',
        header: t`Nhận lúc`,
        width: '110px',
        from: 640,
        cell: ({ received_at }) => (received_at ? <Time at={received_at} /> : '—'),
      },
    ],
    [t, label, titleOf],
  )
}

export function ReportLine({ report }: { report: IncidentReport }) {
  const titleOf = useReportTitle()
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-2">
        <span className="min-w-0 truncate font-medium">{titleOf(report)}</span>
        <span className="ml-auto">
          <ReportState report={report} />
        </span>
      </span>
      <p className="truncate text-12 text-ink-2">
        {report.number} · {report.organisation_name} ·{' '}
        <Time at={report.received_at ?? report.updated_at} />
      </p>
    </div>
  )
}
