import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { errorsOf, submitted, text } from '../../components/form.ts'
import { ReasonField } from '../organisations/reason-field.tsx'

/** Gives a draft up, with a reason. */
export function WithdrawDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const withdraw = useMutation({
    mutationFn: (reason: string) => api.forms.withdraw({ params: { id }, body: { reason } }),
    onSuccess: (form) => {
      client.setQueryData(['forms', 'one', id], form)
      void client.invalidateQueries({ queryKey: ['forms', 'list'] })
      onClose()
    },
  })
  const wrong = errorsOf(withdraw.error)
  return (
    <Dialog open onClose={onClose} title={t`Bỏ bản nháp`}>
      <form
        onSubmit={submitted((form) => withdraw.mutate(text(form, 'reason')))}
        className="flex flex-col gap-4"
      >
        <ErrorSummary errors={wrong} error={withdraw.error} />
        <ReasonField wrong={wrong} />
        <Acts>
          <Button look="danger" type="submit" busy={withdraw.isPending}>{t`Bỏ bản nháp`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
