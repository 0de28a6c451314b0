import { type Organisation, OrganisationDraft } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { draftIn, OrganisationFields } from './organisation-fields.tsx'
import { ReasonField } from './reason-field.tsx'

/** An organisation's own people ask for a change; the coordinator decides. */
export function ProposeButton({ organisation }: { organisation: Organisation }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button refusal={refusal('organisation.propose')} onClick={() => setOpen(true)}>
        {t`Đề nghị sửa`}
      </Button>
      {open ? <ProposeDialog organisation={organisation} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

interface ProposeDialogProps {
  readonly organisation: Organisation
  readonly onClose: () => void
}

function ProposeDialog({ organisation, onClose }: ProposeDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const ask = useMutation({
    mutationFn: (body: { change: Omit<OrganisationDraft, 'code'>; reason: string }) =>
      api.organisationRequests.ask({ params: { id: organisation.id }, body }),
    onSuccess: () => {
      say(t`Đã gửi đề nghị`)
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = OrganisationDraft.omit({ code: true }).safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) ask.mutate({ change: parsed.data, reason: text(form, 'reason') })
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Đề nghị sửa`}
      about={t`Cơ quan điều phối xem rồi chấp thuận, chấp thuận có sửa hoặc từ chối.`}
    >
      <form onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={ask.error} names={{ name: t`Tên tổ chức` }} />
        </div>
        <OrganisationFields organisation={organisation} wrong={wrong} hasCode={false} />
        <ReasonField wrong={wrong} className="sm:col-span-2" />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={ask.isPending}>{t`Gửi đề nghị`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
