import type { Logsource } from '@haidang/contracts/event'
import { sha256 } from '../sha256.ts'
import type { Condition } from '../sigma/condition.ts'
import type { Detection } from '../sigma/detection.ts'
import type { Pipeline } from './pipeline.ts'
import { type RuleDraft, RuleRun } from './rule-run.ts'
import { runSteps } from './run-steps.ts'

/** A rule after all pipelines. */
export interface ProcessedRule {
  readonly logsources: readonly Logsource[]
  readonly detections: ReadonlyMap<string, Detection>
  readonly conditions: readonly Condition[]
  /** The fields the rule asks to show. */
  readonly fields: readonly string[]
  /** What became of it that its author should know. */
  readonly notes: readonly string[]
}

/** Carries out pipelines on rules as they are loaded, in the order of their priorities. */
export class Processor {
  /** Hash over all pipelines in their order. */
  readonly version: string
  readonly #pipelines: readonly Pipeline[]
  readonly #vars: ReadonlyMap<string, readonly string[]>

  constructor(pipelines: readonly Pipeline[]) {
    this.#pipelines = pipelines.toSorted((a, b) => a.priority - b.priority)
    this.#vars = new Map(this.#pipelines.flatMap(({ vars }) => [...vars]))
    this.version = sha256(this.#pipelines.map(({ version }) => version).join('\n'))
  }

  /** Whether there is no pipeline. */
  get isIdle(): boolean {
    return this.#pipelines.length === 0
  }

  /** The rule as the pipelines leave it. Throws RuleProblem if they refuse it. */
  process(draft: RuleDraft): ProcessedRule {
    const { logsources, detections, conditions, fields, notes } = this.#run(draft)
    return { logsources, detections, conditions, fields, notes: [...notes] }
  }

  /**
   * What a field named outside of the rule's detection (in a correlation's `group-by`, an alias, a
   * condition) is called in the records of this rule; several names: the first that is there.
   */
  namesOf(draft: RuleDraft, field: string): readonly string[] {
    return this.isIdle ? [field] : this.#run(draft, field).names
  }

  #run(draft: RuleDraft, field?: string): RuleRun {
    const run = new RuleRun(draft, this.#vars, field)
    for (const { steps } of this.#pipelines) runSteps(steps, run)
    return run
  }
}
