import type { Finding, Inspection } from '@haidang/contracts/inspection'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { Pill } from '../../components/pill.tsx'
import { inputTime, plainDate, secondsFromNow } from '../../format/instant.ts'

/** What an inspection found, until when it is to be remedied, and that it was. */
export function InspectionFindings({ inspection }: { inspection: Inspection }) {
  const { t } = useLingui()
  if (inspection.findings.length === 0) {
    return <p className="text-13 text-ink-2">{t`Không có tồn tại.`}</p>
  }
  return (
    <ol className="flex flex-col divide-y divide-line border-line border-y">
      {inspection.findings.map((finding, place) => (
        <li key={place} className="flex flex-col gap-2 py-2 text-13">
          <span>{finding.text}</span>
          <State finding={finding} />
          {inspection.signed_at !== null && finding.remedied_on === null ? (
            <Remedy inspection={inspection} place={place} />
          ) : null}
        </li>
      ))}
    </ol>
  )
}

function State({ finding: { remedied_on, remedy_note, remedy_by } }: { finding: Finding }) {
  const { t } = useLingui()
  if (remedied_on !== null) {
    const day = plainDate(remedied_on)
    return (
      <span className="flex flex-wrap items-center gap-2 text-ink-2">
        <Pill tone="good">{t`Đã khắc phục ${day}`}</Pill> {remedy_note}
      </span>
    )
  }
  if (remedy_by === null) return <span className="text-ink-3">{t`Chưa đặt hạn`}</span>
  const day = plainDate(remedy_by)
  const late = remedy_by < inputTime(secondsFromNow(0)).slice(0, 10)
  return (
    <span>
      <Pill tone={late ? 'critical' : 'medium'}>
        {late ? t`Quá hạn ${day}` : t`Hạn khắc phục ${day}`}
      </Pill>
    </span>
  )
}

function Remedy({ inspection, place }: { inspection: Inspection; place: number }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const remedy = useMutation({
    mutationFn: (form: FormData) =>
      api.inspections.remedy({
        params: { id: inspection.id },
        body: {
          finding: place,
          remedied_on: text(form, 'remedied_on'),
          note: text(form, 'note'),
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['inspections'] })
      void client.invalidateQueries({ queryKey: ['estate'] })
    },
  })
  if (!open) {
    return (
      <Button
        size="small"
        className="self-start"
        refusal={refusal('station.manage')}
        onClick={() => setOpen(true)}
      >{t`Đã khắc phục…`}</Button>
    )
  }
  return (
    <form
      onSubmit={submitted((form) => remedy.mutate(form))}
      className="grid items-end gap-3 sm:grid-cols-[150px_minmax(0,1fr)_auto]"
    >
      <Field label={t`Ngày khắc phục`}>
        <Input
          type="date"
          name="remedied_on"
          required
          defaultValue={inputTime(secondsFromNow(0)).slice(0, 10)}
        />
      </Field>
      <Field label={t`Đã làm gì`}>
        <Input name="note" required minLength={3} maxLength={2_000} />
      </Field>
      <Button type="submit" look="primary" busy={remedy.isPending}>{t`Ghi`}</Button>
      <div className="sm:col-span-3">
        <ErrorSummary errors={errorsOf(remedy.error)} error={remedy.error} />
      </div>
    </form>
  )
}
