import type { RuleRun, Scope, Test } from './rule-run.ts'

/** Rewrites a rule. Throws RuleProblem where the rule cannot be used after it. */
export type Transformation = (run: RuleRun, scope: Scope) => void

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
