import type { Alert, Match } from '@haidang/contracts/alert'
import { DetectionFinding } from '@haidang/contracts/detection-finding'
import type { Observable } from '@haidang/contracts/event'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { z } from 'zod'

/** Who sent a batch: taken from its certificate or from this node itself, never from the batch. */
export interface Origin {
  readonly node_id: string
  readonly organisation_id: string
  readonly station_id: string | null
}

export interface Sifted {
  readonly alerts: Alert[]
  readonly refused: number
  /** A few of the causes, for people. */
  readonly reasons: string[]
}

/** Characters kept of a text nobody bounded before us: evidence, then what is shown in one line. */
const rawLimit = 65_536
const lineLimit = 2_000
const nameLimit = 500
const reasonLimit = 5

/**
 * The alerts of a batch of detection findings as a child sent them: each is read by schema; what is
 * none is counted with its cause and never stops the rest.
 */
export function sift(records: readonly unknown[]): Sifted {
  const alerts: Alert[] = []
  const reasons: string[] = []
  let refused = 0
  for (const record of records) {
    const read = DetectionFinding.safeParse(record)
    const reason = read.success ? timeless(read.data.unmapped.haidang) : firstCause(read.error)
    if (read.success && reason === undefined) alerts.push(read.data.unmapped.haidang)
    else {
      refused++
      if (reason && reasons.length < reasonLimit && !reasons.includes(reason)) reasons.push(reason)
    }
  }
  return { alerts, refused, reasons }
}

function firstCause({ issues }: z.ZodError): string {
  return `${issues[0]?.path.join('.') ?? ''}: ${issues[0]?.message ?? ''}`.slice(0, 200)
}

/** What is wrong with the times of an alert: before 1970 nothing was detected, and the database knows no year 0. */
function timeless({ time, detected_time }: Alert): string | undefined {
  const known = millisecondsOf(time) >= 0 && millisecondsOf(detected_time) >= 0
  return known ? undefined : 'time: before 1970'
}

/** The alert as this node keeps it: owned by the organisation its origin is bound to, of bounded size. */
export function owned(alert: Alert, origin: Origin): Alert {
  const { rule } = alert
  return {
    ...alert,
    organisation_id: origin.organisation_id,
    node_id: origin.node_id,
    title: alert.title.slice(0, lineLimit),
    entity: alert.entity.slice(0, 500),
    event_id: alert.event_id.slice(0, 200),
    source_id: alert.source_id.slice(0, 200),
    rule: {
      ...rule,
      id: rule.id.slice(0, 200),
      title: rule.title.slice(0, lineLimit),
      description: rule.description.slice(0, 10_000),
      tags: bounded(rule.tags, 200),
      false_positives: bounded(rule.false_positives, lineLimit),
      references: bounded(rule.references, lineLimit),
      version: rule.version.slice(0, 200),
    },
    matches: boundedEach(alert.matches, isShortMatch, shortMatch),
    observables: boundedEach(alert.observables, isShortObservable, shortObservable),
    raw_data: alert.raw_data.slice(0, rawLimit),
  }
}

/** The same list where nothing in it is too long, as is usual. */
function boundedEach<T>(list: T[], isShort: (one: T) => boolean, short: (one: T) => T): T[] {
  return list.every(isShort) ? list : list.map(short)
}

function isShortMatch({ field, value, pattern, selection }: Match): boolean {
  const names = field.length <= nameLimit && selection.length <= nameLimit
  return names && value.length <= lineLimit && pattern.length <= lineLimit
}

function shortMatch({ field, value, pattern, selection }: Match): Match {
  return {
    field: field.slice(0, nameLimit),
    value: value.slice(0, lineLimit),
    pattern: pattern.slice(0, lineLimit),
    selection: selection.slice(0, nameLimit),
  }
}

function isShortObservable({ value, name }: Observable): boolean {
  return value.length <= lineLimit && name.length <= nameLimit
}

function shortObservable(one: Observable): Observable {
  return { ...one, value: one.value.slice(0, lineLimit), name: one.name.slice(0, nameLimit) }
}

function bounded(words: readonly string[], length: number): string[] {
  return words.slice(0, 64).map((word) => word.slice(0, length))
}
