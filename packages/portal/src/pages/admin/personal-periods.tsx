import type { Reply } from '@haidang/contracts/endpoint'
import type { personalDataApi } from '@haidang/contracts/personal-data-api'
import {
  journalStays,
  type PersonalClass,
  PersonalRule,
  personalClasses,
} from '@haidang/contracts/personal-retention'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Field, Input } from '../../components/field.tsx'
import { PeriodInput } from '../../components/period-input.tsx'
import { Failure } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'
import { ReasonDialog } from '../rules/reason-dialog.tsx'

type Status = Reply<typeof personalDataApi.retention>

/** Each class of records about people: its period and ground, what there is, and what a draft would end. */
export function PersonalPeriods({ status }: { status: Status }) {
  const { t } = useLingui()
  const { language, number } = useWords()
  const client = useQueryClient()
  const { policy, holdings, last_run_at, next_run_at } = status
  const [rules, setRules] = useState(policy.rules)
  const [asking, setAsking] = useState(false)
  const preview = useMutation({
    mutationFn: () => api.personalData.preview({ body: { rules } }),
  })
  const change = useMutation({
    mutationFn: (reason: string) =>
      api.personalData.change({ body: { rules, reason, based_on: policy.version } }),
    onSuccess: ({ version }) => {
      setAsking(false)
      say(t`Bản ${version} có hiệu lực`)
      void client.invalidateQueries({ queryKey: ['personal-data'] })
    },
  })
  const isChanged = JSON.stringify(rules) !== JSON.stringify(policy.rules)
  const isWrong = rules.some((rule) => !PersonalRule.safeParse(rule).success)
  const set = (name: PersonalClass, part: { period?: string; clause?: string }) => {
    setRules(rules.map((rule) => (rule.class === name ? { ...rule, ...part } : rule)))
    preview.reset()
  }
  const refusal = isWrong
    ? t`Có thời hạn chưa hợp lệ`
    : isChanged
      ? undefined
      : t`Chưa có thay đổi nào`
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-ink-2">
        {t`Bản ${policy.version} đang có hiệu lực.`} {t`Lượt kế tiếp:`}{' '}
        <Time at={next_run_at} as="absolute" />. {t`Lượt trước:`}{' '}
        {last_run_at ? <Time at={last_run_at} as="absolute" /> : t`chưa có`}.
      </p>
      <ul className="divide-y divide-line border-y">
        {rules.map((rule) => {
          const words = personalClasses[rule.class]
          const held = holdings.find((one) => one.class === rule.class)
          const tried = preview.data?.holdings.find((one) => one.class === rule.class)
          const name = words.name[language]
          return (
            <li key={rule.class} className="grid gap-3 py-3 md:grid-cols-[1.4fr_180px_1fr]">
              <div className="min-w-0">
                <p className="font-medium">{name}</p>
                <p className="text-12 text-ink-3">
                  {words.from[language]} · {words.end[language]}
                </p>
                <p className="text-13">
                  {t`Hiện có ${number(held?.rows ?? 0)}, quá hạn ${number(held?.due ?? 0)}`}
                  {held?.oldest ? (
                    <>
                      {' · '}
                      {t`cũ nhất`} <Time at={held.oldest} as="absolute" />
                    </>
                  ) : null}
                </p>
                {tried ? (
                  <p className="font-medium text-13">
                    {t`Bản nháp: lượt kế tiếp xử lý ${number(tried.due)}`}
                  </p>
                ) : null}
              </div>
              <Field
                label={t`Thời hạn`}
                error={PersonalRule.safeParse(rule).success ? undefined : t`Từ 1 ngày tới 10 năm`}
              >
                <PeriodInput
                  name={t`Thời hạn: ${name}`}
                  value={rule.period}
                  onChange={(period) => set(rule.class, { period })}
                />
              </Field>
              <Field label={t`Căn cứ`}>
                <Input
                  aria-label={t`Căn cứ: ${name}`}
                  value={rule.clause}
                  maxLength={300}
                  onChange={(event) => set(rule.class, { clause: event.currentTarget.value })}
                />
              </Field>
            </li>
          )
        })}
      </ul>
      <p className="text-13 text-ink-2">{journalStays[language]}</p>
      <div className="flex flex-wrap gap-2">
        <Button
          refusal={isWrong ? refusal : undefined}
          busy={preview.isPending}
          onClick={() => preview.mutate()}
        >{t`Xem trước`}</Button>
        <Button
          refusal={isChanged ? undefined : t`Chưa có thay đổi nào`}
          onClick={() => {
            setRules(policy.rules)
            preview.reset()
          }}
        >{t`Bỏ bản nháp`}</Button>
        <Button
          look="primary"
          refusal={refusal ?? (preview.data ? undefined : t`Hãy xem trước đã`)}
          onClick={() => setAsking(true)}
        >{t`Ban hành…`}</Button>
      </div>
      {preview.error ? <Failure error={preview.error} onRetry={() => preview.mutate()} /> : null}
      {asking ? (
        <ReasonDialog
          title={t`Ban hành thời hạn lưu giữ`}
          about={t`Lượt kế tiếp xử lý những gì đã quá hạn, không khôi phục được.`}
          label={t`Lý do`}
          act={t`Ban hành`}
          error={change.error}
          busy={change.isPending}
          onGive={(reason) => change.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  )
}
