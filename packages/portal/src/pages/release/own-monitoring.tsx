import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { MonitoringFigures, MonitoringSources } from './monitoring-figures.tsx'

/** What the parent asks to monitor directly, and what of it leaves. */
export function OwnMonitoring() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['release', 'monitoring'],
    queryFn: ({ signal }) => api.release.monitoring({}, signal),
    refetchInterval: 10_000,
  })
  return (
    <Section title={t`Cấp trên giám sát trực tiếp`}>
      <Asked query={query}>
        {({ request, report }) =>
          request === null || request.sources.length === 0 ? (
            <p className="py-2 text-ink-3">{t`Cấp trên không xin nguồn nào.`}</p>
          ) : (
            <div className="flex flex-col gap-2 py-2">
              <p className="text-13">{request.reason}</p>
              <MonitoringSources report={report} />
              <p className="text-12 text-ink-3">
                {t`Nguồn bị chặn chỉ được gửi khi có luật gửi hoặc gửi che trường cho luồng sự kiện.`}
              </p>
              <MonitoringFigures report={report} />
            </div>
          )
        }
      </Asked>
    </Section>
  )
}
