import type { Cluster } from '@haidang/contracts/cluster'
import type { Incident } from '@haidang/contracts/incident'
import type { Order } from '@haidang/contracts/order'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { useMay } from '../../api/session.ts'
import { Asked } from '../../components/asked.tsx'
import { anyOf } from '../../components/filter-tree.ts'
import { Section } from '../../components/page.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { LoadingRows } from '../../components/states.tsx'
import { useWords } from '../../language/use-words.ts'
import { OrderSteps } from '../orders/order-steps.tsx'

/** What was asked of whom because of this incident, and how far each has come. */
export function IncidentOrders({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const may = useMay()
  const filter = anyOf('incident_id', [incident.id, ...incident.merged_ids])
  const query = useQuery({
    queryKey: ['orders', 'of', filter],
    queryFn: ({ signal }) => api.orders.list({ query: { limit: 50, filter } }, signal),
    enabled: may('order.read'),
  })
  if (!may('order.read')) return null
  return (
    <Section title={t`Lệnh đã giao`} count={incident.order_count || undefined}>
      <Asked query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) => <Orders orders={items} />}
      </Asked>
    </Section>
  )
}

function Orders({ orders }: { orders: readonly Order[] }) {
  const { t } = useLingui()
  if (orders.length === 0) return <p className="py-2 text-ink-3">{t`Chưa giao lệnh nào.`}</p>
  return (
    <ul className="divide-y divide-line">
      {orders.map((order) => (
        <li key={order.id} className="py-2">
          <Link to="/orders/$id" params={{ id: order.id }} className="font-medium hover:underline">
            {order.title}
          </Link>
          <ul className="pt-1">
            {order.addressees.map((addressee) => (
              <li
                key={addressee.organisation_id}
                className="flex min-h-6 items-center justify-between gap-3 text-12 text-ink-2"
              >
                <span className="truncate">{addressee.organisation_name}</span>
                <OrderSteps addressee={addressee} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

export function IncidentClusters({ incident }: { incident: Incident }) {
  const { t } = useLingui()
  const query = useQuery({
    queryKey: ['clusters', 'of', incident.id],
    queryFn: ({ signal }) =>
      api.incidents.clusters({ params: { id: incident.id }, query: { limit: 50 } }, signal),
  })
  return (
    <Section title={t`Cụm cảnh báo`} count={incident.cluster_count || undefined}>
      <Asked query={query} loading={<LoadingRows rows={2} />}>
        {({ items }) => <Clusters clusters={items} />}
      </Asked>
    </Section>
  )
}

function Clusters({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useLingui()
  const { number } = useWords()
  if (clusters.length === 0) return <p className="py-2 text-ink-3">{t`Không gắn cụm nào.`}</p>
  return (
    <ul className="divide-y divide-line">
      {clusters.map((cluster) => (
        <li key={cluster.id} className="flex items-start gap-2 py-1.5">
          <span className="pt-0.5">
            <SeverityMark severity={cluster.severity} />
          </span>
          <div className="min-w-0 flex-1">
            <Link
              to="/alerts/$id"
              params={{ id: cluster.id }}
              className="block truncate font-medium hover:underline"
            >
              {cluster.title}
            </Link>
            <code className="block truncate text-12 text-ink-2">{cluster.entity}</code>
          </div>
          <span className="text-12 text-ink-3">×{number(cluster.alert_count)}</span>
        </li>
      ))}
    </ul>
  )
}
