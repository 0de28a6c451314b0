import { Password } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { Field, Input } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { text } from '../../components/form.ts'

/** A new password, typed twice. */
export function NewPassword({ wrong }: { wrong: Errors }) {
  const { t } = useLingui()
  return (
    <>
      <Field
        label={t`Mật khẩu mới`}
        help={t`Từ 12 ký tự. Một câu dài dễ nhớ là tốt nhất.`}
        error={wrong['password']}
      >
        <Input name="password" type="password" autoComplete="new-password" maxLength={128} />
      </Field>
      <Field label={t`Nhập lại mật khẩu mới`} error={wrong['repeat']}>
        <Input name="repeat" type="password" autoComplete="new-password" maxLength={128} />
      </Field>
    </>
  )
}

/** What is wrong with the two, before the node is asked. */
export function usePasswordErrors(): (form: FormData) => Record<string, string> {
  const { t } = useLingui()
  return (form) => {
    const found: Record<string, string> = {}
    const password = text(form, 'password')
    if (!Password.safeParse(password).success) found['password'] = t`Cần từ 12 tới 128 ký tự`
    if (password !== text(form, 'repeat')) found['repeat'] = t`Hai lần nhập không giống nhau`
    return found
  }
}
