import type { Expert } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors, submitted } from '../../components/form.ts'

/** Asks before what is kept of somebody is deleted: nothing brings it back. */
export function RemoveExpertDialog({ expert, onClose }: { expert: Expert; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const params = { id: expert.organisation_id, expert: expert.id }
  const remove = useMutation({
    mutationFn: () => api.experts.remove({ params }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['experts'] })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Xóa chuyên gia ${expert.name}`}
      about={t`Mọi thông tin đang giữ về người này bị xóa hẳn, không lấy lại được.`}
    >
      <form onSubmit={submitted(() => remove.mutate())}>
        <ErrorSummary errors={noErrors} error={remove.error} />
        <Acts>
          <Button look="danger" type="submit" busy={remove.isPending}>{t`Xóa`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
