import type { RangeDraft } from '@haidang/contracts/attribution'
import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { lines, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { RangeEffect, useRangeEffect } from './range-effect.tsx'

interface AddRangesProps {
  readonly system: InformationSystem
  readonly onClose: () => void
}

/** Ranges, one a line, with the days they hold; what is wrong is said line by line. */
export function AddRangesDialog({ system, onClose }: AddRangesProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [sent, setSent] = useState<readonly RangeDraft[]>([])
  const add = useMutation({
    mutationFn: (ranges: RangeDraft[]) =>
      api.attribution.add({ params: { id: system.id }, body: { ranges } }),
    onSuccess: ({ ranges }) => {
      say(t`Đã thêm ${ranges.length} dải`)
      void client.invalidateQueries({ queryKey: ['systems'] })
      void client.invalidateQueries({ queryKey: ['attribution'] })
      onClose()
    },
  })
  const looking = useRangeEffect(system.id, ({ ranges = [] }) => add.mutate(ranges))
  const error = add.error ?? looking.error
  const send = (form: FormData) => {
    const ranges = lines(form, 'ranges').map((line) => ({
      text: line,
      valid_from: text(form, 'from') || null,
      valid_to: text(form, 'to') || null,
      note: text(form, 'note'),
    }))
    setSent(ranges)
    if (ranges.length > 0) looking.send({ ranges })
  }
  return (
    <Dialog open onClose={onClose} title={t`Thêm dải`} about={system.name} wide>
      <form onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        {error ? <Wrong error={error} sent={sent} /> : null}
        <Field
          label={t`Mỗi dòng một dải`}
          help={t`Ví dụ 203.0.113.0/24, 2001:db8::/32, example.vn, AS64500; địa chỉ web ghi đủ từ https`}
          className="sm:col-span-2"
        >
          <Textarea name="ranges" rows={6} required spellCheck={false} className="font-mono" />
        </Field>
        <Field label={t`Từ ngày`} help={t`Trống là từ trước tới nay`}>
          <Input name="from" type="date" />
        </Field>
        <Field label={t`Đến hết ngày`} help={t`Trống là còn hiệu lực`}>
          <Input name="to" type="date" />
        </Field>
        <Field label={t`Ghi chú`} className="sm:col-span-2">
          <Input name="note" maxLength={500} />
        </Field>
        {looking.effect ? <RangeEffect effect={looking.effect} /> : null}
        <Acts className="sm:col-span-2">
          <Button
            look="primary"
            type="submit"
            busy={add.isPending || looking.busy}
          >{t`Thêm`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** What is wrong with which line, as the node says it. */
function Wrong({ error, sent }: { error: Error; sent: readonly RangeDraft[] }) {
  const describe = useDescribe()
  const faults = error instanceof Refusal ? error.errors : []
  return (
    <div
      role="alert"
      className="rounded-control border-critical border-l-4 bg-critical-soft px-4 py-3 text-13 sm:col-span-2"
    >
      <p className="font-semibold text-critical">{describe(error).title}</p>
      <ul>
        {faults.map(({ field, cause, remedy }) => (
          <li key={field}>
            <code className="break-all">{sent[Number(field.split('.')[1])]?.text ?? field}</code>:{' '}
            {cause} → {remedy}
          </li>
        ))}
      </ul>
    </div>
  )
}
