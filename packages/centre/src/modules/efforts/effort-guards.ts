import type { EffortPayment, EffortRules, EffortStep } from '@haidang/contracts/effort'
import type { Permission } from '@haidang/contracts/permission'
import type { Caller } from '@haidang/runtime/caller'
import { Problem } from '@haidang/runtime/problem'
import { partyOf } from './effort.ts'
import type { EffortRow } from './effort-tables.ts'

/** By which right a step is taken. */
export function authorityOf(step: EffortStep): Permission {
  if (partyOf(step) === 'claimant') return 'effort.submit'
  return step === 'approved' || step === 'paid' ? 'effort.approve' : 'effort.check'
}

/** Throws Problem effort.not-found. */
export function found(row: EffortRow | undefined): EffortRow {
  if (!row) throw new Problem('effort.not-found')
  return row
}

/** Throws Problem effort.not-yours: the caller is not of that side. */
export function requireParty(
  row: EffortRow,
  caller: Caller,
  party: 'claimant' | 'issuer',
): EffortRow {
  const whose = party === 'claimant' ? row.organisation_id : row.issuer_id
  if (whose !== caller.organisation_id) throw new Problem('effort.not-yours')
  return row
}

/** Throws Problem effort.moved-on: it is no longer the version that was read. */
export function requireUnmoved(row: EffortRow, version: number): void {
  if (row.version !== version) throw new Problem('effort.moved-on', `version ${row.version}`)
}

/** Throws Problem request.invalid: the rules know no such source of money. */
export function requireSource({ source }: EffortPayment, rules: EffortRules): void {
  const sources = rules.sources.map(({ id }) => id)
  if (sources.includes(source)) return
  throw new Problem('request.invalid', 'no such source of money', [
    { field: 'source', cause: `“${source}”`, remedy: sources.join(', ') },
  ])
}
