import { useLingui } from '@lingui/react/macro'
import { Copyable } from '../../components/copyable.tsx'

/** Something shown once: a join code, a token, a key. */
export function Secret({ value, children }: { value: string; children: string }) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-3">
      <p>{children}</p>
      <Copyable label={t`Giá trị chỉ hiện một lần`} value={value} main />
      <p className="text-12 text-ink-2">{t`Chỉ hiện một lần. Đóng hộp này là không xem lại được.`}</p>
    </div>
  )
}
