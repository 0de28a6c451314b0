import type { Severity } from '@haidang/contracts/severity'
import type { BehaviourRule } from './behaviour-rules.ts'
import type { Observation } from './observation.ts'

/** A number that led to a conclusion, with the bound it passed. */
export interface Reason {
  readonly measure: string
  readonly value: string | number
  readonly bound?: string
}

/** Whom a conclusion is about; what allow-lists look at. */
export interface About {
  readonly source?: string | undefined
  /** Address or host name. */
  readonly destination?: string | undefined
  readonly account?: string | undefined
  /** User agent, fingerprint or program. */
  readonly value?: string | undefined
}

/** What an analytic concluded from an observation and what it remembers. */
export interface Conclusion {
  readonly rule: BehaviourRule
  readonly severity: Severity
  readonly about: About
  /** Conclusions with a key in common are one behaviour. */
  readonly keys: readonly string[]
  /** What was counted; an update is due when it grew much. */
  readonly magnitude: number
  readonly reasons: readonly Reason[]
}

export type Conclude = (conclusion: Conclusion) => void

/** One kind of behaviour, watched over a stream of observations. Its memory is plain data. */
export interface Analytic {
  observe(observation: Observation, conclude: Conclude): void
  /** All it remembers, as JSON can hold it; the live data, not a copy. */
  snapshot(): unknown
  /** Takes back what `snapshot` gave, read from JSON. */
  restore(state: unknown): void
  /** Keys forgotten for want of room. */
  readonly evicted: number
}
