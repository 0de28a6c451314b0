import { instantOf, millisecondsOf } from '@haidang/contracts/instant'
import type { ShiftFaultKind } from '@haidang/contracts/shift'
import type { RestRules } from './pattern.ts'
import type { ShiftRow } from './shift-tables.ts'

/** What of a shift says when it is and who stands it. */
export type Standing = Pick<
  ShiftRow,
  'id' | 'starts_at' | 'ends_at' | 'officer_id' | 'member_ids' | 'overlap_allowed'
>

/** What is wrong with a roster, its people by id. */
export interface RosterFault {
  readonly kind: ShiftFaultKind
  readonly from: string
  readonly to: string
  readonly shift_ids: readonly string[]
  readonly person_id: string | null
  readonly clause: string
}

const week = 7 * 86_400_000

/** Who stands a shift: its officer first. */
export function peopleOf({ officer_id, member_ids }: Standing): string[] {
  return [...new Set([...(officer_id === null ? [] : [officer_id]), ...member_ids])]
}

/** Whether two shifts share time and neither is meant to. */
export function clash(one: Standing, other: Standing): boolean {
  if (one.overlap_allowed || other.overlap_allowed) return false
  return one.starts_at < other.ends_at && other.starts_at < one.ends_at
}

/** What is wrong with the shifts between two instants, in the order of time; they come in that order, too. */
export function faultsOf(
  shifts: readonly Standing[],
  { from, to }: { readonly from: string; readonly to: string },
  rest: RestRules,
): RosterFault[] {
  const faults = [
    ...gaps(shifts, from, to),
    ...unstaffed(shifts),
    ...overlaps(shifts),
    ...restFaults(shifts, rest),
  ]
  return faults
    .filter((fault) => fault.to > from && fault.from < to)
    .toSorted((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
}

function gaps(shifts: readonly Standing[], from: string, to: string): RosterFault[] {
  const found: RosterFault[] = []
  let covered = from
  let before: string[] = []
  for (const { id, starts_at, ends_at } of shifts) {
    if (starts_at >= to) break
    if (starts_at > covered) found.push(fault('gap', covered, starts_at, [...before, id]))
    if (ends_at > covered) {
      covered = ends_at
      before = [id]
    }
  }
  return covered < to ? [...found, fault('gap', covered, to, before)] : found
}

function unstaffed(shifts: readonly Standing[]): RosterFault[] {
  return shifts
    .filter(({ officer_id }) => officer_id === null)
    .map(({ id, starts_at, ends_at }) => fault('unstaffed', starts_at, ends_at, [id]))
}

function overlaps(shifts: readonly Standing[]): RosterFault[] {
  const found: RosterFault[] = []
  for (const [at, one] of shifts.entries()) {
    for (const other of shifts.slice(at + 1)) {
      if (other.starts_at >= one.ends_at) break
      if (!clash(one, other)) continue
      const to = one.ends_at < other.ends_at ? one.ends_at : other.ends_at
      found.push(fault('overlap', other.starts_at, to, [one.id, other.id]))
    }
  }
  return found
}

function restFaults(shifts: readonly Standing[], rest: RestRules): RosterFault[] {
  const of = new Map<string, Standing[]>()
  for (const shift of shifts) {
    for (const person of peopleOf(shift)) of.set(person, [...(of.get(person) ?? []), shift])
  }
  return [...of].flatMap(([person, own]) => [
    ...shortRests(person, own, rest.between),
    ...longWeeks(person, own, rest.weekly),
  ])
}

function shortRests(
  person_id: string,
  own: readonly Standing[],
  { least, clause }: RestRules['between'],
): RosterFault[] {
  return own.slice(1).flatMap((shift, at) => {
    const before = own[at]
    if (!before || pause(before, shift) >= least) return []
    const [from, to] = [before.ends_at, shift.starts_at].toSorted()
    const ids = [before.id, shift.id]
    return [{ ...fault('rest', from ?? '', to ?? '', ids), person_id, clause }]
  })
}

/** Runs of shifts without the weekly rest that last longer than the week leaves room for. */
function longWeeks(
  person_id: string,
  own: readonly Standing[],
  { least, clause }: RestRules['weekly'],
): RosterFault[] {
  const runs: Standing[][] = []
  for (const shift of own) {
    const run = runs.at(-1)
    const last = run?.at(-1)
    if (run && last && pause(last, shift) < least) run.push(shift)
    else runs.push([shift])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) return []
    const length = millisecondsOf(last.ends_at) - millisecondsOf(first.starts_at)
    if (length <= week - least) return []
    const ids = run.map(({ id }) => id)
    return [{ ...fault('weekly-rest', first.starts_at, last.ends_at, ids), person_id, clause }]
  })
}

function pause(before: Standing, after: Standing): number {
  return millisecondsOf(after.starts_at) - millisecondsOf(before.ends_at)
}

function fault(
  kind: ShiftFaultKind,
  from: string,
  to: string,
  shift_ids: readonly string[],
): RosterFault {
  return { kind, from, to, shift_ids, person_id: null, clause: '' }
}

/** The instants at which the first of some days begins and the last ends, in Vietnam. */
export function spanOf(from: string, to: string): { readonly from: string; readonly to: string } {
  const begin = millisecondsOf(`${from}T00:00:00+07:00`)
  const end = millisecondsOf(`${to}T00:00:00+07:00`) + 86_400_000
  return { from: instantOf(begin), to: instantOf(end) }
}
