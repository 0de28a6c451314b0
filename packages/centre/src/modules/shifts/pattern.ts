import { DeadlineRecipient } from '@haidang/contracts/deadline'
import { durationMilliseconds, isDuration } from '@haidang/contracts/duration'
import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import { Severity } from '@haidang/contracts/severity'
import { ShiftPattern } from '@haidang/contracts/shift'
import { z } from 'zod'
import { inForceOn } from '../../in-force.ts'

/** A duration, read as milliseconds. */
const Period = z
  .string()
  .refine(isDuration, 'an ISO 8601 duration, as PT12H')
  .transform(durationMilliseconds)

const Rest = z.strictObject({ least: Period, clause: z.string().min(1).max(300) })

/** How long clusters of a severity may wait for somebody to acknowledge them, and who is told then. */
const UnacknowledgedRules = z.strictObject({
  severity: Severity,
  steps: z
    .array(z.strictObject({ after: Period, tell: z.array(DeadlineRecipient).min(1) }))
    .min(1)
    .max(5)
    .refine(
      (steps) => steps.every(({ after }, at) => at === 0 || after > (steps[at - 1]?.after ?? 0)),
      'each step comes later than the one before',
    ),
})

/** How duty is kept by the rules of some days: dated data. */
export const ShiftRules = z
  .strictObject({
    profile: z.string().min(1).max(40),
    version: z.int().min(1),
    valid_from: z.iso.date(),
    valid_to: z.iso.date().nullable().default(null).describe('last day'),
    rest: z.strictObject({ between: Rest, weekly: Rest }),
    handover: z.strictObject({ acknowledge_within: Period }),
    unacknowledged: z.array(UnacknowledgedRules).max(Severity.options.length).default([]),
    patterns: z.array(ShiftPattern).min(1).max(50),
  })
  .superRefine(({ patterns }, context) => {
    for (const [at, pattern] of patterns.entries()) {
      const fault = patternFault(pattern)
      if (fault) context.addIssue({ code: 'custom', path: ['patterns', at], message: fault })
    }
  })
export type ShiftRules = z.infer<typeof ShiftRules>
export type RestRules = ShiftRules['rest']

/** A shift of a pattern: of which crew, from when to when. */
interface Turn {
  readonly slot: ShiftPattern['slots'][number]
  readonly crew: number
  readonly starts_at: string
  readonly ends_at: string
}

const day = 86_400_000

/** The rules in force on a day, the newest of them; before the first, the first. */
export function rulesOn(all: readonly ShiftRules[], date: string): ShiftRules {
  const [found] = inForceOn(all, date)
  const rules = found ?? all[0]
  if (!rules) throw new Error('there are no rules of shifts')
  return rules
}

/**
 * The turns of the days from one to another, both in. Which crew stands what follows from the date alone, so that a
 * roster made in December goes on where it is made again in January.
 */
export function turnsOf(pattern: ShiftPattern, from: string, to: string): Turn[] {
  const last = dayNumber(to)
  const turns: Turn[] = []
  for (let number = dayNumber(from); number <= last; number++) {
    for (const slot of pattern.slots) {
      const crew = crewOn(pattern, number, slot.id)
      if (crew === undefined) continue
      const date = instantOf(number * day).slice(0, 10)
      const start = millisecondsOf(`${date}T${slot.start}:00+07:00`)
      const ends_at = instantOf(start + slot.hours * 3_600_000)
      turns.push({ slot, crew, starts_at: instantOf(start), ends_at })
    }
  }
  return turns
}

function crewOn({ crews, cycle }: ShiftPattern, number: number, slotId: string) {
  const behind = cycle.length / crews
  return Array.from({ length: crews }, (_, crew) => crew).find(
    (crew) => cycle[(number + crew * behind) % cycle.length] === slotId,
  )
}

/** Why a pattern leaves a shift to nobody, or to two crews; undefined: it does not. */
function patternFault({ crews, cycle, slots }: ShiftPattern): string | undefined {
  if (cycle.length % crews !== 0) return 'the cycle does not divide evenly among the crews'
  const unknown = cycle.find((id) => id !== null && !slots.some((slot) => slot.id === id))
  if (unknown) return `the cycle names ${unknown}, which is no shift`
  const behind = cycle.length / crews
  for (let number = 0; number < cycle.length; number++) {
    const standing = Array.from(
      { length: crews },
      (_, crew) => cycle[(number + crew * behind) % cycle.length],
    )
    for (const { id } of slots) {
      const count = standing.filter((slot) => slot === id).length
      if (count !== 1) return `day ${number + 1} has ${count} crews for ${id}`
    }
  }
  return undefined
}

function dayNumber(date: string): number {
  return Math.floor(millisecondsOf(`${date}T00:00:00Z`) / day)
}
