import type { Addressee, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from './reason-dialog.tsx'

/** Withdraws the order for one addressee; it holds for the others. */
export function ReleaseButton({ order, addressee }: { order: Order; addressee: Addressee }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const { organisation_id, organisation_name } = addressee
  const release = useMutation({
    mutationFn: (reason: string) =>
      api.orderMatrix.release({
        params: { id: order.id, organisation: organisation_id },
        body: { reason },
      }),
    onSuccess: () => {
      say(t`Đã thu hồi lệnh đối với ${organisation_name}`)
      void client.invalidateQueries({ queryKey: ['orders'] })
      close()
    },
  })
  return (
    <>
      <Button size="small" refusal={refusal('order.issue')} onClick={() => setOpen(true)}>
        {t`Thu hồi với đơn vị này…`}
      </Button>
      {open ? (
        <ReasonDialog
          title={t`Thu hồi lệnh đối với ${organisation_name}`}
          about={t`Lệnh vẫn có hiệu lực với các đơn vị khác.`}
          label={t`Lý do thu hồi`}
          act={t`Thu hồi`}
          busy={release.isPending}
          error={release.error}
          onSend={(reason) => release.mutate(reason)}
          onClose={close}
        />
      ) : null}
    </>
  )
}
