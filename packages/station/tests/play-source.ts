import { hour, hourOfWeekIn } from '../src/expect/hour-of-week.ts'
import { type Judgement, judge } from '../src/expect/judge.ts'
import { learn, type Rhythm } from '../src/expect/rhythm.ts'
import { type SourceModel, SourceWeeks } from './source-weeks.ts'

const utc = hourOfWeekIn('UTC')

/** What happens to a source at a minute: the share of its records that arrive from then on. */
interface Fault {
  readonly at: number
  readonly share: number
}

interface Alarm {
  readonly state: Judgement['state']
  readonly minute: number
}

interface Played {
  /** Each time it was judged to be other than active, from the fifth week on. */
  readonly alarms: readonly Alarm[]
  /** Minute in which the first record was lost to the fault. */
  readonly firstLost: number | undefined
}

/** Weeks it learns before it is judged. */
const learning = 4 * 7 * 1440

const noFault: Fault = { at: Number.POSITIVE_INFINITY, share: 1 }

/** Plays so many weeks of a source, or until a fault is noticed, judged every minute and learned anew every day. */
export function playSource(model: SourceModel, weeks: number, fault = noFault): Played {
  const source = new SourceWeeks(model)
  const alarms: Alarm[] = []
  let rhythm: Rhythm = learn([], utc)
  let before: Judgement['state'] = 'active'
  let firstLost: number | undefined
  for (let minute = 0; minute < weeks * 7 * 1440 && !isNoticed(alarms, fault); minute++) {
    const isFault = minute >= fault.at
    const sent = source.step((records) => (isFault ? Math.floor(records * fault.share) : records))
    if (isFault && sent > 0) firstLost ??= minute
    if (source.now % (24 * hour) === 0) rhythm = learn(source.seen, utc)
    const state = minute < learning ? 'active' : stateOf(source, rhythm)
    if (state !== before) alarms.push({ state, minute })
    before = state
  }
  return { alarms: alarms.filter(({ state }) => state !== 'active'), firstLost }
}

function isNoticed(alarms: readonly Alarm[], { at }: Fault): boolean {
  const last = alarms.at(-1)
  return last !== undefined && last.minute >= at && last.state !== 'active'
}

function stateOf({ now, lastAt, thisHour, lastHour }: SourceWeeks, rhythm: Rhythm) {
  return judge(rhythm, { now, lastAt, thisHour, lastHour, hourOfWeek: utc }, 300).state
}
