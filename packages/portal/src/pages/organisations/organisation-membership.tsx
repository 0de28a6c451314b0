import {
  type Membership,
  type MembershipAct,
  MembershipRight,
  type MembershipStep,
} from '@haidang/contracts/membership'
import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { BeginDialog } from '../forms/begin-dialog.tsx'
import { MembershipDialog } from './membership-dialog.tsx'
import { MembershipMark } from './organisation-words.tsx'

/** How far a membership is, what it allows, and how it came there. */
export function OrganisationMembership({ organisation }: { organisation: Organisation }) {
  const query = useQuery({
    queryKey: ['organisations', 'membership', organisation.id],
    queryFn: ({ signal }) => api.memberships.get({ params: { id: organisation.id } }, signal),
  })
  return (
    <Asked query={query}>
      {(membership) => <Body membership={membership} organisation={organisation} />}
    </Asked>
  )
}

interface BodyProps {
  readonly membership: Membership
  readonly organisation: Organisation
}

function Body({ membership, organisation }: BodyProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { state, rights, steps } = membership
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Section title={t`Thành viên mạng lưới`}>
        <div className="flex flex-wrap items-center gap-2 py-3">
          <MembershipMark state={state} />
          <MembershipActs membership={membership} organisation={organisation} />
        </div>
        <ul className="flex flex-col gap-1 text-13">
          {MembershipRight.options.map((right) => {
            const has = rights.includes(right)
            const Icon = has ? Check : Minus
            return (
              <li key={right} className={has ? 'flex gap-2' : 'flex gap-2 text-ink-3'}>
                <Icon aria-hidden="true" className="size-4 shrink-0" />
                <span>
                  {label('membershipRight', right)}
                  {has ? null : <span className="sr-only"> {t`(chưa được)`}</span>}
                </span>
              </li>
            )
          })}
        </ul>
      </Section>
      <Section title={t`Quá trình`} count={steps.length}>
        {steps.length === 0 ? (
          <p className="py-2 text-13 text-ink-3">{t`Tổ chức này chưa nộp hồ sơ tham gia mạng lưới.`}</p>
        ) : null}
        <ol className="divide-y divide-line">
          {steps.map((step) => (
            <Step key={step.id} step={step} />
          ))}
        </ol>
      </Section>
    </div>
  )
}

function Step({ step }: { step: MembershipStep }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { act, application, agreement, reason, actor_name, at } = step
  return (
    <li className="flex flex-col gap-1 py-2 text-13">
      <span className="flex flex-wrap gap-x-3">
        <span className="font-medium">{label('membershipAct', act)}</span>
        <span className="text-ink-3">
          {actor_name} · <Time at={at} as="absolute" />
        </span>
      </span>
      {reason ? <span>{reason}</span> : null}
      {agreement ? (
        <span>{t`Thỏa thuận số ${agreement.number} ngày ${plainDate(agreement.date)}`}</span>
      ) : null}
      {application ? (
        <span className="whitespace-pre-wrap break-words text-ink-2">
          {label('membershipKind', application.kind)} · {application.signer}
          {application.introduction ? `\n${application.introduction}` : ''}
          {application.form_id ? (
            <>
              {'\n'}
              <Link to="/forms/$id" params={{ id: application.form_id }} className="underline">
                {t`Xem biểu mẫu đã nộp`}
              </Link>
            </>
          ) : null}
        </span>
      ) : null}
    </li>
  )
}

function MembershipActs({ membership, organisation }: BodyProps) {
  const { label } = useWords()
  const refusal = useRefusal()
  const [act, setAct] = useState<MembershipAct | null>(null)
  const manage = refusal('membership.manage')
  const propose = refusal('organisation.propose')
  const missing = (each: MembershipAct) => {
    if (each === 'apply') return propose
    // Whoever speaks for the organisation may end its membership, too.
    return each === 'leave' && propose === undefined ? undefined : manage
  }
  return (
    <>
      {membership.acts.map((each) => (
        <Button
          key={each}
          size="small"
          look={each === 'refuse' || each === 'suspend' || each === 'leave' ? 'danger' : 'plain'}
          refusal={missing(each)}
          onClick={() => setAct(each)}
        >
          {label('membershipAct', each)}
        </Button>
      ))}
      {act === 'apply' ? (
        <BeginDialog organisation={organisation} onClose={() => setAct(null)} />
      ) : act ? (
        <MembershipDialog id={membership.organisation_id} act={act} onClose={() => setAct(null)} />
      ) : null}
    </>
  )
}
