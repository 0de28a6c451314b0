import type { ReceivedMailBody } from '@haidang/contracts/received-mail'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { complain, say } from '../../components/toast.tsx'
import { saveDocument } from '../documents/save-document.ts'
import { ReasonDialog } from '../orders/reason-dialog.tsx'
import { FileDialog } from './file-dialog.tsx'
import { ReportDialog } from './report-dialog.tsx'

/** Puts an unfiled mail somewhere, dismisses it, or takes the original along. */
export function MailActs({ mail }: { mail: ReceivedMailBody }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [asked, setAsked] = useState<'file' | 'report' | 'dismiss'>()
  const close = () => setAsked(undefined)
  const unfiled = mail.state === 'unfiled'
  return (
    <>
      {unfiled ? (
        <>
          {mail.senders.length > 0 ? (
            <Button
              look="primary"
              refusal={refusal('mail.file') ?? refusal('incident-report.make')}
              onClick={() => setAsked('report')}
            >
              {t`Lập tin báo…`}
            </Button>
          ) : null}
          <Button
            look={mail.senders.length > 0 ? 'quiet' : 'primary'}
            refusal={refusal('mail.file')}
            onClick={() => setAsked('file')}
          >
            {t`Xếp vào tin báo, sự cố, lệnh…`}
          </Button>
          <Button refusal={refusal('mail.file')} onClick={() => setAsked('dismiss')}>
            {t`Bỏ qua…`}
          </Button>
        </>
      ) : null}
      {mail.has_source ? <SourceButton id={mail.id} form="came" name={t`Tải thư gốc`} /> : null}
      {mail.has_opened ? (
        <SourceButton id={mail.id} form="opened" name={t`Tải thư đã giải mã`} />
      ) : null}
      {asked === 'file' ? <FileDialog id={mail.id} onClose={close} /> : null}
      {asked === 'report' ? <ReportDialog mail={mail} onClose={close} /> : null}
      {asked === 'dismiss' ? <Dismiss id={mail.id} onClose={close} /> : null}
    </>
  )
}

interface SourceButtonProps {
  readonly id: string
  readonly form: 'came' | 'opened'
  readonly name: string
}

function SourceButton({ id, form, name }: SourceButtonProps) {
  const describe = useDescribe()
  const source = useMutation({
    mutationFn: () => api.receivedMails.source({ params: { id }, query: { form } }),
    onSuccess: saveDocument,
    onError: (error) => complain(describe(error).title),
  })
  return (
    <Button look="quiet" busy={source.isPending} onClick={() => source.mutate()}>
      {name}
    </Button>
  )
}

function Dismiss({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const dismiss = useMutation({
    mutationFn: (reason: string) => api.receivedMails.dismiss({ params: { id }, body: { reason } }),
    onSuccess: () => {
      say(t`Đã bỏ qua thư`)
      void client.invalidateQueries({ queryKey: ['mails'] })
      onClose()
    },
  })
  return (
    <ReasonDialog
      title={t`Bỏ qua thư`}
      about={t`Thư vẫn đọc được trong danh sách, với lý do.`}
      label={t`Lý do`}
      act={t`Bỏ qua thư`}
      busy={dismiss.isPending}
      error={dismiss.error}
      onSend={dismiss.mutate}
      onClose={onClose}
    />
  )
}
