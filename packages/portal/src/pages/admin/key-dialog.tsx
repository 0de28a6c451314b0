import type { Permission } from '@haidang/contracts/permission'
import { ApiKeyDraft } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useMay } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ChooseMany } from '../../components/choose-many.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../components/field.tsx'
import { type Errors, lines, noErrors, submitted, text, useIssues } from '../../components/form.ts'
import { NamedOptions } from '../../components/options.tsx'
import { instantOfInput } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { Secret } from '../stations/secret.tsx'

type Extent = 'role' | 'read' | 'chosen'

/** What changes nothing: the permissions that only look. */
const looks = (permission: Permission) => permission.endsWith('.read')

/** A new key: a role in an organisation, narrowed to what it is for; its secret is shown once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const create = useMutation({
    mutationFn: (body: ApiKeyDraft) => api.keys.create({ body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['keys'] }),
  })
  const send = (draft: object) => {
    const parsed = ApiKeyDraft.safeParse(draft)
    setWrong(issues(parsed))
    if (parsed.success) create.mutate(parsed.data)
  }
  return (
    <Dialog open wide onClose={onClose} title={t`Tạo khóa API`}>
      {create.data ? (
        <Secret
          value={create.data.secret}
        >{t`Khóa của ${create.data.key.name}. Gửi trong tiêu đề Authorization: Bearer.`}</Secret>
      ) : (
        <KeyForm
          wrong={wrong}
          error={create.error}
          busy={create.isPending}
          onSend={send}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

interface KeyFormProps {
  readonly wrong: Errors
  readonly error: unknown
  readonly busy: boolean
  readonly onSend: (draft: object) => void
  readonly onClose: () => void
}

function KeyForm({ wrong, error, busy, onSend, onClose }: KeyFormProps) {
  const { t } = useLingui()
  const { language, label } = useWords()
  const organisations = useOrganisations()
  const roles = useQuery({
    queryKey: ['roles', 'whole'],
    queryFn: ({ signal }) => api.people.roles({ query: { limit: 100 } }, signal),
  })
  const accounts = useAccounts()
  const [accountId, setAccountId] = useState('')
  const account = accounts.find(({ id }) => id === accountId)
  const [roleId, setRoleId] = useState('')
  const [extent, setExtent] = useState<Extent>('read')
  const items = roles.data?.items ?? []
  const role = items.find(({ id }) => id === (account?.role_id ?? roleId)) ?? items[0]
  const permissions = role?.permissions ?? []
  const scopesOf = (form: FormData) => {
    if (extent === 'role') return null
    return extent === 'read' ? permissions.filter(looks) : form.getAll('scopes').map(String)
  }
  const send = (form: FormData) =>
    onSend({
      name: text(form, 'name'),
      account_id: account?.id ?? null,
      organisation_id: account?.organisation_id ?? text(form, 'organisation_id'),
      role_id: role?.id ?? '',
      scopes: scopesOf(form),
      expires_at: instantOfInput(text(form, 'expires_at')) ?? null,
      addresses: lines(form, 'addresses'),
    })
  const names = {
    name: t`Tên khóa`,
    scopes: t`Quyền`,
    expires_at: t`Hết hạn`,
    addresses: t`Chỉ dùng từ các địa chỉ`,
  }
  const networks = Object.entries(wrong).find(([field]) => field.startsWith('addresses'))?.[1]
  return (
    <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
      <div className="empty:hidden sm:col-span-2">
        <ErrorSummary errors={wrong} error={error} names={names} />
      </div>
      <Field label={names.name} help={t`Máy nào dùng, để làm gì`} error={wrong['name']}>
        <Input name="name" maxLength={120} autoFocus />
      </Field>
      <Field
        label={t`Tài khoản dịch vụ`}
        help={t`Tổ chức và vai trò của khóa là của tài khoản ấy.`}
      >
        <Select value={accountId} onChange={({ target }) => setAccountId(target.value)}>
          <option value="">{t`không thuộc tài khoản nào`}</option>
          <NamedOptions of={accounts} />
        </Select>
      </Field>
      {account ? null : (
        <Field label={t`Tổ chức`}>
          <Select name="organisation_id">
            <NamedOptions of={organisations} />
          </Select>
        </Field>
      )}
      <Field label={t`Vai trò`}>
        <Select
          value={role?.id ?? ''}
          disabled={account !== undefined}
          onChange={({ target }) => setRoleId(target.value)}
        >
          {items.map(({ id, name_vi, name_en }) => (
            <option key={id} value={id}>
              {language === 'vi' ? name_vi : name_en}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Phạm vi`} help={t`Chỉ cấp cho khóa những gì máy ấy cần.`}>
        <Select value={extent} onChange={({ target }) => setExtent(extentOf(target.value))}>
          <option value="read">{t`Chỉ xem`}</option>
          <option value="chosen">{t`Chọn từng quyền`}</option>
          <option value="role">{t`Mọi quyền của vai trò`}</option>
        </Select>
      </Field>
      {extent === 'chosen' ? (
        <ChooseMany
          key={role?.id ?? ''}
          name="scopes"
          label={names.scopes}
          search={t`Tìm quyền`}
          error={wrong['scopes']}
          className="sm:col-span-2"
          choices={permissions.map((value) => ({ value, name: label('permission', value) }))}
          defaultValue={[]}
        />
      ) : null}
      <Field
        label={names.expires_at}
        help={t`Bỏ trống là không hết hạn`}
        error={wrong['expires_at']}
      >
        <Input name="expires_at" type="datetime-local" />
      </Field>
      <Field
        label={names.addresses}
        help={t`Mỗi dòng một địa chỉ hoặc mạng, ví dụ 192.0.2.0/24; bỏ trống là mọi nơi`}
        error={networks}
      >
        <Textarea name="addresses" rows={2} />
      </Field>
      <Acts className="sm:col-span-2">
        <Button look="primary" type="submit" busy={busy}>{t`Tạo khóa`}</Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

/** The service accounts that may have another key. */
function useAccounts() {
  const may = useMay()
  const { data } = useQuery({
    queryKey: ['people', 'services', 'open'],
    queryFn: ({ signal }) =>
      api.serviceAccounts.list({ query: { limit: 200, filter: 'not disabled:true' } }, signal),
    enabled: may('person.read'),
  })
  return data?.items.filter(({ needs_owner }) => !needs_owner) ?? []
}

function extentOf(value: string): Extent {
  return value === 'role' || value === 'chosen' ? value : 'read'
}
