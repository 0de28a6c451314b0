import { useLingui } from '@lingui/react/macro'
import { Copyable } from '../../components/copyable.tsx'

interface OnceLinkProps {
  readonly to: '/invitation' | '/recovery'
  readonly token: string
  readonly children: string
}

/** A link that works once, shown once. The token stands behind #, which browsers send to nobody. */
export function OnceLink({ to, token, children }: OnceLinkProps) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13">{children}</p>
      <Copyable label={t`Liên kết dùng một lần`} value={`${location.origin}${to}#${token}`} main />
      <p className="text-12 text-ink-2">{t`Chỉ hiện một lần. Đóng hộp này là không xem lại được.`}</p>
    </div>
  )
}
