import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

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
      {open ? (
        <ReasonDialog
          title={t`Thu hồi lệnh ${order.number}`}
          about={t`Các đơn vị nhận được báo rằng lệnh không còn hiệu lực. Việc này không hoàn tác được.`}
          label={t`Lý do thu hồi`}
          act={t`Thu hồi`}
          busy={withdraw.isPending}
          error={withdraw.error}
          onSend={(reason) => withdraw.mutate(reason)}
          onClose={close}
        />
      ) : null}
    </>
  )
}
