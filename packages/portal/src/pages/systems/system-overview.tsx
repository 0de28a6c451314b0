import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { AudienceOf } from '../sharing/audience-preview.tsx'
import { CompletenessBar } from './system-words.tsx'

export function SystemOverview({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { level_decision: decision } = system
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <div className="flex flex-col gap-6">
        {system.purpose ? (
          <p className="max-w-[70ch] whitespace-pre-wrap text-15">{system.purpose}</p>
        ) : null}
        <Section title={t`Thông tin`}>
          <Facts>
            <Fact name={t`Chủ quản`}>{system.organisation_name || '—'}</Fact>
            <Fact name={t`Đơn vị vận hành`}>{system.operator_name || t`chủ quản`}</Fact>
            <Fact name={t`Hồ sơ cấp độ`}>{label('levelApproval', system.level_approval)}</Fact>
            <Fact name={t`Quyết định`}>
              {decision
                ? `${decision.number}, ${plainDate(decision.date)}, ${decision.authority}`
                : '—'}
            </Fact>
            <Fact name={t`Sửa lần cuối`}>
              <Time at={system.updated_at} as="absolute" />
            </Fact>
            <Fact name={t`Nhật ký`}>
              <Link
                to="/admin"
                search={{ tab: 'journal', q: `subject:${system.id}` }}
                className="text-accent hover:underline"
              >
                {t`Mọi thay đổi`}
              </Link>
            </Fact>
            <Fact name={t`Mã`}>
              <Identifier value={system.id} />
            </Fact>
          </Facts>
        </Section>
        <AudienceOf kind="system" id={system.id} version={system.version} />
      </div>
      <Missing system={system} />
    </div>
  )
}

/** What the register still asks for, each with its clause. */
function Missing({ system }: { system: InformationSystem }) {
  const { t } = useLingui()
  const { language } = useWords()
  const query = useQuery({
    queryKey: ['systems', 'completeness'],
    queryFn: ({ signal }) => api.systems.completeness({}, signal),
  })
  const items = query.data?.items ?? []
  return (
    <Section title={t`Mức đầy đủ`} acts={<CompletenessBar value={system.completeness} />}>
      {system.missing.length === 0 ? (
        <p className="py-2 text-13 text-ink-2">{t`Đã khai báo đủ.`}</p>
      ) : (
        <ul className="divide-y divide-line">
          {system.missing.map((id) => {
            const item = items.find((each) => each.id === id)
            return (
              <li key={id} className="flex flex-wrap items-baseline gap-x-3 py-1.5 text-13">
                <span>{item?.name[language] ?? id}</span>
                <span className="text-12 text-ink-3">{item?.clause}</span>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
