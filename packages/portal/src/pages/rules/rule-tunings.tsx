import type { LibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { EndTuning, TuningState } from './tuning-state.tsx'

/** What is left out of one rule, why and until when. */
export function RuleTunings({ rule }: { rule: LibraryRule }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['rule-tunings', 'of', rule.id],
    queryFn: ({ signal }) =>
      api.ruleLibrary.tunings({ query: { limit: 50, filter: `rule_id:${rule.id}` } }, signal),
  })
  const tunings = query.data?.items ?? []
  if (tunings.length === 0) return null
  return (
    <Section title={t`Tinh chỉnh`} count={tunings.length}>
      <ul className="divide-y divide-line">
        {tunings.map((tuning) => (
          <li key={tuning.id} className="flex flex-col gap-1 py-2">
            <div className="flex items-center gap-2">
              <TuningState tuning={tuning} />
              <span className="text-12 text-ink-3">
                {t`hết hạn`} <Time at={tuning.expires_at} as="absolute" />
              </span>
              <EndTuning tuning={tuning} />
            </div>
            <pre className="overflow-x-auto whitespace-pre-wrap break-all font-mono text-12">
              {tuning.selection}
            </pre>
            <p className="text-12 text-ink-2">
              {tuning.reason} · {tuning.author_name}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
