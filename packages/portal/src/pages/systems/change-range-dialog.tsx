import type { SystemRange } from '@haidang/contracts/attribution'
import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { RangeEffect, useRangeEffect } from './range-effect.tsx'
import { LooksLike } from './whose-tab.tsx'

interface ChangeRangeProps {
  readonly system: InformationSystem
  readonly range: SystemRange
  readonly onClose: () => void
}

/** Ends a range, changes its days, or takes it out where it was a mistake. */
export function ChangeRangeDialog({ system, range, onClose }: ChangeRangeProps) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const params = { id: system.id, range: range.id }
  const done = () => {
    void client.invalidateQueries({ queryKey: ['systems'] })
    void client.invalidateQueries({ queryKey: ['attribution'] })
    onClose()
  }
  const change = useMutation({
    mutationFn: (body: { valid_from: string | null; valid_to: string | null; note: string }) =>
      api.attribution.change({ params, body }),
    onSuccess: done,
  })
  const remove = useMutation({
    mutationFn: () => api.attribution.remove({ params }),
    onSuccess: done,
  })
  const confirm = useMutation({
    mutationFn: () =>
      api.attribution.confirm({ params: { id: system.id }, body: { ranges: [range.id] } }),
    onSuccess: done,
  })
  const [note, setNote] = useState(range.note)
  const looking = useRangeEffect(system.id, ({ remove: isRemoval, valid_from, valid_to }) => {
    if (isRemoval) remove.mutate()
    else change.mutate({ valid_from: valid_from ?? null, valid_to: valid_to ?? null, note })
  })
  const send = (form: FormData) =>
    looking.send({
      range: range.id,
      valid_from: text(form, 'from') || null,
      valid_to: text(form, 'to') || null,
    })
  return (
    <Dialog
      open
      onClose={onClose}
      title={range.shown}
      about={t`Dải đã chuyển cho đơn vị khác thì đặt ngày cuối, để việc trước đó vẫn thuộc về hệ thống này. Chỉ xóa khi khai nhầm.`}
    >
      <form onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary
            errors={noErrors}
            error={change.error ?? remove.error ?? confirm.error ?? looking.error}
          />
          {range.looks_like ? <LooksLike name={range.looks_like} /> : null}
        </div>
        <Field label={t`Từ ngày`}>
          <Input name="from" type="date" defaultValue={range.valid_from ?? ''} />
        </Field>
        <Field label={t`Đến hết ngày`}>
          <Input name="to" type="date" defaultValue={range.valid_to ?? ''} />
        </Field>
        <Field label={t`Ghi chú`} className="sm:col-span-2">
          <Input
            name="note"
            maxLength={500}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        </Field>
        {looking.effect ? <RangeEffect effect={looking.effect} /> : null}
        <Acts className="sm:col-span-2">
          <Button
            look="primary"
            type="submit"
            busy={change.isPending || looking.busy}
          >{t`Lưu`}</Button>
          {range.confirmed ? null : (
            <Button
              refusal={refusal('system.approve')}
              busy={confirm.isPending}
              onClick={() => confirm.mutate()}
            >{t`Xác nhận dải`}</Button>
          )}
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          <Button
            look="danger"
            className="mr-auto"
            busy={remove.isPending}
            onClick={() => looking.send({ range: range.id, remove: true })}
          >{t`Xóa dải`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
