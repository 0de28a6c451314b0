import type { Step } from './pipeline.ts'
import type { RuleRun } from './rule-run.ts'

/** Carries out those steps whose rule conditions the rule meets, one after the other. */
export function runSteps(steps: readonly Step[], run: RuleRun): void {
  for (const { rule, scope, transformation } of steps) {
    if (!rule(run, run)) continue
    run.spend(1)
    transformation(run, scope)
    if (scope.id !== undefined) run.applied.add(scope.id)
  }
}
