import {
  type ServiceAccount,
  type ServiceAccountChange,
  ServiceAccountDraft,
} from '@haidang/contracts/service-account'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import { text, useWrong } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { NamedOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { useOwners } from './use-owners.ts'
import { useRoles } from './use-roles.ts'

interface ServiceDialogProps {
  readonly account?: ServiceAccount
  readonly onClose: () => void
}

/** A new service account, or changes to one. */
export function ServiceDialog({ account, onClose }: ServiceDialogProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const roles = useRoles()
  const organisations = useOrganisations()
  const [chosen, setChosen] = useState(account?.organisation_id ?? '')
  const organisationId = chosen || (organisations[0]?.id ?? '')
  const owners = useOwners(organisationId)
  const { wrong, refused, checked } = useWrong()
  const save = useMutation({
    mutationFn: ({ disabled, ...draft }: ServiceAccountDraft & { disabled: boolean }) =>
      account
        ? api.serviceAccounts.update({
            params: { id: account.id },
            body: changeOf(draft, disabled),
          })
        : api.serviceAccounts.create({ body: draft }),
    onSuccess: ({ name }) => {
      say(t`Đã lưu ${name}`)
      void client.invalidateQueries({ queryKey: ['people'] })
      void client.invalidateQueries({ queryKey: ['keys'] })
      onClose()
    },
    onError: refused,
  })
  const send = (form: FormData) => {
    const parsed = ServiceAccountDraft.safeParse({
      organisation_id: organisationId,
      name: text(form, 'name'),
      purpose: text(form, 'purpose'),
      role_id: text(form, 'role_id'),
      owner_id: text(form, 'owner_id'),
    })
    checked(parsed, (draft) => save.mutate({ ...draft, disabled: form.has('disabled') }))
  }
  const names = {
    name: t`Tên máy`,
    purpose: t`Dùng để`,
    owner_id: t`Người chịu trách nhiệm`,
  }
  return (
    <FormDialog
      {...{ names, wrong, saving: save, onClose, onSend: send }}
      title={account ? t`Sửa tài khoản dịch vụ` : t`Thêm tài khoản dịch vụ`}
      about={t`Chỉ vào bằng khóa API; không mật khẩu, không đăng nhập, không duyệt thay ai.`}
    >
      <Field label={names.name} error={wrong['name']}>
        <Input name="name" maxLength={120} defaultValue={account?.name} autoFocus />
      </Field>
      {account ? null : (
        <Field label={t`Tổ chức`}>
          <Select value={organisationId} onChange={({ target }) => setChosen(target.value)}>
            <NamedOptions of={organisations} />
          </Select>
        </Field>
      )}
      <Field label={names.purpose} error={wrong['purpose']} className="sm:col-span-2">
        <Input name="purpose" maxLength={500} defaultValue={account?.purpose} />
      </Field>
      <Field label={t`Vai trò`}>
        <Select key={roles.length} name="role_id" defaultValue={account?.role_id}>
          <NamedOptions of={roles} />
        </Select>
      </Field>
      <Field
        label={names.owner_id}
        help={t`Người của tổ chức ấy, tài khoản chưa bị khóa`}
        error={wrong['owner_id']}
      >
        <Select
          key={`${organisationId} ${owners.length}`}
          name="owner_id"
          defaultValue={account?.owner_id}
        >
          {account && !owners.some(({ id }) => id === account.owner_id) ? (
            <option value={account.owner_id}>{t`${account.owner_name} (đã khóa)`}</option>
          ) : null}
          <NamedOptions of={owners} />
        </Select>
      </Field>
      {account ? (
        <Check name="disabled" defaultChecked={account.disabled} className="sm:col-span-2">
          {t`Khóa tài khoản (thu hồi mọi khóa của nó ngay)`}
        </Check>
      ) : null}
    </FormDialog>
  )
}

function changeOf(
  { name, purpose, role_id, owner_id }: ServiceAccountDraft,
  disabled: boolean,
): ServiceAccountChange {
  return { name, purpose, role_id, owner_id, disabled }
}
