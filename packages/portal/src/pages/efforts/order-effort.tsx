import type { Order } from '@haidang/contracts/order'
import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Section } from '../../components/page.tsx'
import { Failure } from '../../components/states.tsx'
import { Amount, EffortStatePill } from './effort-columns.tsx'
import { EffortEditor } from './effort-editor.tsx'

const shown = 5

/** The effort sheets of an order one may see, and the way to begin one's own. */
export function OrderEffort({ order }: { order: Order }) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const refusal = useRefusal()
  const [begun, setBegun] = useState(false)
  const filter = `order_id:${order.id}`
  const query = useQuery({
    queryKey: ['efforts', 'list', 'order', order.id],
    queryFn: ({ signal }) => api.efforts.list({ query: { limit: shown, filter } }, signal),
    enabled: refusal('effort.read') === undefined,
  })
  const sheets = query.data?.items ?? []
  const own = order.addressees[0]
  // A sheet is written where the order was issued: from another node it cannot be.
  const isClaimant =
    order.mine === 'addressee' && own?.role !== 'for_information' && own?.over_link === false
  const mayBegin =
    query.data !== undefined && isClaimant && !sheets.some(({ state }) => state !== 'withdrawn')
  if (query.isPending || (query.data && sheets.length === 0 && !mayBegin)) return null
  return (
    <Section
      title={t`Khối lượng, hao tổn`}
      acts={
        mayBegin ? (
          <Button size="small" refusal={refusal('effort.submit')} onClick={() => setBegun(true)}>
            {t`Lập bảng kê…`}
          </Button>
        ) : null
      }
    >
      {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : null}
      <ul className="flex flex-col divide-y divide-line">
        {sheets.map((sheet) => (
          <li key={sheet.id} className="flex flex-wrap items-center gap-2 py-1.5 text-13">
            <Link to="/efforts/$id" params={{ id: sheet.id }} className="hover:underline">
              {sheet.organisation_name}
            </Link>
            <EffortStatePill state={sheet.state} />
            <Amount sheet={sheet} />
          </li>
        ))}
      </ul>
      {query.data?.next ? (
        <Link to="/efforts" search={{ q: filter }} className="text-12 text-accent hover:underline">
          <Plural value={shown} other="Xem hơn # bảng kê" />
        </Link>
      ) : null}
      {begun ? (
        <EffortEditor
          orderId={order.id}
          onSaved={({ id }) => void navigate({ to: '/efforts/$id', params: { id } })}
          onClose={() => setBegun(false)}
        />
      ) : null}
    </Section>
  )
}
