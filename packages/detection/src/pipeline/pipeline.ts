import type { Detection, DetectionItem } from '../sigma/detection.ts'
import type { Place } from '../sigma/located-yaml.ts'
import type { RuleRun } from './rule-run.ts'

/** Decides whether a step concerns a rule, an item of it, or a field name. */
export type Test<S> = (subject: S, run: RuleRun) => boolean

/** What a step concerns within a rule that its rule conditions accept. */
export interface Scope {
  readonly id: string | undefined
  readonly place: Place
  /** Item and field name conditions together. */
  readonly item: Test<DetectionItem>
  readonly field: Test<string>
}

/** Rewrites a rule. Throws RuleProblem where the rule cannot be used after it. */
export type Transformation = (run: RuleRun, scope: Scope) => void

/** What an item becomes: itself where nothing changes, undefined where it is dropped. */
export type ItemChange = (item: DetectionItem, run: RuleRun, scope: Scope) => Detection | undefined

/** One entry of `transformations`. */
export interface Step {
  readonly scope: Scope
  readonly rule: Test<RuleRun>
  readonly transformation: Transformation
}

/** A processing pipeline in pySigma's YAML, read. */
export interface Pipeline {
  readonly path: string
  /** Hash of its text. */
  readonly version: string
  readonly name: string
  /** Pipelines are carried out in the order of their priorities. */
  readonly priority: number
  readonly vars: ReadonlyMap<string, readonly string[]>
  readonly steps: readonly Step[]
  /** What was read but has no meaning for an engine that matches itself. */
  readonly notes: readonly string[]
}
