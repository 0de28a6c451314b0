import type { Silence, SourceState } from '@haidang/contracts/silence'
import type { Pulse } from '../collect/source-pulse.ts'
import type { SourceRow } from '../keep/station-tables.ts'
import { type HourOfWeek, hour } from './hour-of-week.ts'
import { type Judgement, judge } from './judge.ts'
import type { Rhythm } from './rhythm.ts'

/** What is known of a source now; times in milliseconds since the epoch. */
export interface SourceFacts {
  readonly source: SourceRow
  readonly rhythm: Rhythm
  /** Of its zone. */
  readonly hourOfWeek: HourOfWeek
  readonly pulse: Pulse
  /** Of its last record ever; 0: none came yet. */
  readonly lastAt: number
  /** Since when the station watches without a break. */
  readonly watchedSince: number
  /** Why the way in is out of order; undefined: it is not. */
  readonly problem: string | undefined
  /** A silence that lasts, if there is one. */
  readonly open: { readonly kind: Silence['kind']; readonly from: number } | undefined
  readonly now: number
}

/** How a source is. */
export interface Condition extends Omit<Judgement, 'state'> {
  readonly state: SourceState
  /** What is to be recorded as missing; undefined: nothing. */
  readonly lacks: Silence['kind'] | undefined
}

/** Judges a source: paused, out of order, or by its rhythm. */
export function conditionOf(facts: SourceFacts): Condition {
  const { source, lastAt, open, problem } = facts
  const judgement = judged(facts)
  // Who sets a source up looks at it, and expects nothing yet.
  if (source.draft)
    return { ...judgement, state: lastAt === 0 ? 'quiet' : 'active', lacks: undefined }
  if (source.paused) return { ...judgement, state: 'paused', lacks: 'paused' }
  const isStillQuiet = open?.kind === 'quiet' && lastAt <= open.from
  if (problem !== undefined) {
    return { ...judgement, state: 'failed', lacks: isStillQuiet ? 'quiet' : 'failed' }
  }
  if (lastAt === 0) return { ...judgement, state: 'quiet', lacks: undefined }
  const state = isStillQuiet ? 'quiet' : judgement.state
  return { ...judgement, state, lacks: state === 'active' ? undefined : state }
}

function judged(facts: SourceFacts): Judgement {
  const { source, rhythm, hourOfWeek, pulse, lastAt, watchedSince, now } = facts
  const thisHour = Math.floor(now / hour)
  const wasWatched = watchedSince <= (thisHour - 1) * hour
  const sighting = {
    now,
    lastAt: Math.max(lastAt, watchedSince),
    thisHour: pulse.thisHour,
    lastHour: wasWatched ? pulse.hourBefore : undefined,
    hourOfWeek,
  }
  return judge(rhythm, sighting, source.expect_every_seconds)
}

/** When what a source lacks began, milliseconds since the epoch. */
export function beginningOf(kind: Silence['kind'], facts: SourceFacts): number {
  const { now, lastAt, watchedSince } = facts
  const thisHour = Math.floor(now / hour) * hour
  if (kind === 'quiet') return Math.max(lastAt, watchedSince)
  if (kind === 'reduced') return thisHour - hour
  return kind === 'flood' ? thisHour : now
}

/** When it ended: with the first record after it, if that is what ended it. */
export function endOf(kind: Silence['kind'], from: number, { pulse, now }: SourceFacts): number {
  return kind === 'quiet' && pulse.resumedAt > from ? pulse.resumedAt : now
}
