import { labels } from '@haidang/contracts/labels'
import type { ActionResult, Addressee, EvidenceFile, Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { base64Of } from '../../format/base64.ts'
import { useWords } from '../../language/use-words.ts'
import { useOrderStep } from './use-order-step.ts'

export type AnswerStep = 'accepted' | 'disputed' | 'acting' | 'progressed' | 'completed'

interface AnswerDialogProps {
  readonly order: Order
  readonly own: Addressee
  readonly step: AnswerStep
  readonly title: string
  readonly onClose: () => void
}

function resultsIn(form: FormData, order: Order): ActionResult[] {
  return order.actions.map(({ id }) => ({
    action_id: id,
    outcome: text(form, `outcome.${id}`) as ActionResult['outcome'],
    note: text(form, `note.${id}`).trim(),
  }))
}

/** An answer with words: progress, result of each required action, evidence, or why not. */
export function AnswerDialog({ order, own, step, title, onClose }: AnswerDialogProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [files, setFiles] = useState<readonly EvidenceFile[]>([])
  const [missing, setMissing] = useState(false)
  const withResults = step === 'completed'
  const answer = useOrderStep(
    (body: { step: AnswerStep; note: string; results: ActionResult[] }) =>
      api.orders.answer({
        params: { id: order.id },
        body: {
          organisation_id: own.organisation_id,
          evidence: files.map(({ id }) => id),
          version: order.version,
          ...body,
        },
      }),
    onClose,
  )
  const send = (form: FormData) => {
    const note = text(form, 'note').trim()
    if (!withResults && !note) setMissing(true)
    else answer.mutate({ step, note, results: withResults ? resultsIn(form, order) : [] })
  }
  return (
    <Dialog open onClose={onClose} title={title} about={`${order.number} · ${order.title}`} wide>
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={noErrors} error={answer.error} />
        {withResults
          ? order.actions.map((action, index) => (
              <fieldset
                key={action.id}
                className="grid gap-2 border-b pb-4 sm:grid-cols-[180px_minmax(0,1fr)]"
              >
                <legend className="float-left w-full pb-1 font-medium sm:col-span-2">
                  {index + 1}. {label('actionKind', action.kind)}: {action.text}
                </legend>
                <Select
                  name={`outcome.${action.id}`}
                  aria-label={t`Kết quả của yêu cầu ${index + 1}`}
                >
                  {Object.keys(labels.actionOutcome).map((outcome) => (
                    <option key={outcome} value={outcome}>
                      {label('actionOutcome', outcome)}
                    </option>
                  ))}
                </Select>
                <Input
                  name={`note.${action.id}`}
                  aria-label={t`Diễn giải cho yêu cầu ${index + 1}`}
                  placeholder={t`Đã làm gì, lúc nào, còn gì`}
                  maxLength={4000}
                />
              </fieldset>
            ))
          : null}
        <Field
          label={step === 'disputed' ? t`Ý kiến của đơn vị` : t`Nội dung báo cáo`}
          optional={withResults ? t`không bắt buộc` : undefined}
          error={missing ? t`Chưa nhập` : undefined}
        >
          <Textarea name="note" rows={4} maxLength={10_000} className="text-15" />
        </Field>
        {step === 'disputed' ? null : (
          <EvidenceUpload
            order={order}
            files={files}
            onStored={(file) => setFiles((old) => [...old, file])}
          />
        )}
        <Acts>
          <Button look="primary" type="submit" busy={answer.isPending}>{t`Gửi`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

interface EvidenceUploadProps {
  readonly order: Order
  readonly files: readonly EvidenceFile[]
  readonly onStored: (file: EvidenceFile) => void
}

const maximumBytes = 5_000_000

function EvidenceUpload({ order, files, onStored }: EvidenceUploadProps) {
  const { t } = useLingui()
  const { bytes } = useWords()
  const [tooLarge, setTooLarge] = useState(false)
  const store = useMutation({
    mutationFn: async (file: File) =>
      api.orders.attach({
        params: { id: order.id },
        body: {
          name: file.name,
          media_type: file.type || 'application/octet-stream',
          content: await base64Of(file),
        },
      }),
    onSuccess: onStored,
  })
  const take = (chosen: FileList | null) => {
    setTooLarge([...(chosen ?? [])].some(({ size }) => size > maximumBytes))
    for (const file of chosen ?? []) if (file.size <= maximumBytes) store.mutate(file)
  }
  return (
    <div className="flex flex-col gap-2">
      <ErrorSummary errors={noErrors} error={store.error} />
      <Field
        label={t`Tệp bằng chứng`}
        optional={t`không bắt buộc`}
        help={t`Mỗi tệp nhiều nhất 5 MB`}
        error={tooLarge ? t`Có tệp lớn hơn 5 MB nên chưa gửi` : undefined}
      >
        <Input
          type="file"
          multiple
          disabled={store.isPending}
          onChange={(event) => take(event.currentTarget.files)}
          className="h-auto py-1.5"
        />
      </Field>
      {files.map((file) => (
        <p key={file.id} className="flex items-center gap-2 text-13">
          <Paperclip aria-hidden="true" className="size-3.5 text-ink-3" />
          {file.name} <span className="text-12 text-ink-3">{bytes(file.size)}</span>
        </p>
      ))}
    </div>
  )
}
