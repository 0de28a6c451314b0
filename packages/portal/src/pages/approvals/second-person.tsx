import type { ApprovalAct } from '@haidang/contracts/approval'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

interface SecondPerson {
  /** Opens the question where a refusal says that a second person is needed; whether it does. */
  readonly offer: (error: unknown, act: ApprovalAct) => boolean
  /** The question, where it is open. */
  readonly question: ReactNode
}

/** Whether the node refused because a second person must approve. */
export function needsSecond(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'approval.required'
}

/** An act the policy does not leave to one person is asked for instead of refused. */
export function useSecondPerson(): SecondPerson {
  const [act, setAct] = useState<ApprovalAct | null>(null)
  return {
    offer: (error, wanted) => {
      const needed = needsSecond(error)
      if (needed) setAct(wanted)
      return needed
    },
    question: act ? <AskDialog act={act} onClose={() => setAct(null)} /> : null,
  }
}

function AskDialog({ act, onClose }: { act: ApprovalAct; onClose: () => void }) {
  const { t } = useLingui()
  const { label } = useWords()
  const refusal = useRefusal()
  const client = useQueryClient()
  const navigate = useNavigate()
  const ask = useMutation({
    mutationFn: (reason: string) => api.approvals.ask({ body: { act, reason } }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ['approvals'] })
      say(t`Đã gửi đề nghị, chờ người thứ hai duyệt`)
      onClose()
      void navigate({ to: '/approvals/$id', params: { id } })
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Cần người thứ hai duyệt`}
      about={t`${label('approvalKind', act.kind)}: quy định của nút không để một người tự quyết. Gửi đề nghị, nút thực hiện đúng nội dung này ngay khi người khác duyệt.`}
    >
      <form
        onSubmit={submitted((form) => ask.mutate(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={errorsOf(ask.error)} error={ask.error} />
        <Field label={t`Lý do`} help={t`Người duyệt đọc dòng này trước tiên`}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} data-first />
        </Field>
        <Acts>
          <Button
            look="primary"
            type="submit"
            busy={ask.isPending}
            refusal={refusal('approval.ask')}
          >
            {t`Gửi đề nghị`}
          </Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
