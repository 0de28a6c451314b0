import type { Advisory } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { ReasonDialog } from '../orders/reason-dialog.tsx'

/** Begins the next version; what is in force stays so until that is published. */
export function ReviseButton({ advisory: { id } }: { advisory: Advisory }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const navigate = useNavigate()
  const client = useQueryClient()
  const revise = useMutation({
    mutationFn: () => api.advisoryDrafts.revise({ params: { id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['advisories'] })
      void navigate({ to: '/advisories/drafts/$id', params: { id } })
    },
  })
  return (
    <>
      <ErrorSummary errors={noErrors} error={revise.error} />
      <Button
        refusal={refusal('advisory.write')}
        busy={revise.isPending}
        onClick={() => revise.mutate()}
      >
        {t`Soạn bản mới`}
      </Button>
    </>
  )
}

export function CancelButton({ advisory: { id, number } }: { advisory: Advisory }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const cancel = useMutation({
    mutationFn: (reason: string) => api.advisories.cancel({ params: { id }, body: { reason } }),
    onSuccess: () => {
      say(t`Đã hủy cảnh báo ${number}`)
      void client.invalidateQueries({ queryKey: ['advisories'] })
      close()
    },
  })
  return (
    <>
      <Button look="danger" refusal={refusal('advisory.publish')} onClick={() => setOpen(true)}>
        {t`Hủy cảnh báo…`}
      </Button>
      {open ? (
        <ReasonDialog
          title={t`Hủy cảnh báo ${number}`}
          about={t`Nơi nhận thấy cảnh báo không còn hiệu lực và không trả lời nữa. Việc này không hoàn tác được.`}
          label={t`Lý do hủy`}
          act={t`Hủy cảnh báo`}
          busy={cancel.isPending}
          error={cancel.error}
          onSend={(reason) => cancel.mutate(reason)}
          onClose={close}
        />
      ) : null}
    </>
  )
}
