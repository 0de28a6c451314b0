import type { Assessment } from '@haidang/contracts/advisory'
import type { LinkedAdvisory } from '@haidang/contracts/advisory-answer-link'
import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text } from '../../components/form.ts'
import { newUuid } from '../../format/random-id.ts'
import { useWords } from '../../language/use-words.ts'
import { AnswerChoices } from './answer-choices.tsx'
import type { Opened } from './link-page.tsx'

interface AdvisoryAnswerFormProps
  extends Pick<Opened<LinkedAdvisory>, 'token' | 'onTaken' | 'onStale'> {
  readonly answers: readonly Assessment[]
}

/** What it means at the organisation, said in one form; nothing is chosen for it. */
export function AdvisoryAnswerForm({ answers, token, onTaken, onStale }: AdvisoryAnswerFormProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const [assessment, setAssessment] = useState<Assessment>()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [request_id, setRequest] = useState(newUuid)
  const send = useMutation({
    mutationFn: (said: { readonly assessment: Assessment; readonly note: string }) =>
      api.advisoryAnswerLinks.answer({
        body: { token, request_id, assessment: said.assessment, note: said.note },
      }),
    onSuccess: onTaken,
    onError: (error) => {
      // What was refused may be sent again in other words; what was lost on the way is sent again as it was.
      if (error instanceof Refusal) setRequest(newUuid())
      if (error instanceof Refusal && error.status === 409) onStale()
    },
  })
  const words: Record<Assessment, [string, string]> = {
    affected: [label('assessment', 'affected'), t`Đơn vị đang dùng và chưa xử lý xong.`],
    not_affected: [label('assessment', 'not_affected'), t`Đơn vị không dùng, hoặc không dính lỗi.`],
    patched: [label('assessment', 'patched'), t`Đã cập nhật bản sửa lỗi trên mọi máy.`],
    mitigated: [label('assessment', 'mitigated'), t`Chưa vá, nhưng đã chặn được cách khai thác.`],
    need_help: [label('assessment', 'need_help'), t`Đơn vị không tự làm được; nêu cần hỗ trợ gì.`],
  }
  const needsNote = assessment === 'need_help'
  const check = (form: FormData) => {
    const note = text(form, 'note').trim()
    const found: Errors = {
      ...(assessment === undefined ? { answer: t`Chưa chọn` } : {}),
      ...(needsNote && note.length < 3 ? { note: t`Nêu cần hỗ trợ gì` } : {}),
    }
    setWrong(found)
    if (assessment !== undefined && Object.keys(found).length === 0) {
      send.mutate({ assessment, note })
    }
  }
  return (
    <form noValidate onSubmit={submitted(check)} className="flex flex-col gap-4">
      <ErrorSummary
        errors={wrong}
        error={send.error}
        names={{ answer: t`Trả lời của đơn vị`, note: t`Diễn giải` }}
      />
      <AnswerChoices answers={answers} words={words} chosen={assessment} onChoose={setAssessment} />
      <Field
        label={t`Diễn giải`}
        optional={needsNote ? undefined : t`không bắt buộc`}
        help={t`Đã làm gì, còn gì, cần hỗ trợ gì`}
        error={wrong['note']}
      >
        <Textarea name="note" rows={3} maxLength={4000} className="text-15" />
      </Field>
      <Button look="primary" type="submit" busy={send.isPending} className="min-h-11">
        {assessment ? t`Gửi trả lời: ${words[assessment][0]}` : t`Gửi trả lời`}
      </Button>
    </form>
  )
}
