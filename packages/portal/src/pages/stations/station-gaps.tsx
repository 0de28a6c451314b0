import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { Section } from '../../components/page.tsx'
import { Pill } from '../../components/pill.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'

/** When it could not be heard, and whether what was missing has come since. */
export function StationGaps({ station }: { station: Station }) {
  const { t } = useLingui()
  const { number } = useWords()
  const query = useQuery({
    queryKey: ['gaps', 'of', station.id],
    queryFn: ({ signal }) =>
      api.stations.gaps({ query: { limit: 50, filter: `station_id:${station.id}` } }, signal),
  })
  const gaps = query.data?.items ?? []
  return (
    <Section title={t`Khoảng trống`} count={gaps.length || undefined}>
      {query.isSuccess && gaps.length === 0 ? (
        <p className="py-3 text-ink-3">{t`Không có khoảng trống nào.`}</p>
      ) : null}
      <ul className="divide-y divide-line">
        {gaps.map((gap) => (
          <li key={gap.id} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            {gap.closed_at ? (
              <Pill tone="good">{t`Đã đóng`}</Pill>
            ) : (
              <Pill tone="critical">{t`Đang mở`}</Pill>
            )}
            <span className="font-medium">
              {gap.kind === 'silence' ? t`Mất liên lạc` : t`Trạm bỏ bản ghi`}
            </span>
            <code className="text-12 text-ink-3">{gap.stream}</code>
            <span className="text-ink-2">
              <Time at={gap.from} as="absolute" /> –{' '}
              {gap.to ? <Time at={gap.to} as="absolute" /> : t`đến nay`}
            </span>
            <span className="min-w-0 truncate text-ink-2">{gap.reason}</span>
            <span className="ml-auto text-12 text-ink-2">
              {gap.kind === 'silence'
                ? t`đã bù ${number(gap.recovered)}`
                : t`thiếu ${number(gap.count)}`}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
