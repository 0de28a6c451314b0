import type { RuleStatistics } from '@haidang/contracts/rule-library'
import type { StatisticsSort } from '../../search.ts'

const columns = [
  'rule_id',
  'sigma_id',
  'title',
  'fired',
  'clusters',
  'closed_false',
  'last_fired_at',
  'cost_us',
  'cost_share',
] as const

/** The highest first; what was not measured comes last. */
export function sortedStatistics(
  items: readonly RuleStatistics[],
  sort: StatisticsSort,
): RuleStatistics[] {
  return items.toSorted((a, b) => (b[sort] ?? -1) - (a[sort] ?? -1))
}

/** The figures as CSV (RFC 4180); the mark in front tells spreadsheets that it is UTF-8. */
export function statisticsCsv(items: readonly RuleStatistics[]): string {
  const lines = [columns, ...items.map((item) => columns.map((name) => item[name] ?? ''))]
  return `\ufeff${lines.map((line) => line.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would carry out as a formula is told to be text. */
function cellOf(value: string | number): string {
  const text = String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
