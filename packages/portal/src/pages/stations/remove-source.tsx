import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { complain, say } from '../../components/toast.tsx'

interface RemoveSourceProps {
  readonly id: string
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
  /** After it is gone. */
  readonly onRemoved?: () => void
}

/** Asks before a source is taken out of use; its records stay. */
export function RemoveSource({ id, name, open, onClose, onRemoved }: RemoveSourceProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const describe = useDescribe()
  const remove = useMutation({
    mutationFn: () => api.sources.remove({ params: { id } }),
    onSuccess: async () => {
      say(t`Đã gỡ nguồn ${name}`)
      await client.invalidateQueries({ queryKey: ['sources'] })
      onRemoved?.()
    },
    onError: (error) => complain(describe(error).title),
  })
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t`Gỡ nguồn ${name}`}
      about={t`Nút ngừng nhận từ nguồn này. Bản ghi đã nhận vẫn còn.`}
    >
      <Acts>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate()}
        >{t`Gỡ nguồn`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </Dialog>
  )
}
