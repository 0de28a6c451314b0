import type { Approval } from '@haidang/contracts/approval'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Identifier } from '../../components/identifier.tsx'
import { ObjectHead, TwoColumns } from '../../components/object-head.tsx'
import { Page, Section } from '../../components/page.tsx'
import { TlpLabel } from '../../components/pill.tsx'
import { RawRecord } from '../../components/raw-record.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { ApprovalActs } from './approval-acts.tsx'
import { ApprovalState } from './approval-columns.tsx'

const route = getRouteApi('/shell/approvals/$id')

/** One request: what exactly would be done, who asks and why, and the way to decide. */
export function ApprovalPage() {
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['approvals', 'one', id],
    queryFn: ({ signal }) => api.approvals.get({ params: { id } }, signal),
  })
  return <Asked query={query}>{(approval) => <Shown approval={approval} />}</Asked>
}

function Shown({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const { label } = useWords()
  const title = label('approvalKind', approval.kind)
  return (
    <Page title={title}>
      <ObjectHead
        line={
          <>
            <Identifier value={approval.id} />
            <ApprovalState state={approval.state} />
            <TlpLabel tlp={approval.tlp} />
            <span className="text-ink-2">{approval.organisation_name}</span>
          </>
        }
        title={title}
        about={approval.reason}
        acts={<ApprovalActs approval={approval} />}
      />
      <TwoColumns
        story={
          <>
            <Section title={t`Sẽ làm đúng như sau`}>
              <WhatFacts approval={approval} />
            </Section>
            <details>
              <summary className="cursor-pointer text-12 text-ink-2">
                {t`Nội dung nguyên văn`}
              </summary>
              <RawRecord text={JSON.stringify(approval.payload, null, 2)} />
            </details>
          </>
        }
        facts={<Course approval={approval} />}
      />
    </Page>
  )
}

/** What an act would do, line by line. */
function WhatFacts({ approval }: { approval: Approval }) {
  const { label, language } = useWords()
  return (
    <Facts>
      {approval.facts.map(({ name, values }) => (
        <Fact key={name} name={label('approvalFact', name)}>
          {name === 'due' && typeof values[0] === 'string' ? (
            <Time at={values[0]} as="absolute" />
          ) : (
            <Values
              values={values.map((value) => (typeof value === 'string' ? value : value[language]))}
              mono={name === 'hash' || name === 'filter'}
            />
          )}
        </Fact>
      ))}
    </Facts>
  )
}

function Values({ values, mono }: { values: readonly string[]; mono: boolean }) {
  if (values.length < 2) {
    return mono ? <code className="break-all text-12">{values[0]}</code> : (values[0] ?? '—')
  }
  return (
    <ul className="max-h-80 list-disc overflow-y-auto pl-4">
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  )
}

/** Who asked, who decided, what came of it. */
function Course({ approval }: { approval: Approval }) {
  const { t } = useLingui()
  const { asked_by, asked_at, expires_at, decided_by, decided_at, decision, outcome } = approval
  const stands = approval.state === 'open' || approval.state === 'approved'
  return (
    <Section title={t`Quá trình`}>
      <Facts>
        <Fact name={t`Đề nghị`}>
          {asked_by} · <Time at={asked_at} as="absolute" />
        </Fact>
        {stands ? (
          <Fact name={t`Hết hạn`}>
            <Time at={expires_at} as="absolute" />
          </Fact>
        ) : null}
        {decided_at ? (
          <Fact name={t`Quyết định`}>
            {decided_by} · <Time at={decided_at} as="absolute" />
          </Fact>
        ) : null}
        {decision ? <Fact name={t`Ý kiến`}>{decision}</Fact> : null}
        {outcome ? (
          <Fact name={t`Kết quả`}>
            <Outcome outcome={outcome} />
          </Fact>
        ) : null}
        <Fact name={t`Mã băm`}>
          <Identifier value={approval.digest} />
        </Fact>
        <Fact name={t`Nhật ký`}>
          <Link
            to="/admin"
            search={{ tab: 'journal', q: `subject:${approval.id}` }}
            className="text-accent hover:underline"
          >
            {t`Mọi dòng về đề nghị này`}
          </Link>
        </Fact>
      </Facts>
    </Section>
  )
}

function Outcome({ outcome }: { outcome: string }) {
  const style = 'text-accent hover:underline'
  if (outcome.startsWith('ord_')) {
    return (
      <Link to="/orders/$id" params={{ id: outcome }} className={style}>
        {outcome}
      </Link>
    )
  }
  const number = /^rule-set:(\d+)$/.exec(outcome)?.[1]
  if (number) {
    return (
      <Link to="/rules/sets/$number" params={{ number }} className={style}>
        {outcome}
      </Link>
    )
  }
  return <span>{outcome}</span>
}
