import { type PlanEntry, PlanStage } from '@haidang/contracts/estate'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

/** Plans the station of one organisation; the rest of its way shows by itself. */
export function PlanDialog({ entry, onClose }: { entry: PlanEntry; onClose: () => void }) {
  const { t } = useLingui()
  const { label } = useWords()
  const client = useQueryClient()
  const plan = useMutation({
    mutationFn: (form: FormData) =>
      api.estate.setPlan({
        params: { id: entry.id },
        body: {
          stage: text(form, 'stage') as PlanStage,
          due_on: text(form, 'due_on') || null,
          note: text(form, 'note'),
          reason: text(form, 'reason'),
        },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['estate'] })
      onClose()
    },
  })
  const stage = PlanStage.safeParse(entry.state).data ?? 'planned'
  return (
    <Dialog
      open
      onClose={onClose}
      title={entry.name}
      about={t`Khi trạm đã xin kết nối, tình trạng theo chính trạm đó; miễn trạm thì giữ nguyên.`}
    >
      <form onSubmit={submitted((form) => plan.mutate(form))} className="flex flex-col gap-4">
        <ErrorSummary errors={errorsOf(plan.error)} error={plan.error} />
        <Field label={t`Giai đoạn`}>
          <Select name="stage" defaultValue={stage}>
            {PlanStage.options.map((one) => (
              <option key={one} value={one}>
                {label('planState', one)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Hạn riêng`} help={t`Để trống: theo quy định.`}>
          <Input type="date" name="due_on" defaultValue={entry.own_due_on ?? ''} />
        </Field>
        <Field label={t`Ghi chú`}>
          <Textarea name="note" maxLength={2_000} defaultValue={entry.note} />
        </Field>
        <Field label={t`Lý do, căn cứ`}>
          <Textarea name="reason" required minLength={3} maxLength={1_000} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={plan.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
