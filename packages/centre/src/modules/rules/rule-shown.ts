import type { FullLibraryRule, LibraryRule } from '@haidang/contracts/rule-library'
import { severityOf } from '@haidang/contracts/severity'
import { tlpRank } from '@haidang/contracts/tlp'
import type { LibraryRuleRow, RuleVersionRow } from './rule-tables.ts'

/** TLP of what the library holds. */
export const libraryTlp = tlpRank('amber')

/** A rule of the library as its readers see it. */
export function ruleOf(row: LibraryRuleRow): LibraryRule {
  const { tlp_rank: _, folded: __, severity_rank, ...rest } = row
  return { ...rest, severity: severityOf(severity_rank) }
}

/** One version of it. */
export function shownVersion(row: RuleVersionRow): FullLibraryRule['versions'][number] {
  const { rule_id: _, organisation_id: __, tlp_rank: ___, ...version } = row
  return version
}
