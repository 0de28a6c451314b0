import { InvitationDraft } from '@haidang/contracts/invitation'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { LanguageOptions, NamedOptions } from '../../components/options.tsx'
import { OnceLink } from '../access/once-link.tsx'
import { useRoles } from './use-roles.ts'

export function InviteButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('person.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Mời người dùng`}
      </Button>
      {open ? <InviteDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

const draftOf = (form: FormData) => ({
  organisation_id: text(form, 'organisation_id'),
  role_id: text(form, 'role_id'),
  email: text(form, 'email').trim(),
  name: text(form, 'name'),
  language: text(form, 'language') === 'en' ? ('en' as const) : ('vi' as const),
  days: Number(text(form, 'days')),
})

function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const roles = useRoles()
  const organisations = useOrganisations()
  const { wrong, refused, checked } = useWrong()
  const invite = useMutation({
    mutationFn: (body: InvitationDraft) => api.invitations.create({ body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
    onError: refused,
  })
  const names = { name: t`Họ và tên`, email: t`Thư điện tử`, days: t`Số ngày có hiệu lực` }
  if (invite.data) {
    const { name, email } = invite.data.invitation
    return (
      <Dialog open onClose={onClose} title={t`Mời người dùng`}>
        <OnceLink to="/invitation" token={invite.data.token}>
          {invite.data.mailed
            ? t`Liên kết đã gửi tới ${email}. Nếu thư không tới, hãy chuyển tận tay; dùng được một lần.`
            : t`Gửi liên kết này cho ${name} (${email}). Người mở tự đặt mật khẩu; dùng được một lần.`}
        </OnceLink>
      </Dialog>
    )
  }
  return (
    <FormDialog
      {...{ names, wrong, saving: invite, onClose }}
      title={t`Mời người dùng`}
      about={t`Người được mời tự đặt mật khẩu, bạn không cần biết.`}
      act={t`Tạo liên kết`}
      onSend={(form) => checked(InvitationDraft.safeParse(draftOf(form)), invite.mutate)}
    >
      <Field label={names.name} error={wrong['name']}>
        <Input name="name" autoComplete="off" maxLength={200} />
      </Field>
      <Field label={names.email} error={wrong['email']}>
        <Input name="email" type="email" autoComplete="off" />
      </Field>
      <Field label={t`Tổ chức`}>
        <Select name="organisation_id">
          <NamedOptions of={organisations} />
        </Select>
      </Field>
      <Field label={t`Vai trò`}>
        <Select name="role_id">
          <NamedOptions of={roles} />
        </Select>
      </Field>
      <Field label={t`Ngôn ngữ`}>
        <Select name="language">
          <LanguageOptions />
        </Select>
      </Field>
      <Field label={names.days} error={wrong['days']}>
        <Input name="days" type="number" min={1} max={30} defaultValue={7} />
      </Field>
    </FormDialog>
  )
}
