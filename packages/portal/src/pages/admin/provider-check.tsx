import type { Provider } from '@haidang/contracts/provider'
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Copyable } from '../../components/copyable.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'

interface ProviderCheckProps {
  readonly provider: Provider
  readonly removing: boolean
  readonly onRemove: () => void
}

/** What to register at the provider, whether it answers, and the way to part from it. */
export function ProviderCheck({ provider, removing, onRemove }: ProviderCheckProps) {
  const { t } = useLingui()
  const [sure, setSure] = useState(false)
  const check = useMutation({
    mutationFn: () => api.providers.check({ params: { id: provider.id } }),
  })
  return (
    <section className="mt-6 flex flex-col gap-4 border-t pt-4">
      {provider.redirect_uri ? (
        <div>
          <h3 className="pb-1 font-semibold text-13">{t`Địa chỉ quay lại, đăng ký ở nhà cung cấp`}</h3>
          <Copyable label={t`Địa chỉ quay lại`} value={provider.redirect_uri} />
        </div>
      ) : (
        <p className="text-13 text-ink-2">
          {t`Nút chưa có địa chỉ công khai (http.public_url), nên chỉ người ngồi tại máy này đăng nhập một lần được.`}
        </p>
      )}
      <ErrorSummary errors={noErrors} error={check.error} />
      {check.data ? (
        <div role="status">
          <ul className="list-disc pl-5 text-13">
            <li>
              <Trans>Trang đăng nhập: {check.data.authorization_endpoint}</Trans>
            </li>
            <li>{check.data.pkce ? t`Kiểm tra PKCE` : t`Không nói là kiểm tra PKCE`}</li>
            <li>
              {check.data.names_itself
                ? t`Xưng tên trong câu trả lời (RFC 9207)`
                : t`Không xưng tên trong câu trả lời (RFC 9207)`}
            </li>
            {check.data.seconds_apart === null ? null : (
              <li>
                <Plural value={Math.abs(check.data.seconds_apart)} other="Đồng hồ lệch # giây" />
              </li>
            )}
          </ul>
        </div>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button busy={check.isPending} onClick={() => check.mutate()}>{t`Thử kết nối`}</Button>
        {sure ? (
          <Button look="danger" busy={removing} onClick={onRemove}>
            {t`Xóa, mọi liên kết với nó mất theo`}
          </Button>
        ) : (
          <Button look="danger" onClick={() => setSure(true)}>{t`Xóa nhà cung cấp…`}</Button>
        )}
      </div>
    </section>
  )
}
