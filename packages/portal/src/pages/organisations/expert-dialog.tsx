import { type Expert, ExpertDraft } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { certificatesIn } from './certificate-fields.tsx'
import { ExpertFields } from './expert-fields.tsx'

interface ExpertDialogProps {
  readonly organisationId: string
  /** Given: it is changed. */
  readonly expert?: Expert
  readonly onClose: () => void
}

/** Somebody put into the roster, or what it says of them changed. */
export function ExpertDialog({ organisationId: id, expert, onClose }: ExpertDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const save = useMutation({
    mutationFn: (body: ExpertDraft) =>
      expert
        ? api.experts.change({ params: { id, expert: expert.id }, body })
        : api.experts.add({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['experts'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const parsed = ExpertDraft.safeParse(draftIn(form))
    setWrong(issues(parsed))
    if (parsed.success) save.mutate(parsed.data)
  }
  const names = {
    name: t`Họ và tên`,
    phone: t`Điện thoại`,
    email: t`Thư điện tử`,
    specialities: t`Chuyên môn`,
    certificates: t`Chứng chỉ`,
    experience_years: t`Số năm kinh nghiệm`,
    basis: t`Căn cứ lưu giữ`,
  }
  return (
    <Dialog
      {...{ open: true, wide: true, onClose }}
      title={expert ? t`Sửa chuyên gia` : t`Thêm chuyên gia`}
      about={t`Dữ liệu cá nhân: chỉ tổ chức và cơ quan điều phối đọc được; xóa lúc nào cũng được.`}
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error} names={names} />
        </div>
        <ExpertFields {...{ expert, wrong, names }} />
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
    </Dialog>
  )
}

function draftIn(form: FormData) {
  return {
    ...{ name: text(form, 'name'), position: text(form, 'position') },
    ...{ phone: text(form, 'phone'), email: text(form, 'email').trim() },
    unit: text(form, 'unit'),
    specialities: form.getAll('specialities'),
    certificates: certificatesIn(form),
    experience_years: Number(text(form, 'experience_years')),
    languages: form.getAll('languages'),
    on_call: form.has('on_call'),
    basis: {
      ground: text(form, 'basis.ground'),
      since: text(form, 'basis.since'),
      note: text(form, 'basis.note'),
    },
  }
}
