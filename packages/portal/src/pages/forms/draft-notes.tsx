import type { Form } from '@haidang/contracts/form'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import type { Keeping, useDraftForm } from './use-draft-form.ts'

/** How far what one types has come. */
export function KeepingMark({ keeping, onRetry }: { keeping: Keeping; onRetry: () => void }) {
  const { t } = useLingui()
  const words: Record<Keeping, string> = {
    kept: t`Đã lưu bản nháp`,
    waiting: t`Chưa lưu`,
    saving: t`Đang lưu`,
    failed: t`Không lưu được`,
    conflict: t`Người khác đã lưu bản khác`,
  }
  const bad = keeping === 'failed' || keeping === 'conflict'
  return (
    <span className="flex items-center gap-2 text-12" role="status">
      <span className={bad ? 'font-medium text-critical' : 'text-ink-3'}>{words[keeping]}</span>
      {keeping === 'failed' ? (
        <Button size="small" onClick={onRetry}>
          {t`Lưu lại`}
        </Button>
      ) : null}
    </span>
  )
}

/** Somebody else has saved meanwhile: theirs, or one's own, as one chooses. */
export function OtherDraft({
  form,
  draft: { keeping, error, overwrite },
}: {
  form: Form
  draft: ReturnType<typeof useDraftForm>
}) {
  const { t } = useLingui()
  const client = useQueryClient()
  if (keeping !== 'conflict') return null
  const theirs = () => client.refetchQueries({ queryKey: ['forms', 'one', form.id] })
  return (
    <div
      role="alert"
      className="flex flex-col gap-2 rounded-control border-medium border-l-4 bg-medium-soft px-4 py-3 text-13"
    >
      <p className="font-semibold">{t`Người khác đã lưu bản nháp này trong lúc bạn nhập`}</p>
      {error instanceof Refusal ? <p>{error.detail}</p> : null}
      <span className="flex flex-wrap gap-2">
        <Button size="small" onClick={() => void theirs()}>{t`Dùng bản của họ`}</Button>
        <Button size="small" onClick={() => void overwrite()}>{t`Ghi đè bằng bản của tôi`}</Button>
      </span>
    </div>
  )
}

/** The form of a draft is no longer in force: what fits goes on in the one that is. */
export function RetiredNote({ form }: { form: Form }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const client = useQueryClient()
  const carry = useMutation({
    mutationFn: () => api.forms.carryOver({ params: { id: form.id } }),
    onSuccess: ({ form: next, left }) => {
      void client.invalidateQueries({ queryKey: ['forms'] })
      if (left.length > 0) say(t`Mẫu mới không có chỗ cho: ${left.join(', ')}`)
      void navigate({ to: '/forms/$id', params: { id: next.id } })
    },
  })
  return (
    <div className="flex max-w-3xl flex-col gap-2 rounded-control bg-medium-soft px-4 py-3 text-13">
      <p className="font-semibold">{t`Mẫu này đã hết hiệu lực`}</p>
      <p>
        {form.successor
          ? t`Bản nháp vẫn đọc được. Chuyển nội dung sang mẫu đang hiệu lực để nộp.`
          : t`Bản nháp vẫn đọc được. Chưa có mẫu nào thay thế.`}
      </p>
      <ErrorSummary errors={noErrors} error={carry.error} />
      {form.successor ? (
        <Button className="self-start" busy={carry.isPending} onClick={() => carry.mutate()}>
          {t`Chuyển sang mẫu mới`}
        </Button>
      ) : null}
    </div>
  )
}
