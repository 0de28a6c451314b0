import { useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { CodeInput } from './code-input.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useAgain } from './use-again.tsx'

/** From no authenticator to one that counts, with its recovery codes kept. */
export function AuthenticatorSetup({ onDone }: { onDone: () => void }) {
  const { t } = useLingui()
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [made, setMade] = useState<{ secret: string; uri: string } | null>(null)
  const begin = useAgain((password) => api.factors.beginTotp({ body: { password } }), setMade)
  const confirm = useMutation({
    mutationFn: (form: FormData) => api.factors.confirmTotp({ body: { code: text(form, 'code') } }),
    onSuccess: ({ recovery_codes }) => setCodes(recovery_codes),
  })
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />
  if (!made) {
    return (
      <div className="flex flex-col gap-3">
        <ErrorSummary errors={noErrors} error={begin.error} />
        <Button className="self-start" busy={begin.busy} onClick={begin.run}>
          {t`Thiết lập ứng dụng xác thực`}
        </Button>
        {begin.question}
      </div>
    )
  }
  return (
    <form
      onSubmit={submitted((form) => confirm.mutate(form))}
      className="flex max-w-md flex-col gap-4"
    >
      <ErrorSummary errors={noErrors} error={confirm.error} />
      <ol className="flex list-decimal flex-col gap-3 pl-5 text-13">
        <li>
          {t`Quét hình bằng ứng dụng xác thực trên điện thoại (bất kỳ ứng dụng TOTP nào).`}
          <div className="pt-2">
            <QrCode value={made.uri} label={t`Mã QR của khóa bí mật`} />
          </div>
        </li>
        <li>
          {t`Không quét được thì gõ khóa này:`}
          <code data-secret className="block pt-1 font-mono text-13 tracking-wide">
            {made.secret.match(/.{4}/g)?.join(' ')}
          </code>
        </li>
        <li>
          <Field label={t`Mã sáu số ứng dụng đang hiện`}>
            <CodeInput />
          </Field>
        </li>
      </ol>
      <Button look="primary" type="submit" className="self-start" busy={confirm.isPending}>
        {t`Xác nhận`}
      </Button>
    </form>
  )
}
