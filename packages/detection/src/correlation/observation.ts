import type { Event } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { FieldValue } from '../sigma/fields.ts'
import type { View } from '../sigma/view.ts'
import type { CorrelationPlan } from './correlation-plan.ts'

/** What correlations need to know of an event on which a rule fired; plain data. */
export interface Observation {
  /** Position of the rule in the rule set. */
  readonly rule: number
  /** Event time, in milliseconds since the epoch. */
  readonly time: number
  /** Names the event: its identifier or its line. */
  readonly subject: string
  /** Values of the fields the rule's correlations ask for; null where absent. */
  readonly fields: readonly (string | null)[]
}

/** Reads observations of the rules that correlations build on. */
export class ObservationReader {
  readonly #slots: readonly (readonly number[] | undefined)[]

  constructor({ bases }: CorrelationPlan) {
    const slots: (readonly number[] | undefined)[] = []
    for (const base of bases) slots[base.rule] = base.slots
    this.#slots = slots
  }

  /** Whether any correlation refers to a rule. */
  isAsked(rule: number): boolean {
    return this.#slots[rule] !== undefined
  }

  /** What a rule that fired on the subject in view tells correlations; undefined if none refers to it. */
  read(view: View, rule: number, time: number, subject: string): Observation | undefined {
    const slots = this.#slots[rule]
    if (slots === undefined) return undefined
    return { rule, time, subject, fields: slots.map((slot) => textOf(view.value(slot))) }
  }
}

const farthestAhead = 300_000

/**
 * The time correlations go by, in milliseconds: that of the event, but not later than five minutes
 * after it was received, so that a wrong clock cannot hold back what others report.
 */
export function observedTime({ time, received_time }: Event): number {
  const received = millisecondsOf(received_time)
  const occurred = millisecondsOf(time)
  return occurred > received + farthestAhead ? received : occurred
}

const longestValue = 1_000

/** A value as one text: a list of several as JSON, an empty one as absent, a long one by its beginning and hash. */
function textOf(value: FieldValue): string | null {
  if (typeof value === 'string') return bounded(value)
  if (value === null || value === undefined) return null
  const [only] = value
  if (only === undefined) return null
  return bounded(value.length === 1 ? only : JSON.stringify(value))
}

function bounded(text: string): string {
  if (text.length <= longestValue) return text
  return `${text.slice(0, longestValue)}…${text.length}:${hashOf(text)}`
}

/** FNV-1a over the code units, twice with different seeds. */
function hashOf(text: string): string {
  let one = 0x811c9dc5
  let two = 0x1b873593
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ unit, 0x01000193)
  }
  return (one >>> 0).toString(16) + (two >>> 0).toString(16)
}
