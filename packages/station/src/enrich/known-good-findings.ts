import type { Event } from '@haidang/contracts/event'
import type { Finding } from '@haidang/detection/subject'

/**
 * Findings with what known-good lists say of the values indicators met: in the explanation and among the reasons
 * for false alarms, and, where it is so configured, in a severity of `low`. None is ever left out.
 */
export function judged(
  findings: readonly Finding[],
  event: Event,
  lowers: boolean,
): readonly Finding[] {
  if (!findings.some(({ detector }) => detector === 'indicator')) return findings
  return findings.map((finding) => {
    if (finding.detector !== 'indicator') return finding
    const lists = listsOf(finding, event)
    if (lists.length === 0) return finding
    const said = `The value stands in known-good lists: ${lists.join('; ')}.`
    const { rule } = finding
    return {
      ...finding,
      severity: lowers ? 'low' : finding.severity,
      rule: {
        ...rule,
        description: `${rule.description} ${said}`,
        false_positives: [...rule.false_positives, said],
      },
    }
  })
}

function listsOf({ matches }: Finding, { observables }: Event): string[] {
  const values = new Set(matches.map(({ value }) => value))
  const met = observables.filter(({ value }) => values.has(value))
  return [...new Set(met.flatMap(({ known_good: lists }) => lists ?? []))]
}
