import { type SavedView, SavedViewDraft } from '@haidang/contracts/saved-view'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Field, Input } from '../components/field.tsx'
import { text, useWrong } from '../components/form.ts'
import { FormDialog } from '../components/form-dialog.tsx'
import { say } from '../components/toast.tsx'
import { keepView } from './use-saved-views.ts'

interface SaveViewProps {
  /** The list as it is shown. */
  readonly draft: SavedViewDraft
  /** One’s view that gets another name, or is shared or no longer; a new one without. */
  readonly edited: SavedView | undefined
  /** The reader’s views of this list. */
  readonly own: readonly SavedView[]
  readonly onClose: () => void
}

/** Names the list as it is filtered now. */
export function SaveViewDialog({ draft, edited, own, onClose }: SaveViewProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: (named: SavedViewDraft) => keepView(named, edited, own),
    onSuccess: async ({ name }) => {
      await client.invalidateQueries({ queryKey: ['saved-views'] })
      say(t`Đã lưu khung nhìn "${name}"`)
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const named = { ...draft, name: text(form, 'name'), shared: form.get('shared') !== null }
    checked(SavedViewDraft.safeParse(named), (view) => save.mutate(view))
  }
  return (
    <FormDialog
      title={edited ? t`Sửa khung nhìn` : t`Lưu khung nhìn`}
      about={t`Giữ bộ lọc, cách xếp và chế độ xem của danh sách đang mở.`}
      names={{ name: t`Tên khung nhìn` }}
      wrong={wrong}
      saving={save}
      onSend={send}
      onClose={onClose}
    >
      <Field
        label={t`Tên khung nhìn`}
        help={edited ? undefined : t`Trùng tên một khung nhìn của bạn thì thay khung nhìn đó.`}
        error={wrong['name']}
        className="sm:col-span-2"
      >
        <Input name="name" maxLength={80} defaultValue={edited?.name ?? ''} />
      </Field>
      <Check name="shared" defaultChecked={edited?.shared ?? false} className="sm:col-span-2">
        {t`Cho mọi người trong đơn vị dùng chung`}
      </Check>
    </FormDialog>
  )
}
