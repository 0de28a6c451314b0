import { useLingui } from '@lingui/react/macro'
import { Button } from '../../components/button.tsx'
import { Copyable } from '../../components/copyable.tsx'

/** The way in for a day without the telephone, shown once. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { t } = useLingui()
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13">
        {t`Cất các mã này ở nơi an toàn, ngoài máy này. Mỗi mã thay được mã của ứng dụng một lần, khi bạn mất điện thoại.`}
      </p>
      <Copyable label={t`Mã khôi phục, chỉ hiện một lần`} value={codes.join('\n')} main />
      <Button className="self-start" onClick={onKept}>{t`Tôi đã cất`}</Button>
    </div>
  )
}
