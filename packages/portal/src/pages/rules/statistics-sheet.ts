import { csvLine, csvMark } from '@haidang/contracts/csv-cell'
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
  return `${csvMark}${lines.map(csvLine).join('')}`
}
