import type { Alert, Detector, Match } from '@haidang/contracts/alert'
import type { Event } from '@haidang/contracts/event'
import type { Severity } from '@haidang/contracts/severity'

/** What a detector looks at: the normalised event, and the vendor's record it was made from. */
export interface Subject {
  readonly event: Event
  /** As parsed, with the vendor's field names: what Sigma rules are written against. */
  readonly record: Record<string, unknown>
}

/** What a detector concluded about one subject, with its reasons. */
export interface Finding {
  readonly detector: Detector
  readonly rule: Alert['rule']
  readonly severity: Severity
  readonly matches: readonly Match[]
  /** Values of the fields a correlation groups by: of one event, findings of several groups are several. */
  readonly group?: readonly string[]
}

const longestValue = 1000

/** A value as it stands in an explanation: at most 1,000 characters. */
export function quoted(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
}
