import type { SourceRhythm } from '@haidang/contracts/silence'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'

const cell = 20
const row = 22
const left = 30
const top = 14

/** A week by hours: the frame's shade is what is usual, the inner bar what came; a shade without a bar is missing. */
export function RhythmStrip({ week }: { week: SourceRhythm }) {
  const { t } = useLingui()
  const { number, compact } = useWords()
  const most = Math.max(1, ...week.hours.flatMap(({ usual, seen }) => [usual ?? 0, seen ?? 0]))
  // By logarithm: nights of a busy source are to be told from silence.
  const share = (count: number) => Math.log(1 + count) / Math.log(1 + most)
  const days = [t`T2`, t`T3`, t`T4`, t`T5`, t`T6`, t`T7`, t`CN`]
  const words = (usual: number | null, seen: number | null) =>
    `${t`thường`} ${usual === null ? '?' : number(usual)} · ${t`nhận`} ${seen === null ? '?' : number(seen)}`
  return (
    <figure className="pt-4">
      <figcaption className="pb-1 text-12 text-ink-3">
        {week.learned_hours === 0
          ? t`Bảy ngày qua theo giờ (${week.zone}): nền là mức thường, vạch là số nhận được. Giờ đầu tiên hiện khi đã trọn.`
          : t`Bảy ngày qua theo giờ (${week.zone}): nền là mức thường, vạch là số nhận được; cao nhất ${compact(most)}. Đã học ${number(week.learned_hours)} giờ.`}
      </figcaption>
      <svg
        role="img"
        aria-label={t`Nhịp dữ liệu trong tuần`}
        viewBox={`0 0 ${left + 24 * cell} ${top + 7 * row}`}
        className="h-auto w-full max-w-2xl"
      >
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={left + hour * cell} y={10} className="fill-ink-3 text-[10px]">
            {hour}
          </text>
        ))}
        {days.map((day, n) => (
          <text key={day} x={0} y={top + n * row + 14} className="fill-ink-3 text-[11px]">
            {day}
          </text>
        ))}
        {week.hours.map(({ usual, seen }, n) => {
          const x = left + (n % 24) * cell
          const y = top + Math.floor(n / 24) * row
          const tall = seen ? Math.max(2, share(seen) * (row - 4)) : 0
          const isMissing = seen === 0 && (usual ?? 0) >= 1
          return (
            <g key={n}>
              <title>{`${days[Math.floor(n / 24)]} ${n % 24}:00 · ${words(usual, seen)}`}</title>
              <rect
                x={x}
                y={y}
                width={cell - 2}
                height={row - 2}
                className={`fill-accent-line ${isMissing ? 'stroke-high-fill' : 'stroke-line'}`}
                fillOpacity={usual === null ? 0 : 0.05 + 0.45 * share(usual)}
                strokeWidth={n === week.now ? 2 : 1}
                strokeDasharray={usual === null ? '2 2' : undefined}
              />
              <rect
                x={x + 5}
                y={y + row - 3 - tall}
                width={cell - 12}
                height={tall}
                className="fill-accent"
              />
            </g>
          )
        })}
      </svg>
    </figure>
  )
}
