import type { LinkLane } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'

/** As full as this a lane will soon give way. */
const nearlyFull = 0.8

/** What waits for the parent on each stream, since when, how much may, and what ever gave way. */
export function ParentLanes({ lanes }: { lanes: readonly LinkLane[] }) {
  const { t } = useLingui()
  if (lanes.length === 0) return null
  return (
    <Section title={t`Đang chờ gửi theo luồng`}>
      <ul className="divide-y divide-line">
        {lanes.map((lane) => (
          <Lane key={lane.stream} lane={lane} />
        ))}
      </ul>
    </Section>
  )
}

function Lane({ lane }: { lane: LinkLane }) {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  const share = Math.max(lane.waiting / lane.most_records, lane.bytes / lane.most_bytes)
  const names = {
    alerts: t`Cảnh báo`,
    messages: t`Phong bì số`,
    sightings: t`Lần gặp dấu hiệu`,
    events: t`Sự kiện giám sát trực tiếp`,
    health: t`Nhịp báo`,
  }
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 py-2">
      <span className="w-full font-medium sm:w-48">{names[lane.stream]}</span>
      <span className={cn(share >= nearlyFull && 'font-medium text-high')}>
        {t`${number(lane.waiting)} bản ghi, ${bytes(lane.bytes)}`}
      </span>
      <span className="text-12 text-ink-3">{t`đầy ${number(share * 100)} %`}</span>
      {lane.oldest_at ? (
        <span className="text-12 text-ink-2">
          {t`cũ nhất`} <Time at={lane.oldest_at} />
        </span>
      ) : null}
      <span className="w-full text-12 text-ink-3">
        {lane.gives === 'oldest'
          ? t`Khi đầy, bản ghi cũ nhất nhường chỗ`
          : t`Khi đầy, bản ghi mới không vào`}
        {lane.dropped > 0 ? (
          <span className="ml-2 text-high">
            {t`đã bỏ ${number(lane.dropped)}, cấp trên được báo đủ`}
          </span>
        ) : null}
      </span>
    </li>
  )
}
