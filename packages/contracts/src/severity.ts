import { z } from 'zod'

/** The levels of Sigma; the same five words everywhere. */
export const Severity = z.enum(['informational', 'low', 'medium', 'high', 'critical'])
export type Severity = z.infer<typeof Severity>

/** OCSF `severity_id` of a level: 1 informational … 5 critical. */
export function severityId(severity: Severity): number {
  return Severity.options.indexOf(severity) + 1
}

/** The level of an OCSF `severity_id`; unknown (0), other (99) and out of range read as informational, fatal (6) as critical. */
export function severityOf(id: number): Severity {
  if (id === 6) return 'critical'
  return Severity.options[id - 1] ?? 'informational'
}
