import type { Factors } from '@haidang/contracts/factor'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { sessionQuery } from '../../api/session.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import { CodeInput } from './code-input.tsx'
import { factorsQuery } from './factors-query.ts'
import { RecoveryCodes } from './recovery-codes.tsx'

/** The second step of signing in with a password. */
export function Authenticator({ factors }: { factors: Factors }) {
  const { t } = useLingui()
  const renewed = useRenewed()
  const [asked, setAsked] = useState<'remove' | 'codes' | null>(null)
  const { totp_since, recovery_codes_left } = factors
  const close = () => {
    setAsked(null)
    renewed()
  }
  return (
    <Section
      title={t`Ứng dụng xác thực`}
      acts={totp_since ? <Pill tone="good">{t`đang bật`}</Pill> : <Pill>{t`chưa có`}</Pill>}
    >
      <div className="flex flex-col gap-3 pt-3">
        {totp_since ? (
          <>
            <p className="text-13">
              <Trans>
                Từ <Time at={totp_since} as="absolute" />. Còn {recovery_codes_left} mã khôi phục.
              </Trans>
            </p>
            <div className="flex flex-wrap gap-2">
              <Button onClick={() => setAsked('codes')}>{t`Tạo mã khôi phục mới…`}</Button>
              <Button look="danger" onClick={() => setAsked('remove')}>{t`Gỡ…`}</Button>
            </div>
          </>
        ) : (
          <>
            <p className="text-13 text-ink-2">
              {t`Mật khẩu bị lộ vẫn chưa đủ để đăng nhập: còn cần mã trên điện thoại của bạn.`}
            </p>
            <AuthenticatorSetup onDone={renewed} />
          </>
        )}
      </div>
      {asked === 'codes' ? <NewCodes onClose={close} /> : null}
      {asked === 'remove' ? <Remove onClose={close} /> : null}
    </Section>
  )
}

function useRenewed(): () => void {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: factorsQuery.queryKey })
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    void client.invalidateQueries({ queryKey: ['sessions'] })
  }
}

function NewCodes({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const renew = useMutation({
    mutationFn: (form: FormData) => api.factors.renewCodes({ body: { code: text(form, 'code') } }),
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Tạo mã khôi phục mới`}
      about={t`Các mã cũ hết dùng được ngay.`}
    >
      {renew.data ? (
        <RecoveryCodes codes={renew.data.recovery_codes} onKept={onClose} />
      ) : (
        <CodeForm
          error={renew.error}
          busy={renew.isPending}
          act={t`Tạo mã mới`}
          onSend={(form) => renew.mutate(form)}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

function Remove({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const remove = useMutation({
    mutationFn: (form: FormData) => api.factors.removeTotp({ body: { code: text(form, 'code') } }),
    onSuccess: () => {
      say(t`Đã gỡ ứng dụng xác thực`)
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Gỡ ứng dụng xác thực`}
      about={t`Mã khôi phục mất theo, các phiên khác của bạn kết thúc. Đổi điện thoại thì gỡ rồi thiết lập lại.`}
    >
      <CodeForm
        error={remove.error}
        busy={remove.isPending}
        act={t`Gỡ`}
        danger
        onSend={(form) => remove.mutate(form)}
        onClose={onClose}
      />
    </Dialog>
  )
}

interface CodeFormProps {
  readonly error: unknown
  readonly busy: boolean
  readonly act: string
  readonly danger?: boolean
  readonly onSend: (form: FormData) => void
  readonly onClose: () => void
}

function CodeForm({ error, busy, act, danger = false, onSend, onClose }: CodeFormProps) {
  const { t } = useLingui()
  return (
    <form onSubmit={submitted(onSend)} className="flex flex-col gap-4">
      <ErrorSummary errors={noErrors} error={error} />
      <Field label={t`Mã sáu số, hoặc một mã khôi phục`}>
        <CodeInput />
      </Field>
      <Acts>
        <Button look={danger ? 'danger' : 'primary'} type="submit" busy={busy}>
          {act}
        </Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}
