import { millisecondsOf } from '@haidang/contracts/instant'
import type { LinkLane } from '@haidang/contracts/station'
import { type HealthFinding, healthy } from '@haidang/runtime/health'

/** A lane as full as this will soon give way. */
const nearlyFull = 0.8

/** What waits for the parent, and a warning while a lane is nearly full; `now`: milliseconds since the epoch. */
export function outboxHealth(lanes: readonly LinkLane[], now: number): HealthFinding {
  const waiting = lanes.reduce((sum, lane) => sum + lane.waiting, 0)
  const fullest = lanes
    .map((lane) => ({ lane, share: shareOf(lane) }))
    .toSorted((a, b) => b.share - a.share)[0]
  if (!fullest || fullest.share < nearlyFull) {
    return healthy(`${waiting} bản ghi chờ gửi cấp trên`, `${waiting} records wait for the parent`)
  }
  const { lane, share } = fullest
  const percent = Math.min(100, Math.round(share * 100))
  const minutes =
    lane.oldest_at === null ? 0 : Math.round((now - millisecondsOf(lane.oldest_at)) / 60_000)
  const which = lane.gives === 'oldest' ? ['cũ nhất', 'oldest'] : ['mới nhất', 'newest']
  return {
    state: 'warn',
    cause: {
      vi: `Luồng ${lane.stream} đầy ${percent} %, bản ghi cũ nhất chờ ${minutes} phút; đầy thì bản ghi ${which[0]} nhường chỗ và cấp trên được báo số thiếu`,
      en: `Stream ${lane.stream} is ${percent} % full, its oldest record waits for ${minutes} min; once full the ${which[1]} give way, and the parent is told of each`,
    },
    remedy: {
      vi: 'Nối lại đường lên cấp trên, hoặc tăng link.bulk_bytes (sự kiện), link.outbox_records (cảnh báo)',
      en: 'Mend the link to the parent, or raise link.bulk_bytes (events) or link.outbox_records (alerts)',
    },
  }
}

function shareOf({ waiting, bytes, most_records, most_bytes }: LinkLane): number {
  return Math.max(waiting / most_records, bytes / most_bytes)
}
