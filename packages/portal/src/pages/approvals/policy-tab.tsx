import {
  ApprovalMode,
  type ApprovalPolicy,
  ApprovalPolicyDraft,
  type ApprovalRule,
  sizedKinds,
} from '@haidang/contracts/approval'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
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
import { gutter, Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { needsSecond, useSecondPerson } from './second-person.tsx'

const queryKey = ['approvals', 'policy']
type Held = Awaited<ReturnType<typeof api.approvals.policy>>

/** Which acts need a second person, from which size on, and how long a request stands. */
export function PolicyTab() {
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.approvals.policy({}, signal),
  })
  return (
    <Asked query={query}>
      {(held) => (
        <div className={cn('flex max-w-3xl flex-col gap-8 py-4 pb-16', gutter)}>
          <PolicyForm key={held.newest} held={held} />
          <History />
        </div>
      )}
    </Asked>
  )
}

function PolicyForm({ held }: { held: Held }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const issues = useIssues()
  const second = useSecondPerson()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const save = useMutation({
    mutationFn: (body: ApprovalPolicyDraft) => api.approvals.changePolicy({ body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['approvals'] })
      say(t`Đã lưu, có hiệu lực ngay`)
    },
    onError: (error, body) => {
      if (!second.offer(error, { kind: 'approval-policy.change', payload: body })) {
        setWrong(errorsOf(error))
      }
    },
  })
  const send = (form: FormData) => {
    const parsed = ApprovalPolicyDraft.safeParse({
      rules: held.policy.rules.map((rule) => ruleIn(form, rule)),
      reason: text(form, 'reason'),
      clause: text(form, 'clause'),
      based_on: held.newest,
    })
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <form onSubmit={submitted(send)} className="flex flex-col gap-6">
      <p className="text-13 text-ink-2">
        {t`Ai quản trị được thì một mình siết chặt được; nới lỏng bất kỳ mục nào cũng cần người thứ hai.`}
      </p>
      <ErrorSummary errors={wrong} error={needsSecond(save.error) ? null : save.error} />
      {held.policy.rules.map((rule) => (
        <RuleFields key={rule.kind} rule={rule} held={held} />
      ))}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Lý do thay đổi`} error={wrong['reason']}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} rows={2} />
        </Field>
        <Field label={t`Căn cứ`} optional={t`không bắt buộc`}>
          <Input name="clause" maxLength={300} />
        </Field>
      </div>
      <Button
        look="primary"
        type="submit"
        className="self-start"
        busy={save.isPending}
        refusal={refusal('approval.manage')}
      >
        {t`Lưu quy định`}
      </Button>
      {second.question}
    </form>
  )
}

function RuleFields({ rule, held }: { rule: ApprovalRule; held: Held }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const { kind, mode, threshold, stands_hours } = rule
  const people = held.approvers.find((one) => one.kind === kind)?.people ?? 0
  const unit = kind in sizedKinds ? sizedKinds[kind as keyof typeof sizedKinds] : undefined
  return (
    <Section title={label('approvalKind', kind)}>
      <p className="pb-2 text-12 text-ink-3">
        {people === 0
          ? t`Chưa ai có quyền duyệt việc này`
          : t`Số người có quyền duyệt việc này: ${number(people)}`}
      </p>
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <Field label={t`Người thứ hai`}>
          <Select name={`${kind}.mode`} defaultValue={mode}>
            {ApprovalMode.options.map((option) => (
              <option key={option} value={option}>
                {label('approvalMode', option)}
              </option>
            ))}
          </Select>
        </Field>
        {unit ? (
          <Field label={unit === 'rows' ? t`Từ số dòng` : t`Từ số nơi nhận`}>
            <Input
              name={`${kind}.threshold`}
              type="number"
              min={1}
              max={1_000_000}
              required
              defaultValue={threshold ?? 1}
            />
          </Field>
        ) : (
          <span className="hidden sm:block" />
        )}
        <Field label={t`Đề nghị có hạn, giờ`}>
          <Input
            name={`${kind}.stands_hours`}
            type="number"
            min={1}
            max={720}
            required
            defaultValue={stands_hours}
          />
        </Field>
      </div>
    </Section>
  )
}

function ruleIn(form: FormData, { kind }: ApprovalRule) {
  return {
    kind,
    mode: text(form, `${kind}.mode`),
    threshold: kind in sizedKinds ? Number(text(form, `${kind}.threshold`)) : null,
    stands_hours: Number(text(form, `${kind}.stands_hours`)),
  }
}

/** Every version that somebody put into force. */
function History() {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: [...queryKey, 'versions'],
    queryFn: ({ signal }) => api.approvals.policyVersions({ query: { limit: 50 } }, signal),
  })
  return (
    <Section title={t`Các bản trước nay`}>
      <Asked query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-13 text-ink-2">{t`Đang dùng quy định đi kèm phần mềm.`}</p>
          ) : (
            <ol className="divide-y divide-line">
              {items.map((version) => (
                <Version key={version.version} version={version} />
              ))}
            </ol>
          )
        }
      </Asked>
    </Section>
  )
}

function Version({ version }: { version: ApprovalPolicy }) {
  const { t } = useLingui()
  return (
    <li className="flex flex-wrap gap-x-4 gap-y-1 py-2 text-13">
      <span className="font-medium">{t`Bản ${version.version}`}</span>
      <span className="text-ink-2">
        {t`hiệu lực từ`} <Time at={version.effective_from} as="absolute" />
      </span>
      <span className="text-ink-3">{version.changed_by}</span>
      <span className="basis-full text-ink-2">
        {version.reason}
        {version.clause ? ` (${version.clause})` : ''}
      </span>
    </li>
  )
}
