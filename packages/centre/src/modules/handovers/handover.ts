import {
  type HandoverItem,
  type OpenWork,
  type OpenWorkKind,
  ownerNeeds,
} from '@haidang/contracts/handover'
import type { Shift, ShiftPerson } from '@haidang/contracts/shift'
import { tlpOf } from '@haidang/contracts/tlp'
import type { Caller } from '@haidang/runtime/caller'
import type { Tx } from '@haidang/runtime/database/database'
import type { Subject } from '../deadlines/clock-service.ts'
import type { HandoverRow, ItemRow } from './handover-tables.ts'

/** What of a shift its hand-over needs. */
export interface EndingShift {
  readonly id: string
  readonly organisation_id: string
  readonly officer_id: string | null
  readonly ends_at: string
}

/** The roster, as hand-overs ask it. */
export interface Standing {
  /** Shifts of an organisation under way at an instant. */
  at(tx: Tx, organisationId: string, instant: string): Promise<readonly EndingShift[]>
  /** Those that ended between two instants. */
  endedSince(tx: Tx, from: string, to: string): Promise<readonly EndingShift[]>
  officersAt(tx: Tx, organisationId: string, instant: string): Promise<readonly string[]>
  /** Some shifts as screens show them. */
  shown(tx: Tx, ids: readonly string[]): Promise<readonly Shift[]>
  people(tx: Tx, ids: readonly string[]): Promise<(id: string) => ShiftPerson>
}

/** Open work as its modules tell of it. */
export type Work = Omit<OpenWork, 'tlp'> & {
  readonly organisation_id: string
  readonly tlp_rank: number
}

/** Whether somebody can go on with work of a kind. */
export function mayTake({ permissions }: Caller, kind: OpenWorkKind): boolean {
  const permission = ownerNeeds[kind]
  return permission === undefined || permissions.has(permission)
}

/** How far somebody got through a hand-over: items taken over, and items left they could take over. */
interface Taken {
  readonly to_id: string
  readonly items: number
  readonly left: number
}

/** Open work, and whether there is more than is listed. */
export interface Listed {
  readonly work: readonly Work[]
  readonly more: boolean
}

/** A hand-over after more of its items were taken over; what somebody may not take waits for the next. */
export function takenBy(
  before: HandoverRow,
  { to_id, items, left }: Taken,
  now: string,
): HandoverRow {
  const open_count = before.open_count - items
  if (open_count === 0) {
    return { ...before, to_id, open_count, state: 'acknowledged', acknowledged_at: now }
  }
  if (left === 0) return { ...before, to_id: null, open_count, state: 'prepared' }
  return { ...before, to_id, open_count, state: 'taken' }
}

/** Whether somebody else is at a hand-over, who has until its due time for it. */
export function isHeld({ to_id, due_at }: HandoverRow, person: string, now: string): boolean {
  return to_id !== null && to_id !== person && now < due_at
}

/** Open work as screens show it. */
export function workShown({ tlp_rank, organisation_id: _, ...work }: Work): OpenWork {
  return { ...work, tlp: tlpOf(tlp_rank) }
}

/** An item as screens show it. */
export function itemShown(row: ItemRow, people: (id: string) => ShiftPerson): HandoverItem {
  const { handover_id: _, organisation_id: __, tlp_rank, to_id, ...item } = row
  const to = to_id === null ? null : people(to_id)
  return { ...item, to, tlp: tlpOf(tlp_rank) }
}

/** A hand-over as its deadline knows it: its organisation is held to it. */
export function subjectOf(row: HandoverRow, { scope }: Caller, simulated: boolean): Subject {
  return {
    subject_kind: 'handover',
    subject_id: row.id,
    subject_label: scope.actor.name,
    organisation_id: row.organisation_id,
    watcher_id: null,
    tlp_rank: 0,
    assignee_id: null,
    simulated,
    grade: null,
  }
}
