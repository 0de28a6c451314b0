import { Password, type Person, PersonDraft } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useOrganisations } from '../../api/organisations.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { useMe } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Select } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useIssues,
} from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { PersonRecovery } from './person-recovery.tsx'
import { PersonRedaction } from './person-redaction.tsx'
import { PersonSessions } from './person-sessions.tsx'
import { useRoles } from './use-roles.ts'

export function NewPersonButton() {
  const { t } = useLingui()
  const refusal = useRefusal()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button look="primary" refusal={refusal('person.manage')} onClick={() => setOpen(true)}>
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm người dùng`}
      </Button>
      {open ? <PersonDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function draftOf(form: FormData) {
  return {
    organisation_id: text(form, 'organisation_id'),
    name: text(form, 'name'),
    email: text(form, 'email').trim(),
    role_id: text(form, 'role_id'),
    language: text(form, 'language') === 'en' ? ('en' as const) : ('vi' as const),
    password: text(form, 'password'),
  }
}
type Draft = ReturnType<typeof draftOf>

/** A new person, or changes to one. */
export function PersonDialog({ person, onClose }: { person?: Person; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const roles = useRoles()
  const organisations = useOrganisations()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const issues = useIssues()
  const own = useMe().person.id === person?.id
  const save = useMutation({
    mutationFn: ({ draft, disabled }: { draft: Draft; disabled: boolean }) =>
      person ? update(person, draft, disabled) : api.people.create({ body: draft }),
    onSuccess: ({ name }) => {
      say(t`Đã lưu ${name}`)
      void client.invalidateQueries({ queryKey: ['people'] })
      onClose()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const draft = draftOf(form)
    const found: Record<string, string> = person ? {} : { ...issues(PersonDraft.safeParse(draft)) }
    if (person && draft.password && !Password.safeParse(draft.password).success) {
      found['password'] = t`Cần từ 12 tới 128 ký tự`
    }
    setWrong(found)
    if (Object.keys(found).length === 0) save.mutate({ draft, disabled: form.has('disabled') })
  }
  const names = {
    name: t`Họ và tên`,
    email: t`Thư điện tử`,
    password: person ? t`Đặt lại mật khẩu` : t`Mật khẩu đầu tiên`,
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={person ? t`Sửa người dùng` : t`Thêm người dùng`}
      about={person?.email}
      wide
    >
      <form noValidate onSubmit={submitted(send)} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <ErrorSummary errors={wrong} error={save.error} names={names} />
        </div>
        <Field label={names.name} error={wrong['name']}>
          <Input name="name" defaultValue={person?.name} autoComplete="off" autoFocus />
        </Field>
        {person ? null : (
          <Field label={names.email} error={wrong['email']}>
            <Input name="email" type="email" autoComplete="off" />
          </Field>
        )}
        {person ? null : (
          <Field label={t`Tổ chức`}>
            <Select name="organisation_id">
              {organisations.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        <Field label={t`Vai trò`}>
          <Select key={roles.length} name="role_id" defaultValue={person?.role_id}>
            {roles.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t`Ngôn ngữ`}>
          <Select name="language" defaultValue={person?.language ?? 'vi'}>
            <option value="vi">Tiếng Việt</option>
            <option value="en">English</option>
          </Select>
        </Field>
        {own ? null : (
          <Field
            label={names.password}
            help={person ? t`Bỏ trống nếu không đổi` : t`Từ 12 ký tự; người dùng nên đổi ngay`}
            error={wrong['password']}
          >
            <Input name="password" type="password" autoComplete="new-password" maxLength={128} />
          </Field>
        )}
        {person ? (
          <Check name="disabled" defaultChecked={person.disabled} className="sm:col-span-2">
            {t`Khóa tài khoản (không đăng nhập được)`}
          </Check>
        ) : null}
        <Acts className="sm:col-span-2">
          <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu`}</Button>
          <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
        </Acts>
      </form>
      {person ? (
        <>
          <PersonRecovery person={person} />
          <PersonSessions person={person} />
          <PersonRedaction person={person} onDone={onClose} />
        </>
      ) : null}
    </Dialog>
  )
}

function update(
  person: Person,
  { name, role_id, language, password }: Draft,
  disabled: boolean,
): Promise<Person> {
  return api.people.update({
    params: { id: person.id },
    body: { name, role_id, language, disabled, ...(password ? { password } : {}) },
  })
}
