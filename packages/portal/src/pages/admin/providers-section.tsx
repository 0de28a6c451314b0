import type { Provider } from '@haidang/contracts/provider'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { gutter, Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { cn } from '../../theme/cn.ts'
import { ProviderDialog } from './provider-dialog.tsx'

/** Providers of single sign-on people of this node may sign in at. */
export function ProvidersSection() {
  const { t } = useLingui()
  const [opened, setOpened] = useState<Provider | 'new' | null>(null)
  const providers = useQuery({
    queryKey: ['providers', 'list'],
    queryFn: ({ signal }) => api.providers.list({ query: { limit: 100 } }, signal),
  })
  const items = providers.data?.items ?? []
  return (
    <div className={cn('max-w-3xl pb-12', gutter)}>
      <Section
        title={t`Đăng nhập một lần (OpenID Connect)`}
        count={items.length || undefined}
        acts={
          <Button size="small" onClick={() => setOpened('new')}>
            <Plus aria-hidden="true" className="size-4" />
            {t`Thêm nhà cung cấp`}
          </Button>
        }
      >
        {providers.isPending ? <LoadingRows rows={2} /> : null}
        {providers.error ? (
          <Failure error={providers.error} onRetry={() => void providers.refetch()} />
        ) : null}
        {providers.data && items.length === 0 ? (
          <p className="py-3 text-13 text-ink-2">
            {t`Chưa có. Thêm nhà cung cấp để mọi người đăng nhập bằng tài khoản của cơ quan mình.`}
          </p>
        ) : null}
        <ul className="divide-y divide-line">
          {items.map((provider) => (
            <li key={provider.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
              <div className="min-w-0 flex-1 basis-48">
                <p className="flex items-center gap-2 text-13">
                  <span className="truncate font-medium">{provider.name}</span>
                  {provider.enabled ? null : <Pill>{t`đang tắt`}</Pill>}
                </p>
                <p className="break-all font-mono text-12 text-ink-3">{provider.issuer}</p>
              </div>
              <Button size="small" onClick={() => setOpened(provider)}>{t`Sửa…`}</Button>
            </li>
          ))}
        </ul>
      </Section>
      {opened ? (
        <ProviderDialog
          {...(opened === 'new' ? {} : { provider: opened })}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </div>
  )
}
