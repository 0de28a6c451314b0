import type { Me } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { KeyRound } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { Refusal } from '../../api/send.ts'
import { sessionQuery } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { CodeInput } from '../access/code-input.tsx'
import { gaveUp, passkeysWork, showPasskey } from '../access/passkey-ceremony.ts'
import { Front } from './front.tsx'
import { SessionEnded } from './session-ended.tsx'
import { ProviderButtons, ProviderRefusal } from './sign-in-providers.tsx'

const route = getRouteApi('/sign-in')

interface Credentials {
  readonly email: string
  readonly password: string
}

const asksForCode = (error: unknown) =>
  error instanceof Refusal && error.code === 'session.factor-required'

export function SignInPage() {
  const { t } = useLingui()
  const entered = useEntered()
  const { to, refused, second } = route.useSearch()
  const navigate = useNavigate()
  const [known, setKnown] = useState<Credentials | null>(null)
  useEffect(() => {
    document.title = `${t`Đăng nhập`} · Hải Đăng`
  }, [t])
  return (
    <Front>
      <ProviderRefusal code={refused} />
      {known || second ? null : <SessionEnded />}
      {second ? (
        <CodeForm
          open={async (code) => (await api.providerSessions.finish({ body: { code } })).me}
          onEntered={entered}
          onBack={() => void navigate({ to: '/sign-in', search: to ? { to } : {} })}
        />
      ) : known ? (
        <CodeForm
          about={known.email}
          open={(code) => api.session.open({ body: { ...known, code } })}
          onEntered={entered}
          onBack={() => setKnown(null)}
        />
      ) : (
        <PasswordForm onEntered={entered} onCode={setKnown} />
      )}
      <div className="flex flex-col gap-3 pt-4">
        <PasskeyButton onEntered={entered} />
        {known || second ? null : <ProviderButtons to={to} />}
      </div>
    </Front>
  )
}

function useEntered(): (me: Me) => void {
  const { to } = route.useSearch()
  const client = useQueryClient()
  const navigate = useNavigate()
  return (me) => {
    client.setQueryData(sessionQuery.queryKey, me)
    void navigate({ href: to ?? '/' })
  }
}

interface PasswordFormProps {
  readonly onEntered: (me: Me) => void
  /** The password is right, and a second factor is needed. */
  readonly onCode: (known: Credentials) => void
}

function PasswordForm({ onEntered, onCode }: PasswordFormProps) {
  const { t } = useLingui()
  const enter = useMutation({
    mutationFn: (known: Credentials) => api.session.open({ body: known }),
    onSuccess: onEntered,
    onError: (error, known) => {
      if (asksForCode(error)) onCode(known)
    },
  })
  const send = (form: FormData) =>
    enter.mutate({ email: text(form, 'email').trim(), password: text(form, 'password') })
  return (
    <form className="flex flex-col gap-4" onSubmit={submitted(send)}>
      <h1 className="pb-2 text-24">{t`Đăng nhập`}</h1>
      <ErrorSummary errors={noErrors} error={enter.error} />
      <Field label={t`Thư điện tử`}>
        <Input
          name="email"
          type="email"
          autoComplete="username webauthn"
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
  )
}

interface CodeFormProps {
  /** Whose code it is, as far as that is known here. */
  readonly about?: string
  readonly open: (code: string) => Promise<Me>
  readonly onEntered: (me: Me) => void
  readonly onBack: () => void
}

function CodeForm({ about, open, onEntered, onBack }: CodeFormProps) {
  const { t } = useLingui()
  const enter = useMutation({
    mutationFn: (form: FormData) => open(text(form, 'code')),
    onSuccess: onEntered,
  })
  return (
    <form className="flex flex-col gap-4" onSubmit={submitted((form) => enter.mutate(form))}>
      <header className="pb-2">
        <h1 className="text-24">{t`Bước xác thực thứ hai`}</h1>
        {about ? <p className="text-13 text-ink-2">{about}</p> : null}
      </header>
      <ErrorSummary errors={noErrors} error={enter.error} />
      <Field
        label={t`Mã sáu số`}
        help={t`Trong ứng dụng xác thực trên điện thoại. Mất điện thoại thì nhập một mã khôi phục.`}
      >
        <CodeInput large />
      </Field>
      <Button look="primary" size="large" type="submit" busy={enter.isPending} className="mt-2">
        {t`Tiếp tục`}
      </Button>
      <Button look="quiet" onClick={onBack}>{t`Đăng nhập bằng tài khoản khác`}</Button>
    </form>
  )
}

/** Without e-mail and password: the device knows whose key it is. */
function PasskeyButton({ onEntered }: { onEntered: (me: Me) => void }) {
  const { t } = useLingui()
  const enter = useMutation({
    mutationFn: async () =>
      api.passkeys.open({
        body: { shown: await showPasskey(await api.passkeys.offer({ body: {} })) },
      }),
    onSuccess: onEntered,
  })
  if (!passkeysWork()) return null
  return (
    <>
      <p className="flex items-center gap-3 text-12 text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t`hoặc`}
      </p>
      {gaveUp(enter.error) ? (
        <p role="alert" className="text-13 text-ink-2">
          {t`Thiết bị không đưa ra khóa nào. Hãy thử lại, hoặc dùng mật khẩu.`}
        </p>
      ) : (
        <ErrorSummary errors={noErrors} error={enter.error} />
      )}
      <Button size="large" busy={enter.isPending} onClick={() => enter.mutate()}>
        <KeyRound aria-hidden="true" className="size-4" />
        {t`Dùng khóa truy cập`}
      </Button>
    </>
  )
}
