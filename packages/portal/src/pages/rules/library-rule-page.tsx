import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { remember } from '../../shell/recent.ts'
import { BackTests } from './back-tests.tsx'
import { LibraryRuleFacts } from './library-rule-facts.tsx'
import { LibraryStatus } from './library-status.tsx'
import { LintProblems } from './lint-problems.tsx'
import { RuleActs } from './rule-acts.tsx'
import { RuleText } from './rule-text.tsx'
import { RuleTunings } from './rule-tunings.tsx'
import { RuleVersions } from './rule-versions.tsx'
import { SampleTrial } from './sample-trial.tsx'

const route = getRouteApi('/shell/rules/library/$id')

/** One rule of the library: what it says, what is wrong with it, how it was tried, who answers for it. */
export function LibraryRulePage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['rule-library', 'one', id],
    queryFn: ({ signal }) => api.ruleLibrary.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.title ?? t`Thư viện luật`}>
      <Asked query={query}>{(rule) => <Body rule={rule} />}</Asked>
    </Page>
  )
}

function Body({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const { id, title, version } = rule
  useEffect(() => remember({ path: `/rules/library/${id}`, title, draft: false }), [id, title])
  return (
    <>
      <ObjectHead
        line={
          <>
            <SeverityMark severity={rule.severity} word />
            <LibraryStatus rule={rule} />
            <span className="text-ink-2">{t`Bản ${version}`}</span>
          </>
        }
        title={title}
        about={
          <>
            {rule.author_name} · <Time at={rule.updated_at} as="absolute" />
          </>
        }
        acts={<RuleActs rule={rule} />}
      />
      <TwoColumns
        story={
          <>
            {rule.description ? <p className="max-w-[70ch] text-15">{rule.description}</p> : null}
            <Text rule={rule} />
            <Trial rule={rule} />
            <BackTests rule={rule} />
            <RuleVersions rule={rule} />
          </>
        }
        facts={
          <>
            <LibraryRuleFacts rule={rule} />
            <RuleTunings rule={rule} />
          </>
        }
      />
    </>
  )
}

/** Whoever may write rules may try the newest text on records of their own. */
function Trial({ rule }: { rule: FullLibraryRule }) {
  const may = useMay()
  const newest = rule.versions[0]
  if (!newest || !may('rule.write')) return null
  return <SampleTrial path={rule.path} text={newest.text} />
}

/** The newest text with what the lint says of it. */
function Text({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const newest = rule.versions[0]
  const lint = useQuery({
    queryKey: ['rule-lint', newest?.hash],
    queryFn: ({ signal }) =>
      api.ruleLibrary.lint(
        { body: { documents: [{ path: rule.path, text: newest?.text ?? '' }] } },
        signal,
      ),
    enabled: newest !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!newest) return null
  const problems = lint.data?.problems ?? []
  const placed = problems.filter(({ line }) => line !== null)
  const loose = problems.filter(({ line }) => line === null)
  return (
    <Section title={t`Nội dung luật`} count={lint.data ? lintCount() : undefined}>
      <div className="flex flex-col gap-2 pt-2">
        {loose.length > 0 ? <LintProblems problems={loose} /> : null}
        <RuleText text={newest.text} problems={placed} />
      </div>
    </Section>
  )

  function lintCount(): string {
    return problems.length === 0 ? t`kiểm tra không thấy lỗi` : t`${problems.length} điều cần xem`
  }
}
