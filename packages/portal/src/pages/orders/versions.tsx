import type { Order } from '@haidang/contracts/order'
import type { OrderVersion } from '@haidang/contracts/order-matrix-api'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'

type Facts = Pick<OrderVersion, 'title' | 'situation' | 'actions' | 'report_due_at' | 'urgency'>

/** What each version changed, and why, the newest first. */
export function Versions({ order }: { order: Order }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['orders', 'versions', order.id, order.version],
    queryFn: ({ signal }) => api.orderMatrix.versions({ params: { id: order.id } }, signal),
  })
  return (
    <Section title={t`Các lần sửa đổi`} count={order.version - 1}>
      <Asked query={query}>
        {({ items }) => (
          <ol className="divide-y divide-line">
            {items.map((former, place) => (
              <li key={former.version} className="py-2">
                <p className="flex flex-wrap gap-x-2 text-12 text-ink-3">
                  <span className="font-semibold text-13 text-ink">{t`Bản ${former.version + 1}`}</span>
                  <span>{former.actor_name}</span>
                  <Time at={former.time} as="absolute" />
                </p>
                <p className="max-w-[70ch] text-15">{former.reason}</p>
                <Changes before={former} after={items[place - 1] ?? order} />
              </li>
            ))}
          </ol>
        )}
      </Asked>
    </Section>
  )
}

function Changes({ before, after }: { before: Facts; after: Facts }) {
  const { t } = useLingui()
  const lost = indicators(before).filter((text) => !indicators(after).includes(text))
  const gained = indicators(after).filter((text) => !indicators(before).includes(text))
  return (
    <ul className="text-13 text-ink-2">
      {before.report_due_at !== after.report_due_at &&
      before.report_due_at &&
      after.report_due_at ? (
        <li>
          {t`Hạn báo cáo`}: <Time at={before.report_due_at} as="absolute" /> →{' '}
          <Time at={after.report_due_at} as="absolute" />
        </li>
      ) : null}
      {before.situation === after.situation ? null : <li>{t`Tình hình được viết lại`}</li>}
      {before.title === after.title ? null : <li>{t`Trích yếu trước: ${before.title}`}</li>}
      {after.actions.map((action) => {
        const former = before.actions.find(({ id }) => id === action.id)
        return former && former.text !== action.text ? (
          <li key={action.id}>{t`Yêu cầu trước: ${former.text}`}</li>
        ) : null
      })}
      {gained.length > 0 ? <li>{t`Thêm dấu hiệu: ${gained.slice(0, 20).join(', ')}`}</li> : null}
      {lost.length > 0 ? <li>{t`Bỏ dấu hiệu: ${lost.slice(0, 20).join(', ')}`}</li> : null}
    </ul>
  )
}

function indicators({ actions }: Facts): string[] {
  return actions.flatMap((action) => action.indicators)
}
