import type { Station } from '@haidang/contracts/station'
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Section } from '../../components/page.tsx'
import { Time } from '../../components/time.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import { rateOf } from './stations-tab.tsx'

/** Worse than this and the times of its records mislead, in milliseconds. */
const skewLimit = 60_000
/** A disk this full stops taking in soon. */
const diskLimit = 0.1

function Measure({
  name,
  bad = false,
  children,
}: {
  name: string
  bad?: boolean
  children: ReactNode
}) {
  return (
    <div className="py-2 pr-4">
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className={cn('font-medium text-18', bad && 'text-high')}>{children}</dd>
    </div>
  )
}

/** What the station said of itself last. */
export function StationHealth({ station }: { station: Station }) {
  const { t } = useLingui()
  const { number, bytes } = useWords()
  const beat = station.heartbeat
  if (!beat) {
    return (
      <Section title={t`Sức khỏe`}>
        <p className="py-3 text-ink-3">{t`Trạm chưa gửi nhịp nào.`}</p>
      </Section>
    )
  }
  const offset = beat.clock_offset_ms
  const free = beat.disk.free_bytes / Math.max(1, beat.disk.total_bytes)
  return (
    <Section
      title={t`Sức khỏe`}
      acts={
        <span className="text-12 text-ink-3">
          {t`theo nhịp`} <Time at={beat.sent_at} />
        </span>
      }
    >
      <dl className="grid grid-cols-2 gap-x-4 sm:grid-cols-4">
        <Measure name={t`Bản ghi mỗi giây`}>{number(rateOf(station), 1)}</Measure>
        <Measure name={t`Đĩa còn trống`} bad={free < diskLimit}>
          {bytes(beat.disk.free_bytes)}
          <span className="ml-1 font-normal text-12 text-ink-3">{t`trên ${bytes(beat.disk.total_bytes)}`}</span>
        </Measure>
        <Measure name={t`Lệch giờ`} bad={offset !== null && Math.abs(offset) > skewLimit}>
          {offset === null ? '—' : `${number(Math.round(offset / 100) / 10 + 0, 1)} s`}
        </Measure>
        <Measure name={t`Chạy từ`}>
          <Time at={beat.started_at} />
        </Measure>
        <Measure name={t`Chờ xử lý`}>
          {number(beat.queue.spool_records)}
          <span className="ml-1 font-normal text-12 text-ink-3">
            {bytes(beat.queue.spool_bytes)}
          </span>
        </Measure>
        <Measure name={t`Chờ gửi cấp trên`}>{number(beat.queue.link_records)}</Measure>
        <Measure name={t`Luật đang chạy`} bad={beat.rule_set.errors > 0}>
          {number(beat.rule_set.rules)}
          {beat.rule_set.errors > 0 ? (
            <span className="ml-1 text-12">{t`${number(beat.rule_set.errors)} lỗi`}</span>
          ) : null}
        </Measure>
        <Measure name={t`Dấu hiệu nhận biết`}>{number(beat.indicator_set.indicators)}</Measure>
      </dl>
    </Section>
  )
}
