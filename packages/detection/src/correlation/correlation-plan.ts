import type { Alert } from '@haidang/contracts/alert'
import type { Severity } from '@haidang/contracts/severity'

export const correlationTypes = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
  'value_median',
] as const
export type CorrelationType = (typeof correlationTypes)[number]

export const operators = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const
export type Operator = (typeof operators)[number]

/** One comparison of a condition; several must all hold. */
export interface Bound {
  readonly operator: Operator
  readonly value: number
}

/** An extended condition: which members must and must not occur. */
export type Presence =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Presence[] }
  | { readonly kind: 'not'; readonly part: Presence }
  | { readonly kind: 'member'; readonly member: number }

/** When a correlation fires: a measure within bounds, or members present. */
export type Requirement =
  | { readonly kind: 'bounds'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'presence'; readonly presence: Presence }

/** What is kept of the events of a group, and when that fires. */
export interface Measurement {
  readonly type: CorrelationType
  /** Milliseconds. */
  readonly timespan: number
  /** Of value_percentile; null: the share of the event's own value is measured. */
  readonly percentile: number | null
  /** How many rules are referred to. */
  readonly members: number
  readonly requirement: Requirement
}

/** A correlation rule ready to run; plain data. */
export interface Correlation extends Measurement {
  /** Hash of what the rule and all it refers to mean: the same while kept state stays valid. */
  readonly identity: string
  readonly facts: Alert['rule']
  readonly severity: Severity
  /** False: it only serves other correlations. */
  readonly reports: boolean
  readonly groupBy: readonly string[]
  /** The condition as the rule writes it, such as `gte: 3 within 5m`. */
  readonly condition: string
}

/** What one correlation takes from an observation; numbers are positions in the observation's fields. */
export interface Feed {
  readonly correlation: number
  readonly member: number
  readonly group: readonly number[]
  readonly values: readonly number[]
}

/** A detection rule that correlations build on. */
export interface BaseRule {
  /** Position in the rule set. */
  readonly rule: number
  /** Slots of the fields to read where the rule fires, in the order of an observation's fields. */
  readonly slots: readonly number[]
  readonly feeds: readonly Feed[]
  /** By correlation: what its firing on an event of this rule feeds in turn. */
  readonly chained: Readonly<Record<number, readonly Feed[]>>
}

/** All correlations of a rule set; plain data, may cross to another thread. */
export interface CorrelationPlan {
  readonly correlations: readonly Correlation[]
  readonly bases: readonly BaseRule[]
}
