import type { EffortSheet, EffortSummary } from '@haidang/contracts/effort'
import type { EffortRow } from './effort-tables.ts'

/** A sheet as its page has it. */
export function shown({ tlp_rank: _, checkers: __, ...sheet }: EffortRow): EffortSheet {
  return sheet
}

/** A sheet as a list has it. */
export function listed(row: EffortRow): EffortSummary {
  const { lines: _, history: __, ...sheet } = shown(row)
  return sheet
}

/** What the journal keeps of a sheet. */
export function kept({ state, lines, note, claimed, checked, payment }: EffortRow) {
  return { state, lines, note, claimed, checked, payment }
}
