import type { ConformanceTarget, RuleResult } from './conformance-target.ts'
import { parentRules } from './parent-rules.ts'
import { Probe } from './probe.ts'
import type { Rule } from './rule.ts'

/** Plays a child against a parent and says of every rule of link.md whether the parent keeps it. */
export async function conformanceReport(target: ConformanceTarget): Promise<RuleResult[]> {
  const probe = new Probe(target)
  try {
    const results: RuleResult[] = []
    for (const rule of parentRules) results.push(await judged(rule, probe))
    return results
  } finally {
    probe.close()
  }
}

/** One line per rule, as `haidang link test` prints it. */
export function reportLines(results: readonly RuleResult[]): string[] {
  return results.map(
    ({ rule, passed, detail }) => `${passed ? 'pass' : 'FAIL'}  ${rule}  ${detail}`,
  )
}

async function judged({ rule, asks, check }: Rule, probe: Probe): Promise<RuleResult> {
  try {
    const instead = await check(probe)
    const detail = instead === undefined ? asks : `${asks}; instead: ${instead}`
    return { rule, passed: instead === undefined, detail }
  } catch (error) {
    return { rule, passed: false, detail: `${asks}; instead: ${String(error)}` }
  }
}
