import { type Expert, ExpertDraft } from '@haidang/contracts/expert'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
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
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: (body: ExpertDraft) =>
      expert
        ? api.experts.change({ params: { id, expert: expert.id }, body })
        : api.experts.add({ params: { id }, body }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['experts'] })
      onClose()
    },
    onError: refused,
  })
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
    <FormDialog
      {...{ names, wrong, saving: save, onClose }}
      title={expert ? t`Sửa chuyên gia` : t`Thêm chuyên gia`}
      about={t`Dữ liệu cá nhân: chỉ tổ chức và cơ quan điều phối đọc được; xóa lúc nào cũng được.`}
      onSend={(form) => checked(ExpertDraft.safeParse(draftIn(form)), save.mutate)}
    >
      <ExpertFields {...{ expert, wrong, names }} />
    </FormDialog>
  )
}

function draftIn(form: FormData) {
  return {
    name: text(form, 'name'),
    position: text(form, 'position'),
    phone: text(form, 'phone'),
    email: text(form, 'email').trim(),
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
