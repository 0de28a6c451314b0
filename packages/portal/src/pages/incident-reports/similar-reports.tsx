import { useLingui } from '@lingui/react/macro'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ReportState } from './report-columns.tsx'

type Likeness = Parameters<typeof api.incidentReports.similar>[0]['body']

export const similarQuery = (of: Likeness) =>
  queryOptions({
    queryKey: ['incident-reports', 'similar', of],
    queryFn: ({ signal }) => api.incidentReports.similar({ body: of }, signal),
  })

/** Reports that may tell of the same, with what they have in common. */
export function SimilarReports({ of }: { of: Likeness }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const query = useQuery(similarQuery(of))
  return (
    <Section title={t`Tin báo giống`} count={query.data?.items.length}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="py-2 text-13 text-ink-3">{t`Không có tin báo nào giống`}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map(({ report, score, same }) => (
                <li key={report.id} className="flex flex-col gap-1 py-2 text-13">
                  <span className="flex flex-wrap items-center gap-2">
                    <Link
                      to="/incident-reports/$id"
                      params={{ id: report.id }}
                      className="font-mono text-12 text-accent hover:underline"
                    >
                      {report.number}
                    </Link>
                    <ReportState report={report} />
                    <span className="text-12 text-ink-3">{number(Math.round(score * 100))} %</span>
                  </span>
                  <span className="min-w-0 truncate">
                    {report.organisation_name} · {report.system_name || report.description}
                  </span>
                  <span className="text-12 text-ink-3">
                    {same.map((each) => label('reportLikeness', each)).join(', ')} ·{' '}
                    <Time at={report.received_at ?? report.updated_at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  )
}
