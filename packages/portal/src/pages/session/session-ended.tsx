import type { SessionEnd } from '@haidang/contracts/session-end'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Time } from '../../components/time.tsx'

/** Why this browser is signed out, for whoever was signed in. */
export function SessionEnded() {
  const { t } = useLingui()
  const told = useQuery({
    queryKey: ['session', 'ended'],
    queryFn: ({ signal }) => api.session.ended({}, signal),
    staleTime: 0,
  })
  const ended = told.data?.ended
  if (!ended || ended.reason === 'signed-out') return null
  const words: Record<Exclude<SessionEnd['reason'], 'signed-out'>, string> = {
    idle: t`Phiên của bạn đã kết thúc vì không được dùng trong thời gian quy định.`,
    expired: t`Phiên của bạn đã hết thời hạn.`,
    'ended-by-self': t`Bạn đã kết thúc phiên này từ một phiên khác của mình.`,
    'ended-by-administrator': t`Quản trị viên đã kết thúc phiên của bạn.`,
    'password-changed': t`Phiên đã kết thúc vì mật khẩu của bạn vừa được đổi ở một phiên khác. Nếu không phải bạn đổi, hãy báo ngay cho quản trị viên.`,
    'password-reset': t`Phiên đã kết thúc vì mật khẩu của bạn đã được đặt lại.`,
    'factor-changed': t`Phiên đã kết thúc vì cách đăng nhập của bạn vừa thay đổi. Nếu không phải bạn thay đổi, hãy báo ngay cho quản trị viên.`,
    disabled: t`Phiên đã kết thúc vì tài khoản đã bị khóa. Hãy liên hệ quản trị viên.`,
    'factor-needed': t`Vai trò của bạn nay cần bước xác thực thứ hai. Hãy đăng nhập lại.`,
  }
  return (
    <p
      role="status"
      className="mb-6 rounded-control border-accent border-l-4 bg-accent-soft px-4 py-3 text-13"
    >
      {words[ended.reason]}{' '}
      {ended.ended_at ? (
        <span className="text-ink-2">
          <Time at={ended.ended_at} as="absolute" />
        </span>
      ) : null}
    </p>
  )
}
