import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { lines, noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { inputTime, instantOfInput } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

/** What the form says has changed; what it leaves as it was is not sent. */
function changeIn(form: FormData, order: Order) {
  const due = instantOfInput(text(form, 'report_due_at'))
  const situation = text(form, 'situation').trim()
  const actions = order.actions.map((action) => ({
    ...action,
    text: text(form, `text.${action.id}`).trim(),
    ...(action.by_owner ? {} : { indicators: lines(form, `indicators.${action.id}`) }),
  }))
  const isDueMoved = due !== undefined && text(form, 'report_due_at') !== dueInput(order)
  return {
    ...(situation === order.situation ? {} : { situation }),
    ...(JSON.stringify(actions) === JSON.stringify(order.actions) ? {} : { actions }),
    ...(isDueMoved ? { report_due_at: due } : {}),
  }
}

function dueInput({ report_due_at }: Order): string {
  return report_due_at ? inputTime(report_due_at) : ''
}

/** Changes what an order asks: a new version, which everybody reads and answers anew. */
export function AmendButton({ order }: { order: Order }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button refusal={refusal('order.issue')} onClick={() => setOpen(true)}>
        {t`Sửa đổi lệnh…`}
      </Button>
      {open ? <AmendDialog order={order} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function AmendDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const amend = useMutation({
    mutationFn: (form: FormData) =>
      api.orderMatrix.amend({
        params: { id: order.id },
        body: {
          ...changeIn(form, order),
          version: order.version,
          reason: text(form, 'reason').trim(),
        },
      }),
    onSuccess: ({ number, version }) => {
      say(t`Lệnh ${number}: bản ${version} thay bản trước`)
      void client.invalidateQueries({ queryKey: ['orders'] })
      onClose()
    },
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Sửa đổi lệnh ${order.number}`}
      about={t`Đơn vị chưa đóng phải đọc và trả lời lại; trả lời cho bản cũ vẫn được giữ.`}
    >
      <form onSubmit={submitted((form) => amend.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={amend.error} />
        <Field label={t`Hạn báo cáo`} help={t`Giờ Việt Nam`}>
          <Input name="report_due_at" type="datetime-local" defaultValue={dueInput(order)} />
        </Field>
        <Field label={t`Tình hình`}>
          <Textarea name="situation" rows={4} defaultValue={order.situation} maxLength={20_000} />
        </Field>
        {order.actions.map((action, index) => (
          <fieldset key={action.id} className="flex flex-col gap-2">
            <legend className="font-medium">
              {index + 1}. {label('actionKind', action.kind)}
            </legend>
            <Field label={t`Nội dung`}>
              <Textarea
                name={`text.${action.id}`}
                rows={2}
                required
                maxLength={4000}
                defaultValue={action.text}
              />
            </Field>
            {action.by_owner ? null : (
              <Field label={t`Dấu hiệu kèm theo`} optional={t`không bắt buộc`}>
                <Textarea
                  name={`indicators.${action.id}`}
                  rows={3}
                  defaultValue={action.indicators.join('\n')}
                  className="font-mono text-12"
                />
              </Field>
            )}
          </fieldset>
        ))}
        <Field label={t`Lý do sửa đổi`}>
          <Textarea name="reason" required minLength={3} maxLength={4000} rows={2} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={amend.isPending}>{t`Ban hành bản mới`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
