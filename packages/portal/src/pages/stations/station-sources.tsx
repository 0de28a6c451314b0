import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Scrolled } from '../../components/scrolled.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { toneOf } from './station-tones.ts'

/** The sources of a station with every counter: what came in, what could not be read, what was lost. */
export function StationSources({ station }: { station: Station }) {
  const { t } = useLingui()
  const { number, duration, label } = useWords()
  const sources = station.heartbeat?.sources ?? []
  const count = (value: number) => (
    <td
      className={cn('py-1.5 pl-3 text-right', value > 0 ? 'font-medium text-high' : 'text-ink-3')}
    >
      {number(value)}
    </td>
  )
  return (
    <Section
      title={t`Các nguồn`}
      count={sources.length || undefined}
      acts={
        station.local ? (
          <Link
            to="/stations"
            search={{ tab: 'sources' }}
            className="text-12 text-accent hover:underline"
          >{t`Quản lý nguồn`}</Link>
        ) : null
      }
    >
      {sources.length === 0 ? (
        <p className="py-3 text-ink-3">{t`Trạm chưa có nguồn nào.`}</p>
      ) : null}
      {sources.length > 0 ? (
        <Scrolled label={t`Các nguồn`}>
          <table className="w-full text-13 [&_tbody_th]:whitespace-nowrap [&_td]:whitespace-nowrap [&_thead_th]:align-bottom [&_thead_th]:leading-tight">
            <thead className="text-12 text-ink-3">
              <tr className="border-b">
                <th className="py-1.5 text-left font-medium">{t`Nguồn`}</th>
                <th className="py-1.5 pl-3 text-left font-medium">{t`Trạng thái`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Bản ghi/giây`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Trễ`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Đã nhận`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Không đọc được`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Mất trước khi ghi`}</th>
                <th className="py-1.5 pl-3 text-right font-medium">{t`Có thể trùng`}</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {sources.map((source) => (
                <tr key={source.id}>
                  <th scope="row" className="py-1.5 text-left font-medium">
                    {source.name}
                  </th>
                  <td className="py-1.5 pl-3">
                    <Pill tone={toneOf(source)}>{label('sourceState', source.state)}</Pill>
                    {source.cause ? (
                      <span className="block text-12 text-ink-2">
                        {label('silenceCause', source.cause)}
                        {source.since ? (
                          <>
                            {' · '}
                            <Time at={source.since} />
                          </>
                        ) : null}
                      </span>
                    ) : null}
                  </td>
                  <td className="py-1.5 pl-3 text-right">{number(source.rate, 1)}</td>
                  <td className="py-1.5 pl-3 text-right">
                    {source.counters.received > 0 ? duration(source.lag_seconds) : '—'}
                  </td>
                  <td className="py-1.5 pl-3 text-right">{number(source.counters.received)}</td>
                  {count(source.counters.rejected)}
                  {count(source.counters.dropped)}
                  {count(source.counters.duplicated_possible)}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      ) : null}
    </Section>
  )
}
