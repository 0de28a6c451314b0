import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

export function WithdrawButton({ order }: { order: Order }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const withdraw = useMutation({
    mutationFn: (reason: string) =>
      api.orders.withdraw({ params: { id: order.id }, body: { reason } }),
    onSuccess: () => {
      say(t`Đã thu hồi lệnh ${order.number}`)
      void client.invalidateQueries({ queryKey: ['orders'] })
      close()
    },
  })
  return (
    <>
      <Button look="danger" refusal={refusal('order.issue')} onClick={() => setOpen(true)}>
        {t`Thu hồi lệnh…`}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t`Thu hồi lệnh ${order.number}`}
        about={t`Các đơn vị nhận được báo rằng lệnh không còn hiệu lực. Việc này không hoàn tác được.`}
      >
        <form
          onSubmit={submitted((form) => withdraw.mutate(text(form, 'reason').trim()))}
          className="flex flex-col gap-4"
        >
          <ErrorSummary errors={noErrors} error={withdraw.error} />
          <Field label={t`Lý do thu hồi`}>
            <Textarea name="reason" required minLength={3} maxLength={4000} autoFocus />
          </Field>
          <Acts>
            <Button look="danger" type="submit" busy={withdraw.isPending}>{t`Thu hồi`}</Button>
            <Button look="quiet" onClick={close}>{t`Thôi`}</Button>
          </Acts>
        </form>
      </Dialog>
    </>
  )
}
