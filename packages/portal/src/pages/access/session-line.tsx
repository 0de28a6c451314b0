import type { SessionFactor, SessionShown } from '@haidang/contracts/factor'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { deviceOf } from './device.ts'

/** One session: on what, from where, since when, by what. */
export function SessionLine({
  session,
  children,
}: {
  session: SessionShown
  children?: ReactNode
}) {
  const { t } = useLingui()
  const factors: Record<SessionFactor, string> = {
    password: t`mật khẩu`,
    totp: t`mật khẩu và mã`,
    'recovery-code': t`mã khôi phục`,
    passkey: t`khóa truy cập`,
    provider: t`đăng nhập một lần, hai yếu tố`,
    'provider-alone': t`đăng nhập một lần`,
  }
  const { browser, system } = deviceOf(session.user_agent ?? '')
  const device = [browser, system].filter(Boolean).join(', ')
  return (
    <li
      className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2"
      title={session.user_agent ?? ''}
    >
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 text-13">
          <span className="font-medium">{device || t`Thiết bị không rõ`}</span>
          {session.current ? <Pill tone="accent">{t`phiên này`}</Pill> : null}
        </p>
        <p className="text-12 text-ink-3">
          <span className="font-mono">{session.address}</span> · {factors[session.factor]} ·{' '}
          <Trans>
            dùng <Time at={session.last_used_at} />, mở{' '}
            <Time at={session.created_at} as="absolute" />
          </Trans>
        </p>
      </div>
      {children}
    </li>
  )
}
