import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { complain, say } from '../../components/toast.tsx'
import { AnswerFileButton } from './answer-file.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'

/** Let it in, turn it away, or shut it out. */
export function StationActs({ station }: { station: Station }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const describe = useDescribe()
  const client = useQueryClient()
  const [asked, setAsked] = useState<'reject' | 'revoke' | 'replace' | null>(null)
  const manage = refusal('station.manage')
  const approve = useMutation({
    mutationFn: () => api.stations.approve({ params: { id: station.id } }),
    onSuccess: () => {
      say(t`Đã duyệt ${station.name}`)
      void client.invalidateQueries({ queryKey: ['stations'] })
    },
    onError: (error) => complain(describe(error).title),
  })
  const admitted = ['connected', 'quiet', 'silent'].includes(station.state) && !station.local
  return (
    <>
      {station.state === 'pending' ? (
        <>
          <Button
            look="primary"
            refusal={manage}
            busy={approve.isPending}
            onClick={() => approve.mutate()}
          >
            {t`Duyệt trạm`}
          </Button>
          <Button refusal={manage} onClick={() => setAsked('reject')}>{t`Từ chối…`}</Button>
        </>
      ) : null}
      {station.local || station.replaced_by || station.state === 'pending' ? null : (
        <Button refusal={manage} onClick={() => setAsked('replace')}>{t`Thay máy…`}</Button>
      )}
      {admitted && station.asked_by_file ? <AnswerFileButton station={station} /> : null}
      {admitted ? (
        <Button
          look="danger"
          refusal={manage}
          onClick={() => setAsked('revoke')}
        >{t`Thu hồi chứng thư…`}</Button>
      ) : null}
      {asked === 'replace' ? (
        <ReplaceDialog station={station} onClose={() => setAsked(null)} />
      ) : null}
      {asked === 'reject' || asked === 'revoke' ? (
        <ReasonDialog station={station} act={asked} onClose={() => setAsked(null)} />
      ) : null}
    </>
  )
}

interface ReasonDialogProps {
  readonly station: Station
  readonly act: 'reject' | 'revoke'
  readonly onClose: () => void
}

function ReasonDialog({ station, act, onClose }: ReasonDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [typed, setTyped] = useState('')
  const run = useMutation({
    mutationFn: (reason: string) =>
      api.stations[act]({ params: { id: station.id }, body: { reason } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['stations'] })
      onClose()
    },
  })
  const revoking = act === 'revoke'
  const sure = !revoking || typed.trim() === station.name
  return (
    <Dialog
      open
      onClose={onClose}
      title={revoking ? t`Thu hồi chứng thư của ${station.name}` : t`Từ chối ${station.name}`}
      about={
        revoking
          ? t`Trạm bị cắt kết nối ngay. Muốn nối lại phải cấp mã mới và duyệt lại. Dữ liệu đã gửi vẫn còn; không tin được thì đánh dấu ở mục Độ tin cậy của dữ liệu.`
          : undefined
      }
    >
      <form
        onSubmit={submitted((form) => run.mutate(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={run.error} />
        <Field label={t`Lý do`}>
          <Textarea name="reason" required minLength={3} maxLength={1000} autoFocus />
        </Field>
        {revoking ? (
          <Field label={t`Gõ tên trạm để xác nhận`} help={station.name}>
            <Input autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
          </Field>
        ) : null}
        <Acts>
          <Button
            look="danger"
            type="submit"
            busy={run.isPending}
            refusal={sure ? undefined : t`Gõ đúng tên trạm trước`}
          >
            {revoking ? t`Thu hồi` : t`Từ chối`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
