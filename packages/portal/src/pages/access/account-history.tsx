import type { AccountAct, AccountEvent } from '@haidang/contracts/account-history'
import { useLingui } from '@lingui/react/macro'
import { api } from '../../api/api.ts'
import { usePages } from '../../api/pages.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Failure, LoadingRows } from '../../components/states.tsx'
import { Time } from '../../components/time.tsx'

/** What was done to one's own account: how it is opened, and by whom that was changed. */
export function AccountHistory() {
  const { t } = useLingui()
  const { query, items } = usePages({
    queryKey: ['sessions', 'history'],
    read: (cursor, signal) => api.sessionList.history({ query: { limit: 10, cursor } }, signal),
  })
  return (
    <Section title={t`Việc đã làm với tài khoản`}>
      {query.isPending ? <LoadingRows rows={2} /> : null}
      {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.data && items.length === 0 ? (
        <p className="pt-3 text-13 text-ink-3">{t`Chưa ai đổi gì ở tài khoản của bạn`}</p>
      ) : null}
      <ul className="flex flex-col divide-y divide-line">
        {items.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          size="small"
          className="mt-2"
          busy={query.isFetching}
          onClick={() => void query.fetchNextPage()}
        >
          {t`Xem thêm`}
        </Button>
      ) : null}
    </Section>
  )
}

function EventLine({ event: { act, time, by, own, reason } }: { event: AccountEvent }) {
  const { t } = useLingui()
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 py-1.5 text-13">
      <span className="min-w-0 break-words">
        {useActWords()[act]}
        {reason ? <span className="text-ink-2">: {reason}</span> : null}
      </span>
      {own ? null : <Pill tone="accent">{by}</Pill>}
      <span className="ml-auto shrink-0 text-12 text-ink-3">
        {own ? `${t`bạn`} · ` : null}
        <Time at={time} as="absolute" />
      </span>
    </li>
  )
}

function useActWords(): Readonly<Record<AccountAct, string>> {
  const { t } = useLingui()
  return {
    'person.updated': t`Đổi tên, vai trò, ngôn ngữ hoặc khóa, mở tài khoản`,
    'password.replaced': t`Đổi mật khẩu`,
    'session.ended': t`Kết thúc phiên đăng nhập`,
    'factor.added': t`Thêm ứng dụng xác thực`,
    'factor.removed': t`Gỡ ứng dụng xác thực`,
    'factor.codes-renewed': t`Tạo lại mã khôi phục`,
    'passkey.added': t`Thêm khóa truy cập`,
    'passkey.removed': t`Gỡ khóa truy cập`,
    'identity.linked': t`Liên kết đăng nhập một lần`,
    'identity.unlinked': t`Bỏ liên kết đăng nhập một lần`,
    'recovery.issued': t`Tạo liên kết khôi phục`,
    'recovery.used': t`Dùng liên kết khôi phục`,
  }
}
