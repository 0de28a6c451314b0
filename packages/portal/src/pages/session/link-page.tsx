import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { useDescribe } from '../../api/describe.ts'
import { buttonStyle } from '../../components/button.tsx'
import { Empty, LoadingRows } from '../../components/states.tsx'
import { Front } from './front.tsx'

/** The token of the link that was opened; taken out of the address at once, so that it stays in no history. */
export function useLinkToken(): string {
  const [token] = useState(() => location.hash.slice(1))
  useEffect(() => {
    if (location.hash) history.replaceState(history.state, '', location.pathname)
  }, [])
  return token
}

interface LinkPageProps {
  readonly title: string
  readonly pending: boolean
  readonly error: unknown
  /** Whose account can be signed in to now; the form is done. */
  readonly done: string | undefined
  readonly children: ReactNode
}

/** The frame of a page a one-time link opens: loading, refused, the form, done. */
export function LinkPage({ title, pending, error, done, children }: LinkPageProps) {
  const { t } = useLingui()
  const describe = useDescribe()
  useEffect(() => {
    document.title = `${title} · Hải Đăng`
  }, [title])
  const signIn = (
    <Link to="/sign-in" search={{}} className={buttonStyle({ look: 'primary' })}>
      {t`Đăng nhập`}
    </Link>
  )
  if (done !== undefined) {
    return (
      <Front>
        <Empty whole title={t`Đã xong`} act={signIn}>
          {t`Bây giờ đăng nhập bằng ${done} và mật khẩu vừa đặt.`}
        </Empty>
      </Front>
    )
  }
  if (error) {
    return (
      <Front>
        <Empty whole title={describe(error).title} act={signIn}>
          {describe(error).detail}
        </Empty>
      </Front>
    )
  }
  return <Front>{pending ? <LoadingRows rows={3} /> : children}</Front>
}
