import type { OpenWork } from '@haidang/contracts/handover'
import type { Shift, ShiftPerson } from '@haidang/contracts/shift'
import { Tlp } from '@haidang/contracts/tlp'
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

/** A hand-over after so many more of its items were taken over. */
export function takenBy(
  before: HandoverRow,
  to_id: string,
  items: number,
  now: string,
): HandoverRow {
  const open_count = before.open_count - items
  const isDone = open_count === 0
  return {
    ...before,
    to_id,
    open_count,
    state: isDone ? 'acknowledged' : 'taken',
    acknowledged_at: isDone ? now : null,
  }
}

/** Open work as screens show it. */
export function workShown({ tlp_rank, organisation_id: _, ...work }: Work): OpenWork {
  return { ...work, tlp: Tlp.options[tlp_rank] ?? 'red' }
}

/** An item as screens show it. */
export function itemShown({ handover_id: _, organisation_id: __, tlp_rank, ...item }: ItemRow) {
  return { ...item, tlp: Tlp.options[tlp_rank] ?? ('red' as const) }
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
