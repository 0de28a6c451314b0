import type { Identity } from '@haidang/contracts/provider'
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { LogIn } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { say } from '../../components/toast.tsx'
import { ProviderRefusal } from '../session/sign-in-providers.tsx'
import { useAgain } from './use-again.tsx'

const route = getRouteApi('/shell/me')
const queryKey = ['identities']

/** Who one is at providers of single sign-on; nothing where the node knows no provider. */
export function Identities() {
  const { t } = useLingui()
  const { refused, linked } = route.useSearch()
  const offered = useQuery({
    queryKey: ['providers', 'offered'],
    queryFn: ({ signal }) => api.providerSessions.offered({}, signal),
  })
  const own = useQuery({ queryKey, queryFn: ({ signal }) => api.identities.list({}, signal) })
  const items = own.data?.items ?? []
  const others = (offered.data?.items ?? []).filter(
    ({ id }) => !items.some(({ provider_id }) => provider_id === id),
  )
  if (items.length + others.length === 0 || !own.data) return null
  return (
    <Section title={t`Đăng nhập một lần`} count={items.length || undefined}>
      <div className="flex flex-col gap-3 pt-3">
        <ProviderRefusal code={refused} />
        {linked ? (
          <p role="status" className="text-13 text-good">
            {t`Đã liên kết. Từ nay đăng nhập được bằng nhà cung cấp này.`}
          </p>
        ) : null}
        {items.length === 0 ? (
          <p className="text-13 text-ink-2">
            {t`Liên kết để đăng nhập bằng tài khoản bạn đã có ở nơi khác, không cần mật khẩu ở đây.`}
          </p>
        ) : (
          <ul className="flex flex-col divide-y divide-line">
            {items.map((identity) => (
              <IdentityLine key={identity.id} identity={identity} />
            ))}
          </ul>
        )}
        {others.map(({ id, name }) => (
          <LinkButton key={id} id={id} name={name} />
        ))}
      </div>
    </Section>
  )
}

function LinkButton({ id, name }: { id: string; name: string }) {
  const { t } = useLingui()
  const link = useAgain(
    (password) => api.identities.link({ body: { provider_id: id, password } }),
    ({ url }) => location.assign(url),
  )
  return (
    <>
      <ErrorSummary errors={noErrors} error={link.error} />
      <Button className="self-start" busy={link.busy} onClick={link.run}>
        <LogIn aria-hidden="true" className="size-4" />
        {t`Liên kết với ${name}`}
      </Button>
      {link.question}
    </>
  )
}

function IdentityLine({ identity }: { identity: Identity }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [asked, setAsked] = useState(false)
  const { id, provider_name, email, linked_at, last_used_at } = identity
  const unlink = useAgain(
    (password) => api.identities.unlink({ params: { id }, body: { password } }),
    (left) => {
      say(t`Đã bỏ liên kết với ${provider_name}`)
      client.setQueryData(queryKey, left)
      void client.invalidateQueries({ queryKey: ['sessions'] })
    },
  )
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-13">{provider_name}</p>
        <p className="text-12 text-ink-3">
          {email ? `${email} · ` : null}
          {last_used_at ? (
            <Trans>
              dùng <Time at={last_used_at} />
            </Trans>
          ) : (
            <Trans>
              liên kết <Time at={linked_at} />, chưa dùng
            </Trans>
          )}
        </p>
      </div>
      <Button size="small" look="danger" onClick={() => setAsked(true)}>{t`Bỏ liên kết…`}</Button>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        title={t`Bỏ liên kết với ${provider_name}`}
        about={t`Nhà cung cấp này không mở tài khoản của bạn nữa, các phiên khác của bạn kết thúc.`}
      >
        <ErrorSummary errors={noErrors} error={unlink.error} />
        <Acts>
          <Button look="danger" busy={unlink.busy} onClick={unlink.run}>{t`Bỏ liên kết`}</Button>
          <Button look="quiet" onClick={() => setAsked(false)}>{t`Thôi`}</Button>
        </Acts>
      </Dialog>
      {unlink.question}
    </li>
  )
}
