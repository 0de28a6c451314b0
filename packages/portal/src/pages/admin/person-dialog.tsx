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
import { Field, Input, Select } from '../../components/field.tsx'
import { type Errors, errorsOf, noErrors, text, useIssues } from '../../components/form.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { LanguageOptions, NamedOptions } from '../../components/options.tsx'
import { say } from '../../components/toast.tsx'
import { barringIn, PersonBarring } from './person-barring.tsx'
import { PersonIdentities } from './person-identities.tsx'
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
type Barred = ReturnType<typeof barringIn>

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
    mutationFn: ({ draft, barred }: { draft: Draft; barred: Barred }) =>
      person ? update(person, draft, barred) : api.people.create({ body: draft }),
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
    if (Object.keys(found).length === 0) save.mutate({ draft, barred: barringIn(form) })
  }
  const names = {
    name: t`Họ và tên`,
    email: t`Thư điện tử`,
    password: person ? t`Đặt lại mật khẩu` : t`Mật khẩu đầu tiên`,
    successor_id: t`Người chịu trách nhiệm`,
  }
  return (
    <FormDialog
      {...{ names, wrong, saving: save, onClose, onSend: send }}
      title={person ? t`Sửa người dùng` : t`Thêm người dùng`}
      about={person?.email}
      after={
        person ? (
          <>
            <PersonRecovery person={person} />
            <PersonSessions person={person} />
            <PersonIdentities person={person} />
            <PersonRedaction person={person} onDone={onClose} />
          </>
        ) : null
      }
    >
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
            <NamedOptions of={organisations} />
          </Select>
        </Field>
      )}
      <Field label={t`Vai trò`}>
        <Select key={roles.length} name="role_id" defaultValue={person?.role_id}>
          <NamedOptions of={roles} />
        </Select>
      </Field>
      <Field label={t`Ngôn ngữ`}>
        <Select name="language" defaultValue={person?.language ?? 'vi'}>
          <LanguageOptions />
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
      {person ? <PersonBarring person={person} error={wrong['successor_id']} /> : null}
    </FormDialog>
  )
}

function update(
  person: Person,
  { name, role_id, language, password }: Draft,
  barred: Barred,
): Promise<Person> {
  return api.people.update({
    params: { id: person.id },
    body: { name, role_id, language, ...barred, ...(password ? { password } : {}) },
  })
}
