import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { logsourceText } from './rule-state.tsx'
import { useRuleStatistics } from './rule-statistics.ts'

/** Where the rule stands, how it did, and what it says of itself. */
export function LibraryRuleFacts({ rule }: { rule: FullLibraryRule }) {
  const { t } = useLingui()
  const { number } = useWords()
  const statistics = useRuleStatistics().get(rule.id)
  const fired = statistics?.fired ?? 0
  return (
    <>
      <Section title={t`7 ngày qua`}>
        <Facts>
          <Fact name={t`Đã nổ`}>
            <Link
              to="/alerts"
              search={{ q: `rule_id:${rule.sigma_id}`, range: '7d' }}
              className="text-accent hover:underline"
            >
              {t`${number(fired)} cảnh báo`}
            </Link>
          </Fact>
          <Fact name={t`Đóng vì sai`}>
            {t`${number(statistics?.closed_false ?? 0)} trên ${number(statistics?.clusters ?? 0)} cụm`}
          </Fact>
          {statistics?.last_fired_at ? (
            <Fact name={t`Lần cuối`}>
              <Time at={statistics.last_fired_at} as="absolute" />
            </Fact>
          ) : null}
          {typeof statistics?.cost_us === 'number' ? (
            <Fact name={t`Chi phí`}>
              {t`${number(statistics.cost_us, 2)} µs mỗi lần thử, ${number((statistics.cost_share ?? 0) * 100, 2)} % thời gian tìm luật`}
            </Fact>
          ) : null}
        </Facts>
      </Section>
      <Section title={t`Thông tin`}>
        <Facts>
          <Fact name={t`Bản mới nhất`}>{rule.version}</Fact>
          <Fact name={t`Bản đã duyệt`}>{rule.approved_version ?? '—'}</Fact>
          <Fact name={t`Bản đã phát hành`}>{rule.published_version ?? '—'}</Fact>
          <Fact name={t`Nguồn nhật ký`}>
            <span className="font-mono text-12">{logsourceText(rule) || '—'}</span>
          </Fact>
          <Fact name={t`Nhãn`}>
            <ul className="flex flex-wrap gap-x-2">
              {rule.tags.map((tag) => (
                <li key={tag}>
                  <Link
                    to="/rules"
                    search={{ tab: 'library', q: `tag:${tag}` }}
                    className="font-mono text-12 text-accent hover:underline"
                  >
                    {tag}
                  </Link>
                </li>
              ))}
            </ul>
          </Fact>
          <Fact name={t`Tác giả`}>{rule.author || '—'}</Fact>
          <Fact name={t`Tệp`}>
            <span className="break-all font-mono text-12">{rule.path}</span>
          </Fact>
          <Fact name={t`Mã Sigma`}>
            <Identifier value={rule.sigma_id} />
          </Fact>
          <Fact name={t`Mã`}>
            <Identifier value={rule.id} />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}
