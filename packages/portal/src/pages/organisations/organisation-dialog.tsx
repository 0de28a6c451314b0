import { type Organisation, OrganisationDraft } from '@haidang/contracts/organisation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted, useIssues } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { draftIn, OrganisationFields } from './organisation-fields.tsx'

interface OrganisationDialogProps {
  readonly organisation?: Organisation
  readonly onClose: () => void
  readonly onSaved?: (saved: Organisation) => void
}

export function OrganisationDialog({ organisation, onClose, onSaved }: OrganisationDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const issues = useIssues()
  const save = useMutation({
    mutationFn: (body: OrganisationDraft) =>
      organisation
        ? api.organisations.update({ params: { id: organisation.id }, body })
        : api.organisations.create({ body }),
    onSuccess: (saved) => {
      const { name } = saved
      say(organisation ? t`Đã sửa ${name}` : t`Đã thêm ${name}`)
      void client.invalidateQueries({ queryKey: ['organisations'] })
      onClose()
      onSaved?.(saved)
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = OrganisationDraft.safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  const names = { name: t`Tên tổ chức`, code: t`Mã định danh`, website: t`Trang thông tin điện tử` }
  return (
    <Dialog open onClose={onClose} title={organisation ? t`Sửa tổ chức` : t`Thêm tổ chức`} wide>
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error} names={names} />
        </div>
        <OrganisationFields organisation={organisation} wrong={wrong} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}
