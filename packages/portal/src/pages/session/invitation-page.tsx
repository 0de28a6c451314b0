import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Field, Input } from '../../components/field.tsx'
import { type Errors, errorsOf, noErrors, submitted, text } from '../../components/form.ts'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { LinkPage, useLinkToken } from './link-page.tsx'
import { NewPassword, usePasswordErrors } from './new-password.tsx'

/** Where the link of an invitation leads: one sees what it is for, and makes the account. */
export function InvitationPage() {
  const { t } = useLingui()
  const { language } = useWords()
  const token = useLinkToken()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const passwordErrors = usePasswordErrors()
  const shown = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.invitations.show({ body: { token } }, signal),
    retry: false,
  })
  const accept = useMutation({
    mutationFn: (form: FormData) =>
      api.invitations.accept({
        body: { token, name: text(form, 'name'), password: text(form, 'password') },
      }),
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const found = passwordErrors(form)
    if (text(form, 'name').trim() === '') found['name'] = t`Chưa nhập`
    setWrong(found)
    if (Object.keys(found).length === 0) accept.mutate(form)
  }
  const names = { name: t`Họ và tên`, password: t`Mật khẩu mới`, repeat: t`Nhập lại mật khẩu mới` }
  const { data } = shown
  return (
    <LinkPage
      title={t`Lời mời`}
      pending={shown.isPending}
      error={shown.error}
      done={accept.data?.email}
    >
      {data ? (
        <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
          <h1 className="text-24">{t`Bạn được mời`}</h1>
          <Facts>
            <Fact name={t`Tổ chức`}>{data.organisation_name}</Fact>
            <Fact name={t`Vai trò`}>{language === 'vi' ? data.role_vi : data.role_en}</Fact>
            <Fact name={t`Thư điện tử`}>{data.email}</Fact>
            <Fact name={t`Hết hạn`}>
              <Time at={data.expires_at} as="absolute" />
            </Fact>
          </Facts>
          <ErrorSummary errors={wrong} error={accept.error} names={names} />
          <Field label={names.name} error={wrong['name']}>
            <Input name="name" autoComplete="name" maxLength={200} defaultValue={data.name} />
          </Field>
          <NewPassword wrong={wrong} />
          <Button look="primary" size="large" type="submit" busy={accept.isPending}>
            {t`Tạo tài khoản`}
          </Button>
        </form>
      ) : null}
    </LinkPage>
  )
}
