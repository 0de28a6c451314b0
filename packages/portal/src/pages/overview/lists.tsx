import type { Cluster } from '@haidang/contracts/cluster'
import type { Incident } from '@haidang/contracts/incident'
import type { Order } from '@haidang/contracts/order'
import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Section } from '../../components/page.tsx'
import { Pill, SimulatedRow } from '../../components/pill.tsx'
import { SeverityMark } from '../../components/severity.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { useWho } from '../orders/order-columns.tsx'
import { stationTones } from '../stations/station-tones.ts'

const line = 'relative grid min-h-10 items-center gap-3 py-1.5 hover:bg-hover'
/** Makes the whole line the target of its link. */
const whole = 'truncate font-medium after:absolute after:inset-0 hover:underline'

function More({ children }: { children: ReactNode }) {
  return <span className="text-12 text-accent [&_a:hover]:underline">{children}</span>
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="py-3 text-ink-3">{children}</p>
}

export function NewestClusters({ clusters }: { clusters: readonly Cluster[] }) {
  const { t } = useLingui()
  const { compact, label } = useWords()
  return (
    <Section
      title={t`Cảnh báo mới nhất`}
      acts={
        <More>
          <Link
            to="/alerts"
            search={{ view: 'new' }}
            className="inline-flex min-h-6 items-center"
          >{t`Xử lý cụm mới`}</Link>
        </More>
      }
    >
      {clusters.length === 0 ? <Quiet>{t`Chưa có cảnh báo nào.`}</Quiet> : null}
      <ul className="divide-y divide-line">
        {clusters.slice(0, 12).map((cluster) => (
          <li key={cluster.id} className={`${line} grid-cols-[28px_minmax(0,1fr)_auto]`}>
            <SeverityMark severity={cluster.severity} />
            <div className="min-w-0">
              <p className="flex items-center gap-2">
                <Link to="/alerts/$id" params={{ id: cluster.id }} className={whole}>
                  {cluster.title}
                </Link>
                {cluster.simulated ? <SimulatedRow /> : null}
              </p>
              <p className="flex min-w-0 gap-2 text-12 text-ink-2">
                <code className="truncate">{cluster.entity}</code>
                <span className="truncate text-ink-3">{cluster.organisation_name}</span>
              </p>
            </div>
            <div className="text-right text-12 text-ink-2">
              <p>
                ×{compact(cluster.alert_count)} · {label('clusterState', cluster.state)}
              </p>
              <Time at={cluster.last_time} className="text-ink-3" />
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function WaitingOrders({ orders }: { orders: readonly Order[] }) {
  const { t } = useLingui()
  const who = useWho()
  return (
    <Section title={t`Lệnh chờ trả lời`} count={orders.length || undefined}>
      {orders.length === 0 ? <Quiet>{t`Không có lệnh nào chờ.`}</Quiet> : null}
      <ul className="divide-y divide-line">
        {orders.slice(0, 6).map((order) => {
          const late = order.tally.overdue > 0
          return (
            <li key={order.id} className={`${line} grid-cols-[minmax(0,1fr)_auto]`}>
              <div className="min-w-0">
                <p className="flex items-center gap-2">
                  <Link to="/orders/$id" params={{ id: order.id }} className={whole}>
                    {order.title}
                  </Link>
                  {order.simulated ? <SimulatedRow /> : null}
                </p>
                <p className="truncate text-12 text-ink-2">
                  {order.mine === 'addressee' ? t`Từ ${order.issuer_name}` : t`Tới ${who(order)}`}
                </p>
              </div>
              {late ? <Pill tone="critical">{t`Quá hạn`}</Pill> : null}
              {!late && order.report_due_at ? (
                <Time at={order.report_due_at} className="text-12 text-ink-2" />
              ) : null}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

export function OpenIncidents({
  incidents,
  count,
}: {
  incidents: readonly Incident[]
  count: number
}) {
  const { t } = useLingui()
  const { number, label } = useWords()
  return (
    <Section title={t`Sự cố đang xử lý`} count={count > 0 ? number(count) : undefined}>
      {incidents.length === 0 ? <Quiet>{t`Không có sự cố nào đang mở.`}</Quiet> : null}
      <ul className="divide-y divide-line">
        {incidents.slice(0, 6).map((incident) => (
          <li key={incident.id} className={`${line} grid-cols-[28px_minmax(0,1fr)_auto]`}>
            <SeverityMark severity={incident.severity} />
            <div className="min-w-0">
              <p className="flex items-center gap-2">
                <Link to="/incidents/$id" params={{ id: incident.id }} className={whole}>
                  {incident.title}
                </Link>
                {incident.simulated ? <SimulatedRow /> : null}
              </p>
              <p className="truncate text-12 text-ink-2">
                <span className="font-mono">{incident.number}</span> · {incident.organisation_name}
              </p>
            </div>
            <Pill>{label('incidentState', incident.state)}</Pill>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function StationStates({ stations }: { stations: readonly Station[] }) {
  const { t } = useLingui()
  const { label, number } = useWords()
  return (
    <Section title={t`Trạm`} count={stations.length || undefined}>
      {stations.length === 0 ? <Quiet>{t`Chưa có trạm nào.`}</Quiet> : null}
      <ul className="divide-y divide-line">
        {stations.slice(0, 8).map((station) => {
          const rate = station.heartbeat?.sources.reduce((sum, source) => sum + source.rate, 0) ?? 0
          return (
            <li key={station.id} className={`${line} grid-cols-[minmax(0,1fr)_auto_auto]`}>
              <div className="min-w-0">
                <p className="flex items-center gap-2">
                  <Link to="/stations/$id" params={{ id: station.id }} className={whole}>
                    {station.name}
                  </Link>
                  {station.open_gaps > 0 ? (
                    <Pill tone="high">{t`${number(station.open_gaps)} khoảng trống`}</Pill>
                  ) : null}
                </p>
                <p className="truncate text-12 text-ink-2">{station.organisation_name}</p>
              </div>
              <span className="text-12 text-ink-2">{t`${number(rate)} sk/s`}</span>
              <Pill tone={stationTones[station.state]}>{label('stationState', station.state)}</Pill>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
