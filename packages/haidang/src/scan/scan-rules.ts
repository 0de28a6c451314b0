import type { Pipeline } from '@haidang/detection/pipeline/pipeline'
import { readPipeline } from '@haidang/detection/pipeline/read-pipeline'
import { compileRules, type RuleDocument, type RuleSet } from '@haidang/detection/sigma/rule-set'

/** Rules and the pipelines that rewrite them, as text; it goes to threads. */
export interface ScanRules {
  readonly documents: readonly RuleDocument[]
  readonly pipelines: readonly RuleDocument[]
}

/** Compiles them. Throws RuleProblem if a pipeline cannot be used; rules that cannot stand in the set with their cause. */
export function compileScanRules({ documents, pipelines }: ScanRules): RuleSet {
  const read = pipelines.map(({ path, text }): Pipeline => readPipeline(path, text))
  return compileRules(documents, { pipelines: read })
}
