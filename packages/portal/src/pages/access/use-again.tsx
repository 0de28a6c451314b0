import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Refusal } from '../../api/send.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'

interface Again {
  readonly run: () => void
  readonly busy: boolean
  /** What stopped it, apart from the password that is asked for. */
  readonly error: unknown
  /** The question for the password, where it is open. */
  readonly question: ReactNode
}

const stale = (error: unknown) => error instanceof Refusal && error.code === 'session.stale'

/** An act that long after signing in asks for the password first, then goes on. */
export function useAgain<T>(
  act: (password: string | undefined) => Promise<T>,
  onDone: (result: T) => void,
  why?: string,
): Again {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  const doing = useMutation({
    mutationFn: act,
    onSuccess: (result) => {
      setAsking(false)
      onDone(result)
    },
    onError: (error) => {
      if (stale(error)) setAsking(true)
    },
  })
  const error = stale(doing.error) ? undefined : (doing.error ?? undefined)
  const close = () => {
    setAsking(false)
    doing.reset()
  }
  return {
    run: () => doing.mutate(undefined),
    busy: doing.isPending,
    error: asking ? undefined : error,
    question: asking ? (
      <Dialog open onClose={close} title={t`Nhập lại mật khẩu`}>
        <form
          onSubmit={submitted((form) => doing.mutate(text(form, 'password')))}
          className="flex flex-col gap-4"
        >
          <p className="text-13 text-ink-2">
            {why ??
              t`Bạn đăng nhập đã lâu. Đổi cách đăng nhập cần mật khẩu, phòng khi người khác dùng máy của bạn.`}
          </p>
          <ErrorSummary errors={noErrors} error={error} />
          <Field label={t`Mật khẩu`}>
            <Input
              name="password"
              type="password"
              autoComplete="current-password"
              required
              maxLength={128}
            />
          </Field>
          <Acts>
            <Button look="primary" type="submit" busy={doing.isPending}>{t`Tiếp tục`}</Button>
            <Button look="quiet" onClick={close}>{t`Thôi`}</Button>
          </Acts>
        </form>
      </Dialog>
    ) : null,
  }
}
