import type { EffortSheet } from '@haidang/contracts/effort'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { SimulatedMark } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { EffortActs } from './effort-acts.tsx'
import { Dong, EffortStatePill } from './effort-columns.tsx'
import { EffortLines } from './effort-lines.tsx'
import { useEffortRules } from './use-effort.ts'

const route = getRouteApi('/shell/efforts/$id')

/** One effort sheet: what is claimed, what was found, and the next step of whoever reads it. */
export function EffortPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['efforts', 'one', id],
    queryFn: ({ signal }) => api.efforts.get({ params: { id } }, signal),
  })
  return (
    <Page title={query.data?.organisation_name ?? t`Bảng kê khối lượng, hao tổn`}>
      <Asked query={query}>{(sheet) => <Body sheet={sheet} />}</Asked>
    </Page>
  )
}

function Body({ sheet }: { sheet: EffortSheet }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <ObjectHead
        line={
          <>
            <EffortStatePill state={sheet.state} />
            {sheet.simulated ? <SimulatedMark /> : null}
            <Link
              to="/orders/$id"
              params={{ id: sheet.order_id }}
              className="font-mono text-accent hover:underline"
            >
              {sheet.order_number}
            </Link>
            <span className="text-ink-2">{sheet.order_title}</span>
          </>
        }
        title={t`Bảng kê khối lượng, hao tổn`}
        about={sheet.organisation_name}
        acts={<EffortActs sheet={sheet} />}
      />
      <TwoColumns
        story={
          <>
            <EffortLines sheet={sheet} />
            {sheet.note ? (
              <Section title={t`Thuyết minh`}>
                <p className="max-w-[70ch] whitespace-pre-wrap pt-2 text-15">{sheet.note}</p>
              </Section>
            ) : null}
            <Section title={t`Diễn biến`}>
              {sheet.history.length === 0 ? (
                <p className="py-2 text-13 text-ink-3">{t`Chưa trình.`}</p>
              ) : (
                <ol className="flex flex-col divide-y divide-line">
                  {sheet.history.map(({ step, time, actor_name, note }) => (
                    <li key={`${time} ${step}`} className="py-2 text-13">
                      <span className="font-medium">{label('effortStep', step)}</span> ·{' '}
                      {actor_name} · <Time at={time} as="absolute" className="text-ink-2" />
                      {note ? <p className="whitespace-pre-wrap text-ink-2">{note}</p> : null}
                    </li>
                  ))}
                </ol>
              )}
            </Section>
          </>
        }
        facts={<About sheet={sheet} />}
      />
    </>
  )
}

function About({ sheet }: { sheet: EffortSheet }) {
  const { t } = useLingui()
  const { language } = useWords()
  const rules = useEffortRules()
  const { payment } = sheet
  const source = rules.data?.sources.find(({ id }) => id === payment?.source)
  return (
    <Section title={t`Thông tin`}>
      <Facts>
        <Fact name={t({ message: 'Đề nghị', context: 'số tiền' })}>
          <Dong amount={sheet.claimed} />
        </Fact>
        <Fact name={t`Thẩm tra`}>
          {sheet.checked === null ? '—' : <Dong amount={sheet.checked} />}
        </Fact>
        {payment ? (
          <>
            <Fact name={t`Ngày chi trả`}>{plainDate(payment.paid_on)}</Fact>
            <Fact name={t`Chứng từ`}>{payment.document}</Fact>
            <Fact name={t`Nguồn kinh phí`}>{source?.name[language] ?? payment.source}</Fact>
          </>
        ) : null}
        <Fact name={t({ message: 'Quy định', context: 'của bảng kê' })}>
          {sheet.rules}
          {rules.data ? <span className="text-ink-3"> · {rules.data.clause}</span> : null}
        </Fact>
        <Fact name={t`Cập nhật`}>
          <Time at={sheet.updated_at} as="absolute" />
        </Fact>
        <Fact name={t`Mã`}>
          <Identifier value={sheet.id} />
        </Fact>
      </Facts>
    </Section>
  )
}
