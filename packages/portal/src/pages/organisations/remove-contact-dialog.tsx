import type { ContactPoint } from '@haidang/contracts/contact-point'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { ReasonField } from './reason-field.tsx'

/** Asks that a contact point be removed; the coordinator decides. */
export function RemoveContactDialog({
  contact,
  onClose,
}: {
  contact: ContactPoint
  onClose: () => void
}) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const ask = useMutation({
    mutationFn: (reason: string) =>
      api.organisationRequests.askContact({
        params: { id: contact.organisation_id },
        body: { contact: { act: 'remove', contact_id: contact.id }, reason },
      }),
    onSuccess: () => {
      say(t`Đã gửi đề nghị`)
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Đề nghị xóa đầu mối ${contact.name}`}
      about={t`Cơ quan điều phối xem rồi chấp thuận hoặc từ chối.`}
    >
      <form
        onSubmit={submitted((form) => ask.mutate(text(form, 'reason')))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={wrong} error={ask.error} />
        <ReasonField wrong={wrong} />
        <Acts>
          <Button look="primary" type="submit" busy={ask.isPending}>{t`Gửi đề nghị`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
