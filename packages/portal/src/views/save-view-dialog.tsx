import { type SavedView, SavedViewDraft } from '@haidang/contracts/saved-view'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Field, Input } from '../components/field.tsx'
import { text, useWrong } from '../components/form.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import { say } from '../components/toast.tsx'
import { keepView, type Search } from './use-saved-views.ts'

interface SaveViewProps {
  readonly page: string
  readonly search: Search
  /** The reader's views of this list. */
  readonly own: readonly SavedView[]
  /** The view that is shown. */
  readonly current: SavedView | undefined
  readonly onClose: () => void
}

/** Names the list as it is filtered now. */
export function SaveViewDialog({ page, search, own, current, onClose }: SaveViewProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const mine = current?.own ? current : undefined
  const save = useMutation({
    mutationFn: (draft: SavedViewDraft) => keepView(draft, own),
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ['saved-views'] })
      say(t`Đã lưu khung nhìn "${name}"`)
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const name = text(form, 'name')
    const shared = form.get('shared') !== null
    checked(SavedViewDraft.safeParse({ page, name, search, shared }), (draft) => save.mutate(draft))
  }
  return (
    <FormDialog
      title={t`Lưu khung nhìn`}
      about={t`Giữ bộ lọc, cách xếp và chế độ xem của danh sách đang mở.`}
      wrong={wrong}
      saving={save}
      onSend={send}
      onClose={onClose}
    >
      <Field
        label={t`Tên khung nhìn`}
        help={t`Trùng tên một khung nhìn của bạn thì thay khung nhìn đó.`}
        error={wrong['name']}
        className="sm:col-span-2"
      >
        <Input name="name" maxLength={80} defaultValue={mine?.name ?? ''} />
      </Field>
      <Check name="shared" defaultChecked={mine?.shared ?? false} className="sm:col-span-2">
        {t`Cho mọi người trong đơn vị dùng chung`}
      </Check>
    </FormDialog>
  )
}
