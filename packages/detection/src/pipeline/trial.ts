import { Detector } from '../detector.ts'
import { noIndicators } from '../indicators/indicator-tables.ts'
import { sampleEvent } from '../sample-event.ts'
import { compileRules, type RuleSet } from '../sigma/rule-set.ts'
import type { Pipeline } from './pipeline.ts'
import { readPipeline } from './read-pipeline.ts'

/** The log source of rules and records in trials. */
export const trialSource = { product: 'test', category: 'trial' }

/** Compiles one rule under pipelines given as plain objects. */
export function compiled(pipelines: readonly object[], rule: object): RuleSet {
  const text = JSON.stringify({ title: 'Thử', id: 'trial', logsource: trialSource, ...rule })
  return compileRules([{ path: 'trial.yml', text }], {
    pipelines: pipelines.map((each, i) => readPipeline(`${i}.yml`, JSON.stringify(each))),
  })
}

/** Why pipelines or compiler refuse a rule with one selection; empty if they do not. */
export function problemOf(pipelines: readonly object[], selection: unknown): string {
  const { entries } = compiled(pipelines, {
    detection: { selection, condition: 'selection' },
  })
  return entries[0]?.problem ?? ''
}

/** Whether a rule with one selection fires on a record under pipelines. */
export function fires(
  pipelines: readonly object[],
  selection: unknown,
  record: Record<string, unknown>,
): boolean {
  const rules = compiled(pipelines, { detection: { selection, condition: 'selection' } })
  return firesOn(rules, record)
}

/** Whether any rule of the set fires on a record. */
export function firesOn(
  rules: RuleSet,
  record: Record<string, unknown>,
  logsource: object = trialSource,
): boolean {
  const problem = rules.entries.find(({ state }) => state !== 'active')?.problem
  if (problem) throw new Error(problem)
  const event = sampleEvent({ logsource, raw_data: JSON.stringify(record) })
  return new Detector(rules, noIndicators()).examine({ event, record }).length > 0
}

/** Whether a rule with one selection fires on a record of another log source under pipelines. */
export function firesUnder(
  pipelines: readonly Pipeline[],
  { logsource, selection }: { logsource: object; selection: unknown },
  from: object,
  record: Record<string, unknown>,
): boolean {
  const detection = { selection, condition: 'selection' }
  const text = JSON.stringify({ title: 'Thử', id: 'trial', logsource, detection })
  return firesOn(compileRules([{ path: 'trial.yml', text }], { pipelines }), record, from)
}
