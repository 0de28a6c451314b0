import type { SystemRange } from '@haidang/contracts/attribution'
import type { InformationSystem } from '@haidang/contracts/system'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { LooksLike } from './whose-tab.tsx'

interface ChangeRangeProps {
  readonly system: InformationSystem
  readonly range: SystemRange
  readonly onClose: () => void
}

/** Ends a range, changes its days, or takes it out where it was a mistake. */
export function ChangeRangeDialog({ system, range, onClose }: ChangeRangeProps) {
  const { t } = useLingui()
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
  const send = (form: FormData) =>
    change.mutate({
      valid_from: text(form, 'from') || null,
      valid_to: text(form, 'to') || null,
      note: text(form, 'note'),
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
          <ErrorSummary errors={noErrors} error={change.error ?? remove.error} />
          {range.looks_like ? <LooksLike name={range.looks_like} /> : null}
        </div>
        <Field label={t`Từ ngày`}>
          <Input name="from" type="date" defaultValue={range.valid_from ?? ''} />
        </Field>
        <Field label={t`Đến hết ngày`}>
          <Input name="to" type="date" defaultValue={range.valid_to ?? ''} />
        </Field>
        <Field label={t`Ghi chú`} className="sm:col-span-2">
          <Input name="note" maxLength={500} defaultValue={range.note} />
        </Field>
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={change.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          <Button
            look="danger"
            className="mr-auto"
            busy={remove.isPending}
            onClick={() => remove.mutate()}
          >{t`Xóa dải`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
