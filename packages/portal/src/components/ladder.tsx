import type { LadderMark, LadderStep } from '@haidang/contracts/order'
import { useWords } from '../language/use-words.ts'
import { cn } from '../theme/cn.ts'
import { Time } from './time.tsx'

/** The rungs everybody climbs; disputed and returned are turns off the ladder, drawn on the rung they happened at. */
export const rungs = [
  'issued',
  'delivered',
  'read',
  'accepted',
  'acting',
  'completed',
  'verified',
  'closed',
] as const
export type Rung = (typeof rungs)[number]

const turns: Partial<Record<LadderStep, Rung>> = { disputed: 'accepted', returned: 'verified' }

/** How far an addressee has come: the index of the last rung reached. */
function reached(step: LadderStep): number {
  const turned = turns[step]
  return turned ? rungs.indexOf(turned) - 1 : rungs.indexOf(step as Rung)
}

/** A ladder as far as it is drawn. */
export interface DrawnLadder {
  readonly step: LadderStep
  readonly overdue: boolean
  readonly entries: readonly LadderMark[]
}

type RungState = 'done' | 'late' | 'turned' | 'skipped' | 'open'

export function rungState(addressee: DrawnLadder, rung: Rung): RungState {
  const at = rungs.indexOf(rung)
  if (turns[addressee.step] === rung) return 'turned'
  const last = reached(addressee.step)
  if (at <= last) {
    const entered = rung === 'issued' || addressee.entries.some(({ step }) => step === rung)
    return entered ? 'done' : 'skipped'
  }
  return addressee.overdue && at === last + 1 ? 'late' : 'open'
}

/** The entry that first reached a rung, or turned off at it. */
export function entryOf(addressee: DrawnLadder, rung: Rung): LadderMark | undefined {
  return addressee.entries.findLast(
    ({ step }) => step === rung || turns[step as LadderStep] === rung,
  )
}

/** One rung as a drawn cell: disc with tick, ring, cross or the late mark. */
export function RungMark({ state }: { state: RungState }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="size-4 shrink-0 fill-none"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {state === 'done' ? (
        <>
          <circle cx="8" cy="8" r="7" className="fill-good-fill" />
          <path d="m5 8.3 2.1 2L11 6" className="stroke-surface" />
        </>
      ) : null}
      {state === 'skipped' ? <circle cx="8" cy="8" r="3" className="fill-good-fill" /> : null}
      {state === 'open' ? <circle cx="8" cy="8" r="6" className="stroke-line-strong" /> : null}
      {state === 'late' ? (
        <>
          <path d="M8 1.5 15 14H1z" className="fill-critical-fill" />
          <path d="M8 6v3.2M8 11.4v.1" className="stroke-surface" />
        </>
      ) : null}
      {state === 'turned' ? (
        <>
          <circle cx="8" cy="8" r="7" className="fill-high-fill" />
          <path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" className="stroke-surface" />
        </>
      ) : null}
    </svg>
  )
}

/** The ladder of one addressee: steps filled with time and person, the late one marked. */
export function Ladder({ addressee }: { addressee: DrawnLadder }) {
  return (
    <ol className="flex flex-col sm:flex-row">
      {rungs.map((rung) => (
        <RungStep key={rung} addressee={addressee} rung={rung} />
      ))}
    </ol>
  )
}

const rungTones: Record<RungState, string> = {
  done: 'font-medium text-ink',
  skipped: 'font-medium text-ink',
  open: 'text-ink-3',
  late: 'font-medium text-critical',
  turned: 'font-medium text-high',
}

function RungStep({ addressee, rung }: { addressee: DrawnLadder; rung: Rung }) {
  const { label } = useWords()
  const state = rungState(addressee, rung)
  const entry = entryOf(addressee, rung)
  const at = rungs.indexOf(rung)
  const passed = at < reached(addressee.step)
  return (
    <li className="relative flex min-w-0 flex-1 gap-2 pb-3 sm:flex-col sm:gap-1 sm:pr-2 sm:pb-0">
      {at < rungs.length - 1 ? (
        <span
          aria-hidden="true"
          className={cn(
            'absolute top-4 bottom-0 left-[7px] w-0.5 sm:top-[7px] sm:right-0 sm:bottom-auto sm:left-4 sm:h-0.5 sm:w-auto',
            passed ? 'bg-good-fill' : 'bg-line',
          )}
        />
      ) : null}
      <span className="relative z-10 size-4 rounded-full bg-bg">
        <RungMark state={state} />
      </span>
      <p className={cn('text-12 leading-tight', rungTones[state])}>
        {label('ladderStep', state === 'turned' ? addressee.step : rung)}
        {entry ? (
          <span className="block font-normal text-ink-3">
            <Time at={entry.time} as="clock" />
            <span className="block truncate" title={entry.actor_name}>
              {entry.actor_name}
            </span>
          </span>
        ) : null}
      </p>
    </li>
  )
}
