import type { IncidentReport } from '@haidang/contracts/incident-report'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** Who reported when, by which way, and what became of it. */
export function ReportFacts({ report }: { report: IncidentReport }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { sender } = report
  return (
    <Section title={t`Thông tin`}>
      <Facts>
        <Fact name={t`Đơn vị báo`}>{report.organisation_name}</Fact>
        <Fact name={t`Người báo`}>
          {[sender.name, sender.phone, sender.email].filter(Boolean).join(' · ')}
        </Fact>
        <Fact name={t`Kênh`}>{label('reportChannel', report.channel)}</Fact>
        {report.system_name ? <Fact name={t`Hệ thống`}>{report.system_name}</Fact> : null}
        {report.addresses.length > 0 ? (
          <Fact name={t`Địa chỉ IP, tên miền`}>
            <span className="break-all font-mono text-12">{report.addresses.join(', ')}</span>
          </Fact>
        ) : null}
        {report.detected_at ? (
          <Fact name={t`Phát hiện lúc`}>
            <Time at={report.detected_at} as="absolute" />
          </Fact>
        ) : null}
        {report.received_at ? (
          <Fact name={t`Nhận lúc`}>
            <Time at={report.received_at} as="absolute" />
          </Fact>
        ) : null}
        {report.acknowledged_at ? (
          <Fact name={t`Xác nhận lúc`}>
            <Time at={report.acknowledged_at} as="absolute" /> · {report.acknowledged_by}
          </Fact>
        ) : null}
        {report.incident_id ? (
          <Fact name={t`Thuộc sự cố`}>
            <Link
              to="/incidents/$id"
              params={{ id: report.incident_id }}
              className="text-accent hover:underline"
            >
              {t`Mở sự cố`}
            </Link>
          </Fact>
        ) : null}
        {report.duplicate_of ? (
          <Fact name={t`Trùng với`}>
            <Link
              to="/incident-reports/$id"
              params={{ id: report.duplicate_of }}
              className="text-accent hover:underline"
            >
              {t`Mở tin báo`}
            </Link>
          </Fact>
        ) : null}
        {report.reason ? <Fact name={t`Lý do`}>{report.reason}</Fact> : null}
        <Fact name={t`Mã`}>
          <Identifier value={report.id} />
        </Fact>
      </Facts>
    </Section>
  )
}
