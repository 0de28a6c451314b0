import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { type Errors, errorsOf, noErrors, submitted, text } from '../../components/form.ts'
import { LinkPage, useLinkToken } from './link-page.tsx'
import { NewPassword, usePasswordErrors } from './new-password.tsx'

/** Where a recovery link leads: a new password, once. */
export function RecoveryPage() {
  const { t } = useLingui()
  const token = useLinkToken()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const passwordErrors = usePasswordErrors()
  const shown = useQuery({
    queryKey: ['recovery', token],
    queryFn: ({ signal }) => api.recovery.show({ body: { token } }, signal),
    retry: false,
  })
  const recover = useMutation({
    mutationFn: (form: FormData) =>
      api.recovery.use({ body: { token, password: text(form, 'password') } }),
    onError: (error) => setWrong(errorsOf(error)),
  })
  const send = (form: FormData) => {
    const found = passwordErrors(form)
    setWrong(found)
    if (Object.keys(found).length === 0) recover.mutate(form)
  }
  const names = { password: t`Mật khẩu mới`, repeat: t`Nhập lại mật khẩu mới` }
  const { data } = shown
  return (
    <LinkPage
      title={t`Khôi phục tài khoản`}
      pending={shown.isPending}
      error={shown.error}
      done={recover.data?.email}
    >
      {data ? (
        <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
          <header>
            <h1 className="text-24">{t`Khôi phục tài khoản`}</h1>
            <p className="text-13 text-ink-2">
              {data.name} · {data.email}
            </p>
          </header>
          <p className="text-13">
            {data.factors
              ? t`Mọi phiên đăng nhập kết thúc; ứng dụng xác thực, mã khôi phục và khóa truy cập cũ bị gỡ.`
              : t`Mọi phiên đăng nhập kết thúc. Bước xác thực thứ hai, nếu có, vẫn giữ nguyên.`}
          </p>
          <ErrorSummary errors={wrong} error={recover.error} names={names} />
          <NewPassword wrong={wrong} />
          <Button look="primary" size="large" type="submit" busy={recover.isPending}>
            {t`Đặt mật khẩu`}
          </Button>
        </form>
      ) : null}
    </LinkPage>
  )
}
