import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { useWords } from '../../language/use-words.ts'
import { logsourceText, RuleState } from './rule-state.tsx'
import { SampleTrial } from './sample-trial.tsx'

const route = getRouteApi('/shell/rules/$id')

export function RulePage() {
  const { t } = useLingui()
  const { number } = useWords()
  const may = useMay()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['rules', 'one', id],
    queryFn: ({ signal }) => api.rules.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.title ?? t`Luật phát hiện`}>
      <Asked query={query}>
        {(rule) => (
          <>
            <ObjectHead
              line={
                <>
                  <SeverityMark severity={rule.severity} word />
                  <RuleState rule={rule} />
                  <span className="text-ink-2">{rule.status}</span>
                </>
              }
              title={rule.title}
            />
            <TwoColumns
              story={
                <>
                  {rule.problem ? (
                    <p
                      role="alert"
                      className="rounded-control bg-critical-soft px-4 py-3 font-mono text-12 text-critical"
                    >
                      {rule.problem}
                    </p>
                  ) : null}
                  <p className="max-w-[70ch] text-15">{rule.description}</p>
                  <Section title={t`Nội dung luật`}>
                    <div className="pt-2 [&_section]:max-h-none [&_section]:break-normal">
                      <RawRecord text={rule.text} />
                    </div>
                  </Section>
                  {may('rule.write') ? <SampleTrial path={rule.path} text={rule.text} /> : null}
                </>
              }
              facts={
                <Section title={t`Thông tin`}>
                  <Facts>
                    <Fact name={t`24 giờ qua`}>
                      <Link
                        to="/alerts"
                        search={{ q: `rule_id:${rule.id}` }}
                        className="text-accent hover:underline"
                      >
                        {t`${number(rule.hits)} cảnh báo`}
                      </Link>
                    </Fact>
                    <Fact name={t`Nguồn nhật ký`}>{logsourceText(rule)}</Fact>
                    <Fact name={t`Nhãn`}>
                      <span className="font-mono text-12">{rule.tags.join(' · ')}</span>
                    </Fact>
                    <Fact name={t`Tác giả`}>{rule.author}</Fact>
                    <Fact name={t`Tệp`}>
                      <span className="font-mono text-12">{rule.path}</span>
                    </Fact>
                    <Fact name={t`Phiên bản`}>
                      <Identifier value={rule.version} />
                    </Fact>
                  </Facts>
                </Section>
              }
            />
          </>
        )}
      </Asked>
    </Page>
  )
}
