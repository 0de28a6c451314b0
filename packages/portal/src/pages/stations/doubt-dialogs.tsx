import { type Doubt, DoubtDraft } from '@haidang/contracts/doubt'
import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text, useIssues } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { instantOfInput } from '../../format/instant.ts'

function useSettled(onClose: () => void, words: string) {
  const client = useQueryClient()
  return () => {
    say(words)
    void client.invalidateQueries({ queryKey: ['doubts'] })
    void client.invalidateQueries({ queryKey: ['alerts'] })
    onClose()
  }
}

/** Asks from when to when, and why. */
export function MarkDoubtDialog({ station, onClose }: { station: Station; onClose: () => void }) {
  const { t } = useLingui()
  const issues = useIssues()
  const [errors, setErrors] = useState<Errors>(noErrors)
  const onSuccess = useSettled(onClose, t`Đã đánh dấu`)
  const mark = useMutation({
    mutationFn: (body: DoubtDraft) => api.doubts.mark({ params: { id: station.id }, body }),
    onSuccess,
  })
  const send = (form: FormData) => {
    const ends = text(form, 'ends_at')
    const read = DoubtDraft.safeParse({
      basis: text(form, 'basis'),
      starts_at: instantOfInput(text(form, 'starts_at')),
      ends_at: ends === '' ? null : instantOfInput(ends),
      reason: text(form, 'reason'),
    })
    const found = issues(read)
    setErrors('ends_at' in found ? { ...found, ends_at: t`Phải sau lúc bắt đầu` } : found)
    if (read.success) mark.mutate(read.data)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Đánh dấu dữ liệu của ${station.name} là đáng ngờ`}
      about={t`Cảnh báo trong khoảng này được giữ nguyên, nhưng mang dấu và lý do trên trang cảnh báo. Gỡ được bất cứ lúc nào.`}
    >
      <form onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={errors} error={mark.error} />
        <Field label={t`Tính theo`}>
          <Select name="basis" defaultValue="received">
            <option value="received">{t`lúc nút này nhận được`}</option>
            <option value="occurred">{t`lúc sự việc xảy ra, theo bản ghi`}</option>
          </Select>
        </Field>
        <Field label={t`Từ`} error={errors['starts_at']}>
          <Input name="starts_at" type="datetime-local" required />
        </Field>
        <Field
          label={t`Đến`}
          optional
          help={t`Để trống: tới khi gỡ đánh dấu.`}
          error={errors['ends_at']}
        >
          <Input name="ends_at" type="datetime-local" />
        </Field>
        <Field label={t`Lý do`} error={errors['reason']}>
          <Textarea name="reason" required minLength={3} maxLength={1000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={mark.isPending}>{t`Đánh dấu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

/** Asks why the data are relied on again. */
export function LiftDoubtDialog({ doubt, onClose }: { doubt: Doubt; onClose: () => void }) {
  const { t } = useLingui()
  const onSuccess = useSettled(onClose, t`Đã gỡ đánh dấu`)
  const lift = useMutation({
    mutationFn: (reason: string) => api.doubts.lift({ params: { id: doubt.id }, body: { reason } }),
    onSuccess,
  })
  return (
    <Dialog open onClose={onClose} title={t`Gỡ đánh dấu đáng ngờ`} about={doubt.reason}>
      <form
        onSubmit={submitted((form) => lift.mutate(text(form, 'reason').trim()))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={noErrors} error={lift.error} />
        <Field label={t`Lý do`}>
          <Textarea name="reason" required minLength={3} maxLength={1000} autoFocus />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={lift.isPending}>{t`Gỡ đánh dấu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
