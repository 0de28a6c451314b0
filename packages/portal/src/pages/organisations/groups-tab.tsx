import { type SharingGroup, SharingGroupDraft } from '@haidang/contracts/sharing-group'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { useRefusal } from '../../api/refusal-text.ts'
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
import { gutter } from '../../components/page.tsx'
import { Empty, Failure, LoadingRows } from '../../components/states.tsx'
import { cn } from '../../theme/cn.ts'
import { GroupMembers } from './group-members.tsx'

/** Which organisations share with each other what nobody else may see. */
export function GroupsTab() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [edited, setEdited] = useState<SharingGroup | 'new' | null>(null)
  const { query, items } = usePages({
    queryKey: ['organisations', 'groups'],
    read: (cursor, signal) => api.sharingGroups.list({ query: { limit: 100, cursor } }, signal),
  })
  const add = (
    <Button refusal={refusal('group.manage')} onClick={() => setEdited('new')}>
      <Plus aria-hidden="true" className="size-4" />
      {t`Lập nhóm chia sẻ`}
    </Button>
  )
  return (
    <div className={cn('flex max-w-4xl flex-col items-start gap-4 py-4', gutter)}>
      {query.isPending ? <LoadingRows /> : null}
      {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? (
        <Empty title={t`Chưa có nhóm chia sẻ nào`} act={add}>
          {t`Thành viên của một nhóm thấy nhau và thấy điều chia sẻ cho nhóm; người ngoài không biết có nhóm.`}
        </Empty>
      ) : null}
      {items.length > 0 ? (
        <>
          {add}
          <ul className="w-full divide-y divide-line">
            {items.map((group) => (
              <Group key={group.id} group={group} onEdit={() => setEdited(group)} />
            ))}
          </ul>
        </>
      ) : null}
      {query.hasNextPage ? (
        <Button busy={query.isFetching} onClick={() => void query.fetchNextPage()}>
          {t`Xem thêm`}
        </Button>
      ) : null}
      {edited ? (
        <GroupDialog
          {...(edited === 'new' ? {} : { group: edited })}
          onClose={() => setEdited(null)}
        />
      ) : null}
    </div>
  )
}

function Group({ group, onEdit }: { group: SharingGroup; onEdit: () => void }) {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <li className="flex flex-col gap-2 py-3 text-13">
      <span className="flex flex-wrap items-center gap-3">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex min-h-8 min-w-0 items-center gap-2 font-medium hover:underline"
        >
          <ChevronRight
            aria-hidden="true"
            className={cn('size-4 shrink-0 text-ink-3', open && 'rotate-90')}
          />
          {group.name}
        </button>
        <span className="text-ink-3">{t`${group.members} thành viên`}</span>
        <Button size="small" className="ml-auto" refusal={refusal('group.manage')} onClick={onEdit}>
          {t`Sửa`}
        </Button>
      </span>
      {group.purpose ? <span className="pl-6 text-ink-2">{group.purpose}</span> : null}
      {open ? <GroupMembers id={group.id} /> : null}
    </li>
  )
}

function GroupDialog({ group, onClose }: { group?: SharingGroup; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const save = useMutation({
    mutationFn: (body: SharingGroupDraft) =>
      group
        ? api.sharingGroups.update({ params: { id: group.id }, body })
        : api.sharingGroups.create({ body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = SharingGroupDraft.safeParse({
      name: text(form, 'name'),
      purpose: text(form, 'purpose'),
    })
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  return (
    <Dialog open onClose={onClose} title={group ? t`Sửa nhóm chia sẻ` : t`Lập nhóm chia sẻ`}>
      <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={save.error} />
        <Field label={t`Tên nhóm`} error={wrong['name']}>
          <Input name="name" defaultValue={group?.name} />
        </Field>
        <Field label={t`Để làm gì`} error={wrong['purpose']}>
          <Textarea name="purpose" defaultValue={group?.purpose} />
        </Field>
        <Acts>
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
