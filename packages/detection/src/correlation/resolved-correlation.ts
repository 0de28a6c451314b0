import type { Correlation } from './correlation-plan.ts'
import type { CorrelationText } from './correlation-text.ts'

/** A detection rule correlations may refer to. */
export interface Base {
  readonly kind: 'rule'
  /** Position in the rule set. */
  readonly rule: number
  /** Hash of what it looks for. */
  readonly identity: string
  /** The slot of a field of its events. */
  readonly slotOf: (field: string) => number
}

/** A correlation rule as read. */
export interface Draft {
  readonly kind: 'correlation'
  readonly text: CorrelationText
  readonly facts: Correlation['facts']
  readonly severity: Correlation['severity']
  /** Hash of its own section. */
  readonly digest: string
}

export type Target = Base | Draft

/** A correlation rule with what it refers to. */
export interface Resolved {
  readonly draft: Draft
  readonly members: readonly Target[]
  /** By member: the field each alias means. */
  readonly aliases: readonly ReadonlyMap<string, string>[]
  /** Hash of what it and all it refers to mean. */
  readonly identity: string
  readonly depth: number
  /** Detection rules it rests on, directly or through others. */
  readonly bases: ReadonlySet<Base>
}
