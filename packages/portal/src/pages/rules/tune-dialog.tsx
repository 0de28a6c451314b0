import { type LibraryRule, TuningDraft } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { inputTime, instantOfInput, secondsFromNow } from '../../format/instant.ts'

interface TuneDialogProps {
  readonly rule: Pick<LibraryRule, 'id' | 'title'>
  readonly onClose: () => void
}

const usualSeconds = 30 * 86_400

/** Leaves something out of a rule for a time, without a change of its text. */
export function TuneDialog({ rule, onClose }: TuneDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [expiry] = useState(() => inputTime(secondsFromNow(usualSeconds)))
  const tune = useMutation({
    mutationFn: (body: TuningDraft) => api.ruleLibrary.tune({ params: { id: rule.id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['rule-tunings'] })
      say(t`Đã thêm tinh chỉnh; có hiệu lực từ bộ luật kế tiếp`)
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = TuningDraft.safeParse({
      selection: text(form, 'selection').trimEnd(),
      reason: text(form, 'reason'),
      expires_at: instantOfInput(text(form, 'expires_at')),
    })
    setWrong(issues(parsed))
    if (parsed.success) tune.mutate(parsed.data)
  }
  const names = { selection: t`Bỏ qua khi`, reason: t`Lý do`, expires_at: t`Hết hạn` }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Tinh chỉnh luật ${rule.title}`}
      about={t`Nội dung luật không đổi. Phần bỏ qua đi cùng bộ luật kế tiếp và tự hết hiệu lực khi tới hạn.`}
    >
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={tune.error} names={names} />
        <Field
          label={names.selection}
          help={t`Điều kiện Sigma dạng YAML, mỗi trường một dòng`}
          error={wrong['selection']}
        >
          <Textarea
            name="selection"
            rows={4}
            spellCheck={false}
            className="font-mono text-12"
            placeholder={'User: backup\nImage|endswith: \\robocopy.exe'}
          />
        </Field>
        <Field label={names.reason} error={wrong['reason']}>
          <Textarea name="reason" rows={2} maxLength={4000} />
        </Field>
        <Field label={names.expires_at} help={t`Trong vòng 366 ngày`} error={wrong['expires_at']}>
          <Input name="expires_at" type="datetime-local" defaultValue={expiry} className="w-56" />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={tune.isPending}>{t`Thêm tinh chỉnh`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
