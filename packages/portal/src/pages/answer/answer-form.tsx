import { type LinkAnswer, type LinkedOrder, mostLinkFiles } from '@haidang/contracts/answer-link'
import { labels } from '@haidang/contracts/labels'
import { type ActionResult, largestEvidence, type Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { base64Of } from '../../format/base64.ts'
import { newUuid } from '../../format/random-id.ts'
import { useWords } from '../../language/use-words.ts'
import { AnswerChoices } from './answer-choices.tsx'

interface AnswerFormProps {
  readonly order: Order
  /** The expected one first. */
  readonly answers: readonly LinkAnswer[]
  readonly token: string
  readonly onTaken: (answered: LinkedOrder) => void
  /** What is shown is no longer how it stands. */
  readonly onStale: () => void
}

/** One form, one button: what the answer is, what goes with it, sent. */
export function AnswerForm({ order, answers, token, onTaken, onStale }: AnswerFormProps) {
  const { t } = useLingui()
  const [answer, setAnswer] = useState<LinkAnswer>(answers[0] ?? 'read')
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [request_id, setRequest] = useState(newUuid)
  const send = useMutation({
    mutationFn: async (form: FormData) =>
      api.answerLinks.answer({
        body: {
          token,
          request_id,
          answer,
          note: text(form, 'note').trim(),
          results: answer === 'completed' ? resultsIn(form, order) : [],
          files: await filesIn(form),
          ...seenOf(order),
        },
      }),
    onSuccess: onTaken,
    onError: (error) => {
      // What was refused may be sent again in other words; what was lost on the way is sent again as it was.
      if (error instanceof Refusal) setRequest(newUuid())
      if (error instanceof Refusal && error.status === 409) onStale()
    },
  })
  const words: Record<LinkAnswer, [string, string]> = {
    read: [t`Đã đọc`, t`Đơn vị đã nhận thông tin.`],
    accepted: [t`Tiếp nhận`, t`Đơn vị sẽ thực hiện; báo cáo kết quả sau.`],
    completed: [t`Báo cáo kết quả`, t`Đã làm xong, hoặc làm được một phần và nêu lý do.`],
    help: [t`Cần hỗ trợ`, t`Đơn vị không tự làm được; nêu cần hỗ trợ gì.`],
    disputed: [t`Có ý kiến khác`, t`Lệnh không đúng hoặc không thuộc đơn vị; nêu lý do.`],
  }
  const needsNote = answer === 'help' || answer === 'disputed'
  const check = (form: FormData) => {
    const found = faultsIn(form, { answer, order, needsNote })
    const said: Record<Fault, string> = {
      reason: t`Cần ít nhất 3 ký tự`,
      size: t`Các tệp cộng lại lớn hơn 5 MB`,
      count: t`Nhiều nhất ${mostLinkFiles} tệp`,
    }
    setWrong(Object.fromEntries(found.map(([field, fault]) => [field, said[fault]])))
    if (found.length === 0) send.mutate(form)
  }
  return (
    <form noValidate onSubmit={submitted(check)} className="flex flex-col gap-4">
      <ErrorSummary
        errors={wrong}
        error={send.error}
        names={{ note: t`Nội dung`, files: t`Tệp` }}
      />
      <AnswerChoices answers={answers} words={words} chosen={answer} onChoose={setAnswer} />
      {answer === 'completed' ? <Results order={order} wrong={wrong} /> : null}
      {answer === 'read' ? null : (
        <Field
          label={t`Nội dung`}
          optional={needsNote ? undefined : t`không bắt buộc`}
          error={wrong['note']}
        >
          <Textarea name="note" rows={3} maxLength={10_000} className="text-15" />
        </Field>
      )}
      {answer === 'completed' || answer === 'help' ? (
        <Field
          label={t`Tệp bằng chứng`}
          optional={t`không bắt buộc`}
          help={t`Cộng lại nhiều nhất 5 MB`}
          error={wrong['files']}
        >
          <Input type="file" name="files" multiple className="h-auto py-1.5" />
        </Field>
      ) : null}
      <Button look="primary" type="submit" busy={send.isPending} className="min-h-11">
        {t`Gửi trả lời: ${words[answer][0]}`}
      </Button>
    </form>
  )
}

function Results({ order, wrong }: { order: Order; wrong: Errors }) {
  const { t } = useLingui()
  const { label } = useWords()
  return order.actions.map((action, index) => (
    <fieldset key={action.id} className="grid gap-2 sm:grid-cols-[160px_minmax(0,1fr)]">
      <legend className="float-left w-full pb-1 font-medium text-13 sm:col-span-2">
        {index + 1}. {label('actionKind', action.kind)}
      </legend>
      <Select name={`outcome.${action.id}`} aria-label={t`Kết quả của yêu cầu ${index + 1}`}>
        {Object.keys(labels.actionOutcome).map((outcome) => (
          <option key={outcome} value={outcome}>
            {label('actionOutcome', outcome)}
          </option>
        ))}
      </Select>
      <div>
        <Input
          name={`note.${action.id}`}
          aria-label={t`Diễn giải cho yêu cầu ${index + 1}`}
          placeholder={t`Đã làm gì, lúc nào; nếu chưa xong, vì sao`}
          maxLength={4000}
          aria-invalid={wrong[`note.${action.id}`] ? true : undefined}
        />
        {wrong[`note.${action.id}`] ? (
          <p className="pt-1 font-medium text-12 text-critical">{wrong[`note.${action.id}`]}</p>
        ) : null}
      </div>
    </fieldset>
  ))
}

type Fault = 'reason' | 'size' | 'count'

function faultsIn(
  form: FormData,
  of: { readonly answer: LinkAnswer; readonly order: Order; readonly needsNote: boolean },
): [string, Fault][] {
  const found: [string, Fault][] = []
  const results = of.answer === 'completed' ? resultsIn(form, of.order) : []
  for (const { action_id, outcome, note = '' } of results) {
    if (outcome !== 'done' && note.length < 3) found.push([`note.${action_id}`, 'reason'])
  }
  if (of.needsNote && text(form, 'note').trim().length < 3) found.push(['note', 'reason'])
  const files = chosenIn(form)
  const size = files.reduce((sum, file) => sum + file.size, 0)
  if (size > largestEvidence) found.push(['files', 'size'])
  else if (files.length > mostLinkFiles) found.push(['files', 'count'])
  return found
}

function resultsIn(form: FormData, order: Order): ActionResult[] {
  return order.actions.map(({ id }) => ({
    action_id: id,
    outcome: text(form, `outcome.${id}`) as ActionResult['outcome'],
    note: text(form, `note.${id}`).trim(),
  }))
}

function chosenIn(form: FormData): File[] {
  return form.getAll('files').filter((one) => one instanceof File && one.name !== '') as File[]
}

function filesIn(form: FormData) {
  return Promise.all(
    chosenIn(form).map(async (file) => ({
      name: file.name,
      media_type: file.type || 'application/octet-stream',
      content: await base64Of(file),
    })),
  )
}

/** The last entry shown: who answers over something newer is asked to look again. */
function seenOf(order: Order): { seen?: string } {
  const last = order.addressees[0]?.entries.at(-1)
  return last ? { seen: last.id } : {}
}
