import type { IssuedDocument } from '@haidang/contracts/document'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'

/** Withdraws a document of one's own; an order takes its document along when it is withdrawn itself. */
export function WithdrawDocument({ document }: { document: IssuedDocument }) {
  const { t } = useLingui()
  const me = useMe()
  const refusal = useRefusal()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const { id, number } = document
  const withdraw = useMutation({
    mutationFn: (reason: string) => api.documents.withdraw({ params: { id }, body: { reason } }),
    onSuccess: () => {
      say(t`Đã thu hồi văn bản ${number}`)
      void client.invalidateQueries({ queryKey: ['documents'] })
      close()
    },
  })
  const isOwn = document.issuer_id === me.person.organisation_id
  const isOrder = document.kind === 'order' || document.kind === 'request'
  if (document.state !== 'issued' || !isOwn || isOrder) return null
  return (
    <>
      <Button
        look="danger"
        size="small"
        refusal={refusal('document.manage')}
        onClick={() => setOpen(true)}
      >
        {t`Thu hồi…`}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={t`Thu hồi văn bản ${number}`}
        about={t`Ai kiểm tra văn bản này sẽ thấy nó không còn hiệu lực. Việc này không hoàn tác được.`}
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
