import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { sessionQuery } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Front } from './front.tsx'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useLingui()
  const { to } = route.useSearch()
  const client = useQueryClient()
  const navigate = useNavigate()
  const enter = useMutation({
    mutationFn: (form: FormData) =>
      api.session.open({
        body: { email: text(form, 'email').trim(), password: text(form, 'password') },
      }),
    onSuccess: (me) => {
      client.setQueryData(sessionQuery.queryKey, me)
      void navigate({ href: to ?? '/' })
    },
  })
  useEffect(() => {
    document.title = `${t`Đăng nhập`} · Hải Đăng`
  }, [t])
  return (
    <Front>
      <form className="flex flex-col gap-4" onSubmit={submitted((form) => enter.mutate(form))}>
        <h1 className="pb-2 text-24">{t`Đăng nhập`}</h1>
        <ErrorSummary errors={noErrors} error={enter.error} />
        <Field label={t`Thư điện tử`}>
          <Input
            name="email"
            type="email"
            autoComplete="username"
            required
            autoFocus
            className="h-10 text-15"
          />
        </Field>
        <Field label={t`Mật khẩu`}>
          <Input
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={128}
            className="h-10 text-15"
          />
        </Field>
        <Button look="primary" size="large" type="submit" busy={enter.isPending} className="mt-2">
          {t`Đăng nhập`}
        </Button>
        <p className="pt-2 text-12 text-ink-3">
          {t`Quên mật khẩu: liên hệ quản trị viên của nút để đặt lại.`}
        </p>
      </form>
    </Front>
  )
}
