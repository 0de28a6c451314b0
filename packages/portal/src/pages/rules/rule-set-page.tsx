import type { FullRuleSet } from '@haidang/contracts/rule-set'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { RingReached } from './ring-reached.tsx'
import { Rings } from './rings.tsx'
import { RollBackButton } from './roll-back.tsx'
import { SetFiles } from './set-files.tsx'

const route = getRouteApi('/shell/rules/sets/$number')

/** One published version: how far it went, what it changed, what it holds. */
export function RuleSetPage() {
  const { t } = useLingui()
  const { number } = route.useParams()
  const query = useQuery({
    queryKey: ['rule-sets', 'one', number],
    queryFn: ({ signal }) => api.ruleSets.get({ params: { number } }, signal),
  })
  return (
    <Page title={t`Bộ luật ${number}`}>
      <Asked query={query}>{(set) => <Body set={set} />}</Asked>
    </Page>
  )
}

function Body({ set }: { set: FullRuleSet }) {
  const { t } = useLingui()
  const { number } = useWords()
  return (
    <>
      <ObjectHead
        line={
          <>
            <RingReached set={set} />
            <span className="text-ink-2">{t`${number(set.rules)} luật`}</span>
            {set.tunings > 0 ? (
              <span className="text-ink-2">{t`${number(set.tunings)} tinh chỉnh`}</span>
            ) : null}
          </>
        }
        title={t`Bộ luật ${set.number}`}
        about={
          <>
            {set.published_by} · <Time at={set.published_at} as="absolute" />
            {set.note ? ` · ${set.note}` : ''}
          </>
        }
        acts={<RollBackButton set={set} />}
      />
      <TwoColumns
        story={
          <>
            <Rings set={set} />
            <SetFiles set={set} />
          </>
        }
        facts={
          <Section title={t`Thông tin`}>
            <Facts>
              {set.restores === null ? null : (
                <Fact name={t`Lấy lại nội dung`}>
                  <Link
                    to="/rules/sets/$number"
                    params={{ number: String(set.restores) }}
                    className="text-accent hover:underline"
                  >
                    {t`Bộ luật ${set.restores}`}
                  </Link>
                </Fact>
              )}
              {set.rolled_out_at ? (
                <Fact name={t`Phát lúc`}>
                  <Time at={set.rolled_out_at} as="absolute" />
                </Fact>
              ) : null}
              <Fact name={t`Mã băm`}>
                <Identifier value={set.hash} />
              </Fact>
              <Fact name={t`Khóa ký`}>
                <Identifier value={set.kid} />
              </Fact>
              <Fact name={t`Chữ ký`}>
                <Identifier value={set.signature} />
              </Fact>
            </Facts>
          </Section>
        }
      />
    </>
  )
}
