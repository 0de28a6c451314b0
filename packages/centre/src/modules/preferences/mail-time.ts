import type { NotificationPreference } from '@haidang/contracts/notification-preference'
import { vietnamDate } from '../../vietnam-date.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Behind UTC, where a day begins in Vietnam. */
const offset = 7 * hour
/** No row of days off is longer; past it a mail goes out rather than never. */
const mostSteps = 60

type Wishes = Pick<NotificationPreference, 'digest' | 'digest_at' | 'quiet' | 'working_days_only'>

/** When a mail that is not urgent goes out, told at an instant (milliseconds). `isWorkingDay` is asked of dates in Vietnam. */
export function mailTime(
  told: number,
  wishes: Wishes,
  isWorkingDay: (date: string) => boolean,
): number {
  let at = slotAfter(told, wishes)
  for (let step = 0; step < mostSteps; step++) {
    const later =
      wishes.working_days_only && !isWorkingDay(vietnamDate(at))
        ? firstOf(dayStart(at) + day, wishes)
        : quietEnd(at, wishes.quiet)
    if (later === at) return at
    at = later
  }
  return at
}

/** When what is gathered goes out next; at once where nothing is. */
function slotAfter(at: number, { digest, digest_at }: Wishes): number {
  if (digest === 'none') return at
  if (digest === 'hourly') return (Math.floor(at / hour) + 1) * hour
  const today = dayStart(at) + digest_at * minute
  return today > at ? today : today + day
}

/** The first moment of a day at which mails go out, quiet hours aside. */
function firstOf(start: number, { digest, digest_at }: Wishes): number {
  return digest === 'daily' ? start + digest_at * minute : start
}

/** The end of the quiet hours an instant lies in; the instant itself outside of them. */
function quietEnd(at: number, quiet: Wishes['quiet']): number {
  if (!quiet) return at
  const start = dayStart(at)
  const now = at - start
  const [from, to] = [quiet.from * minute, quiet.to * minute]
  if (from < to) return from <= now && now < to ? start + to : at
  if (now >= from) return start + day + to
  return now < to ? start + to : at
}

function dayStart(at: number): number {
  return Math.floor((at + offset) / day) * day - offset
}
