import type { Overview } from '@haidang/contracts/overview'
import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { SeverityMark, SeverityShape } from '../../components/severity.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

type Target = Pick<LinkProps, 'to' | 'search'>

interface FigureProps {
  readonly name: string
  readonly value: ReactNode
  readonly tone?: string | false
  readonly target: Target
  readonly children?: ReactNode
}

/** One number, what it counts, and the way down to its records. */
function Figure({ name, value, tone, target, children }: FigureProps) {
  const link = target as LinkProps
  return (
    <div className="relative flex min-w-0 flex-col py-1 pr-4 pl-4 first:pl-0 max-sm:pl-0 sm:border-l sm:first:border-l-0">
      <Link
        {...link}
        className="text-12 text-ink-2 after:absolute after:inset-0 hover:underline hover:underline-offset-2"
      >
        {name}
      </Link>
      <span className={cn('text-32 font-medium leading-10 tracking-tight', tone)}>{value}</span>
      <span className="text-12 text-ink-3">{children}</span>
    </div>
  )
}

/** The numbers of the watch floor, each a link to what it counts. */
export function Figures({ overview }: { overview: Overview }) {
  const { t } = useLingui()
  const { number } = useWords()
  const counts = new Map(overview.open_clusters.map(({ severity, count }) => [severity, count]))
  const open = overview.open_clusters.reduce((sum, { count }) => sum + count, 0)
  const children = overview.stations.filter(
    ({ state }) => !['pending', 'rejected', 'revoked'].includes(state),
  )
  const silent = children.filter(({ state }) => state === 'silent').length
  const quiet = children.filter(({ state }) => state === 'quiet').length
  const waiting = overview.stations.filter(({ state }) => state === 'pending').length
  const serious = overview.open_incidents.filter(({ grade }) => grade === 'serious').length
  return (
    <div className="grid grid-cols-2 gap-y-4 sm:grid-cols-3 xl:grid-cols-[1.75fr_1fr_1fr_1fr_1.15fr_1fr]">
      <Figure
        name={t`Cụm cảnh báo đang mở`}
        value={number(open)}
        target={{ to: '/alerts', search: {} }}
      >
        <span className="flex flex-wrap gap-x-3">
          {Severity.options.toReversed().map((severity) => {
            const count = counts.get(severity) ?? 0
            return count > 0 ? (
              <span key={severity} className="inline-flex items-center gap-1">
                <SeverityMark severity={severity} />
                {number(count)}
              </span>
            ) : null
          })}
        </span>
      </Figure>
      <Figure
        name={t`Sự cố đang xử lý`}
        value={number(overview.open_incident_count)}
        target={{ to: '/incidents', search: {} }}
      >
        {serious > 0 ? t`${number(serious)} nghiêm trọng` : t`không có sự cố nghiêm trọng`}
      </Figure>
      <Figure
        name={t`Lệnh quá hạn`}
        value={
          <span className="inline-flex items-center gap-2">
            {number(overview.orders_overdue)}
            {overview.orders_overdue > 0 ? <SeverityShape severity="high" /> : null}
          </span>
        }
        tone={overview.orders_overdue > 0 && 'text-high'}
        target={{ to: '/orders', search: {} }}
      >
        {t`${number(overview.orders_open)} lệnh đang hiệu lực`}
      </Figure>
      <Figure
        name={t`Hạn đã qua`}
        value={
          <span className="inline-flex items-center gap-2">
            {number(overview.deadlines_passed)}
            {overview.deadlines_passed > 0 ? <SeverityShape severity="high" /> : null}
          </span>
        }
        tone={overview.deadlines_passed > 0 && 'text-high'}
        target={{ to: '/deadlines', search: { view: 'passed' } }}
      >
        {t`${number(overview.deadlines_running)} hạn đang chạy`}
      </Figure>
      <Figure
        name={t`Trạm đang kết nối`}
        value={
          <>
            {number(children.length - silent)}
            <span className="text-18 text-ink-3">/{number(children.length)}</span>
          </>
        }
        tone={silent > 0 && 'text-high'}
        target={{ to: '/stations', search: {} }}
      >
        {[
          silent > 0 ? t`${number(silent)} mất liên lạc` : '',
          quiet > 0 ? t`${number(quiet)} không có dữ liệu` : '',
          waiting > 0 ? t`${number(waiting)} chờ duyệt` : '',
        ]
          .filter(Boolean)
          .join(', ') || t`không trạm nào mất liên lạc`}
      </Figure>
      <Figure
        name={t`Sự kiện mỗi giây`}
        value={number(overview.events_per_second, overview.events_per_second < 10 ? 1 : 0)}
        target={{ to: '/events', search: {} }}
      >
        {t`trung bình một phút qua`}
      </Figure>
    </div>
  )
}
