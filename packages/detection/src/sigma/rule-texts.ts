import type { Pipeline } from '../pipeline/pipeline.ts'
import { readPipeline } from '../pipeline/read-pipeline.ts'
import { RuleProblem } from './located-yaml.ts'
import { located } from './rule-entry.ts'
import { compileRules, type RuleDocument, type RuleSet } from './rule-set.ts'

/** Rules and the pipelines that rewrite them, as text: what a thread needs to compile them. */
export interface RuleTexts {
  readonly documents: readonly RuleDocument[]
  readonly pipelines: readonly RuleDocument[]
}

/**
 * Compiles rules under pipelines. Rules that cannot be used stand in the set with their cause; throws
 * RuleProblem, as file:line:column: cause, if a pipeline cannot.
 */
export function compileTexts({ documents, pipelines }: RuleTexts): RuleSet {
  return compileRules(documents, { pipelines: readPipelines(pipelines) })
}

/** Reads pipelines. Throws RuleProblem, as file:line:column: cause. */
export function readPipelines(pipelines: readonly RuleDocument[]): Pipeline[] {
  return pipelines.map(({ path, text }) => {
    try {
      return readPipeline(path, text)
    } catch (problem) {
      if (!(problem instanceof RuleProblem)) throw problem
      throw new RuleProblem(located(path, problem.place, problem.message), problem.place)
    }
  })
}
