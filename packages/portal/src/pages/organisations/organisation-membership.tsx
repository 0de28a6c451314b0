import {
  type Membership,
  type MembershipAct,
  MembershipApplication,
  MembershipKind,
  MembershipRight,
  type MembershipStep,
} from '@haidang/contracts/membership'
import type { Organisation } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Check, Minus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { plainDate } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { MembershipDialog } from './membership-dialog.tsx'
import { MembershipMark } from './organisation-words.tsx'

/** How far a membership is, what it allows, and how it came there. */
export function OrganisationMembership({ organisation }: { organisation: Organisation }) {
  const query = useQuery({
    queryKey: ['organisations', 'membership', organisation.id],
    queryFn: ({ signal }) => api.memberships.get({ params: { id: organisation.id } }, signal),
  })
  return <Asked query={query}>{(membership) => <Body membership={membership} />}</Asked>
}

function Body({ membership }: { membership: Membership }) {
  const { t } = useLingui()
  const { label } = useWords()
  const { state, rights, steps } = membership
  return (
    <div className="flex max-w-3xl flex-col gap-8">
      <Section title={t`Thành viên mạng lưới`}>
        <div className="flex flex-wrap items-center gap-2 py-3">
          <MembershipMark state={state} />
          <MembershipActs membership={membership} />
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
        </span>
      ) : null}
    </li>
  )
}

function MembershipActs({ membership }: { membership: Membership }) {
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
        <ApplyDialog id={membership.organisation_id} onClose={() => setAct(null)} />
      ) : act ? (
        <MembershipDialog id={membership.organisation_id} act={act} onClose={() => setAct(null)} />
      ) : null}
    </>
  )
}

function ApplyDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const apply = useMutation({
    mutationFn: (body: MembershipApplication) => api.memberships.apply({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = MembershipApplication.safeParse({
      kind: text(form, 'kind'),
      signer: text(form, 'signer'),
      introduction: text(form, 'introduction'),
    })
    setWrong(issues(parsed))
    if (parsed.success) apply.mutate(parsed.data)
  }
  return (
    <Dialog open onClose={onClose} title={t`Hồ sơ tham gia mạng lưới`}>
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={apply.error} />
        <Field label={t`Loại thành viên`}>
          <Select name="kind" defaultValue="voluntary">
            {MembershipKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {label('membershipKind', kind)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Người đại diện theo pháp luật`} error={wrong['signer']}>
          <Input name="signer" />
        </Field>
        <Field
          label={t`Giới thiệu năng lực ứng cứu`}
          help={t`Nhân lực, công nghệ, kinh nghiệm (mẫu 01, 02 của TT 20/2017)`}
          error={wrong['introduction']}
        >
          <Textarea name="introduction" rows={5} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={apply.isPending}>{t`Nộp hồ sơ`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
