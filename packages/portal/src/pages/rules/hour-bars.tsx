import { millisecondsOf } from '@haidang/contracts/instant'
import type { BackTest } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { dateTime, instantOf } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'

const hour = 3_600_000
const height = 48

/** Hits by hour, from the first hour with one to the last; every bar says its hour and count. */
export function HourBars({ hours }: { hours: BackTest['by_hour'] }) {
  const { t } = useLingui()
  const { number } = useWords()
  const counts = new Map(hours.map((one) => [millisecondsOf(one.hour), one.count]))
  if (counts.size === 0) return null
  const first = Math.min(...counts.keys())
  const last = Math.max(...counts.keys())
  const most = Math.max(...counts.values())
  const slots = Array.from({ length: (last - first) / hour + 1 }, (_, n) => first + n * hour)
  const width = Math.max(6, Math.min(20, Math.floor(560 / slots.length)))
  return (
    <figure className="max-w-full overflow-x-auto">
      <figcaption className="flex justify-between gap-4 pb-1 text-12 text-ink-3">
        <span>{t`Số lần nổ theo giờ, cao nhất ${number(most)}`}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={t`Số lần nổ theo giờ, cao nhất ${number(most)}`}
        width={slots.length * width}
        height={height + 1}
        className="border-line-strong border-b"
      >
        {slots.map((at, index) => {
          const count = counts.get(at) ?? 0
          const tall = count === 0 ? 0 : Math.max(2, (count / most) * height)
          return (
            <rect
              key={at}
              x={index * width}
              y={height - tall}
              width={width - 1}
              height={tall}
              className="fill-accent-line"
            >
              <title>{`${dateTime(instantOf(at))}: ${number(count)}`}</title>
            </rect>
          )
        })}
      </svg>
      <p className="flex justify-between text-12 text-ink-3" style={{ maxWidth: '100%' }}>
        <span>
          {dateTime(instantOf(first))}
          {last > first ? ` – ${dateTime(instantOf(last + hour))}` : ''}
        </span>
      </p>
    </figure>
  )
}
