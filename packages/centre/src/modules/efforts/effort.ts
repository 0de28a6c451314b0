import type {
  EffortLine,
  EffortLineDraft,
  EffortRules,
  EffortState,
  EffortStep,
  LineCheck,
} from '@haidang/contracts/effort'
import { Problem } from '@haidang/runtime/problem'

/** Who does it: who responded and claims, or who issued the order and pays. */
type Party = 'claimant' | 'issuer'

interface Move {
  readonly party: Party
  readonly from: readonly EffortState[]
  readonly to: EffortState
}

/** How a sheet goes from the claim to the payment. */
const moves: Readonly<Record<EffortStep, Move>> = {
  submitted: { party: 'claimant', from: ['draft', 'returned'], to: 'submitted' },
  withdrawn: {
    party: 'claimant',
    from: ['draft', 'returned', 'submitted', 'checked', 'agreed'],
    to: 'withdrawn',
  },
  checked: { party: 'issuer', from: ['submitted'], to: 'checked' },
  returned: { party: 'issuer', from: ['submitted', 'agreed'], to: 'returned' },
  agreed: { party: 'claimant', from: ['checked'], to: 'agreed' },
  contested: { party: 'claimant', from: ['checked'], to: 'submitted' },
  approved: { party: 'issuer', from: ['agreed'], to: 'approved' },
  paid: { party: 'issuer', from: ['approved'], to: 'paid' },
}

/** States in which its lines may be written anew. */
export const writable: readonly EffortState[] = ['draft', 'returned']

/** Total of one sheet at most, in dong. */
const most = 10_000_000_000_000

export function partyOf(step: EffortStep): Party {
  return moves[step].party
}

/** The state a step leads to. Throws Problem effort.illegal-step, naming where the sheet stands. */
export function stateAfter(state: EffortState, step: EffortStep): EffortState {
  const { from, to } = moves[step]
  if (!from.includes(state)) throw new Problem('effort.illegal-step', `${step} after ${state}`)
  return to
}

/** Dong, rounded to whole ones; quantities have three decimals at most. */
export function amountOf(line: { readonly quantity: number; readonly unit_price: number }): number {
  const thousandths = BigInt(Math.round(line.quantity * 1_000))
  return Number((thousandths * BigInt(line.unit_price) + 500n) / 1_000n)
}

/** The lines with their amounts. Throws Problem effort.line-invalid: a kind or unit the rules do not know, too much. */
export function linesOf(drafts: readonly EffortLineDraft[], rules: EffortRules): EffortLine[] {
  const lines = drafts.map((draft, place): EffortLine => {
    const kind = rules.kinds.find(({ id }) => id === draft.kind)
    if (!kind) throw invalid(place, 'kind', draft.kind, rules.kinds.map(({ id }) => id).join(', '))
    if (!kind.units.includes(draft.unit)) {
      throw invalid(place, 'unit', draft.unit, kind.units.join(', '))
    }
    return { ...draft, amount: amountOf(draft), checked: null }
  })
  requirePayable(lines)
  return lines
}

/** The lines with what was found of each. Throws Problem effort.line-invalid: one is missing, a correction says no why. */
export function checkedLines(
  lines: readonly EffortLine[],
  found: readonly LineCheck[],
): EffortLine[] {
  if (found.length !== lines.length) {
    throw invalid(Math.min(found.length, lines.length), 'lines', `${found.length}`, 'one a line')
  }
  const checked = lines.map((line, place): EffortLine => {
    const { quantity, unit_price, note } = found[place] ?? { ...line, note: '' }
    const isCorrected = quantity !== line.quantity || unit_price !== line.unit_price
    if (isCorrected && note.length < 3) throw invalid(place, 'note', note, 'why it is corrected')
    return {
      ...line,
      checked: { quantity, unit_price, note, amount: amountOf({ quantity, unit_price }) },
    }
  })
  requirePayable(checked.map(({ checked: one }) => one ?? { amount: 0 }))
  return checked
}

/** Dong of all lines as claimed. */
export function claimedOf(lines: readonly Pick<EffortLine, 'amount'>[]): number {
  return lines.reduce((total, { amount }) => total + amount, 0)
}

/** Dong of all lines as found. */
export function foundOf(lines: readonly EffortLine[]): number {
  return lines.reduce((total, { checked }) => total + (checked?.amount ?? 0), 0)
}

function requirePayable(lines: readonly Pick<EffortLine, 'amount'>[]): void {
  const total = claimedOf(lines)
  if (total <= most) return
  throw new Problem('effort.line-invalid', `${total} dong in all`, [
    { field: 'lines', cause: `${total} dong in all`, remedy: `at most ${most} dong` },
  ])
}

function invalid(place: number, field: string, value: string, allowed: string): Problem {
  return new Problem('effort.line-invalid', `line ${place + 1}: ${field}`, [
    { field: `lines.${place}.${field}`, cause: `“${value}”`, remedy: allowed },
  ])
}
