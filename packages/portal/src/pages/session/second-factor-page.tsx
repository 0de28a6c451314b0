import { useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Toasts } from '../../components/toast.tsx'
import { AddPasskey } from '../access/add-passkey.tsx'
import { AuthenticatorSetup } from '../access/authenticator-setup.tsx'
import { Front } from './front.tsx'

/** Where those end up whose role needs a second factor and who have none yet: nothing else opens before. */
export function SecondFactorPage() {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const go = async (to: '/' | '/sign-in') => {
    await client.cancelQueries()
    client.clear()
    await navigate({ to, search: {} })
  }
  useEffect(() => {
    document.title = `${t`Bước xác thực thứ hai`} · Hải Đăng`
  }, [t])
  return (
    <Front wide>
      <div className="flex flex-col gap-6">
        <header>
          <h1 className="text-24">{t`Bước xác thực thứ hai`}</h1>
          <p className="pt-1 text-15 text-ink-2">
            {t`Vai trò của bạn cần nhiều hơn mật khẩu. Thiết lập một trong hai cách sau, rồi vào làm việc.`}
          </p>
        </header>
        <section className="flex flex-col gap-3 border-t pt-4">
          <h2 className="font-semibold text-15">{t`Ứng dụng xác thực`}</h2>
          <AuthenticatorSetup onDone={() => void go('/')} />
        </section>
        <section className="flex flex-col gap-3 border-t pt-4">
          <h2 className="font-semibold text-15">{t`Khóa truy cập (passkey)`}</h2>
          <AddPasskey onDone={() => void go('/')} />
        </section>
        <Button
          look="quiet"
          className="self-start"
          onClick={() => void api.session.close({}).finally(() => go('/sign-in'))}
        >
          {t`Đăng xuất`}
        </Button>
      </div>
      <Toasts />
    </Front>
  )
}
