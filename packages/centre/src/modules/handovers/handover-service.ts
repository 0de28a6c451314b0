import {
  type Handover,
  type HandoverDraft,
  mostItems,
  type OpenWork,
} from '@haidang/contracts/handover'
import { millisecondsOf } from '@haidang/contracts/instant'
import type { EntryType } from '@haidang/contracts/journal'
import type { Page, PageQuery } from '@haidang/contracts/page'
import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Actor, type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { NewId } from '@haidang/runtime/ids'
import type { EntryDraft, Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { standerIdOf } from '../../signed-in.ts'
import type { ClockService } from '../deadlines/clock-service.ts'
import {
  type EndingShift,
  isHeld,
  type Listed,
  mayTake,
  type Standing,
  subjectOf,
  takenBy,
  workShown,
} from './handover.ts'
import type { HandoverStore } from './handover-store.ts'
import type { HandoverRow, ItemRow } from './handover-tables.ts'
import type { HandoverView, Whole } from './handover-view.ts'
import { type GiveTo, transfer } from './transfer.ts'

export interface HandoverParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly store: HandoverStore
  readonly shifts: Standing
  readonly shown: HandoverView
  readonly deadlines: ClockService
  /** Milliseconds in which a hand-over is to be acknowledged, by the rules of today. */
  readonly within: () => number
  /** What somebody would hand over, as far as they see it. */
  readonly openWork: (tx: Tx, caller: Caller) => Promise<Listed>
  readonly giveTo: GiveTo
  readonly simulated: boolean
}

/** What ended longer ago is over: nobody hands yesterday over. */
export const lately = 12 * 3_600_000

const term = { vi: 'Nhận bàn giao ca', en: 'Acknowledge the hand-over' }

/** Shifts end by handing open work over, and it is not over before somebody has said that it is theirs. */
export class HandoverService {
  readonly #parts: HandoverParts

  constructor(parts: HandoverParts) {
    this.#parts = parts
  }

  /** Throws Problem shift.person-required. */
  openWork(caller: Caller): Promise<{ items: OpenWork[]; more: boolean }> {
    standerIdOf(caller)
    return this.#parts.database.transact(caller.scope, async (tx) => {
      const { work, more } = await this.#left(tx, caller)
      return { items: work.map(workShown), more }
    })
  }

  list(caller: Caller, query: PageQuery): Promise<Page<Handover>> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { items, next } = await store.list(tx, query)
      return { items: await this.#parts.shown.handovers(tx, items), next }
    })
  }

  /** Throws Problem handover.not-found. */
  get(caller: Caller, id: string): Promise<Whole> {
    const { database, store } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const row = await store.get(tx, id)
      if (!row) throw new Problem('handover.not-found')
      return this.#parts.shown.whole(tx, row)
    })
  }

  /** Throws Problem shift.person-required, handover.open. */
  prepare(caller: Caller, draft: HandoverDraft): Promise<Whole> {
    const { database, shown } = this.#parts
    standerIdOf(caller)
    return database.transact(caller.scope, async (tx) => {
      const own = await this.#shiftOf(tx, caller)
      const listed = await this.#left(tx, caller)
      return shown.whole(tx, await this.#make(tx, caller, own, { listed, draft }))
    })
  }

  /**
   * Makes the hand-over of a shift that ended without one, as its officer; nothing where nothing is open. Whoever does
   * not hand over does so all the same.
   */
  prepareFor(officer: Caller, shift: EndingShift): Promise<void> {
    const { database, store, clock } = this.#parts
    return database.transact(officer.scope, async (tx) => {
      const listed = await this.#left(tx, officer)
      if (listed.work.length > 0) await this.#make(tx, officer, shift, { listed, draft: null })
      await store.see(tx, shift, clock.iso())
    })
  }

  /**
   * Takes items over, all that are open and the caller sees and may handle unless told which, in one transaction with
   * the change of their owners. Throws Problem shift.person-required, shift.person-unfit, permission.missing,
   * handover.not-found, handover.own, handover.taken, handover.ended.
   */
  acknowledge(caller: Caller, id: string, wanted: readonly number[] | undefined): Promise<Whole> {
    const { database, store, clock, shown } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const { before, to_id } = await this.#lockFor(tx, caller, id)
      const open = await store.openItems(tx, id)
      const asked = open.filter(({ position }) => wanted?.includes(position) ?? true)
      // Said again, it changes nothing.
      if (wanted && asked.length === 0) return shown.whole(tx, before)
      const items = takable(caller, before, asked)
      const of = { from: before.from_id, to: to_id }
      const settled = await transfer(this.#parts.giveTo, tx, caller, of, items)
      await store.acknowledge(tx, id, settled, { to_id, acknowledged_at: clock.iso() })
      const left = open.filter(({ kind }) => mayTake(caller, kind)).length - items.length
      const after = takenBy(before, { to_id, items: items.length, left }, clock.iso())
      await store.replace(tx, after)
      const isDone = after.state === 'acknowledged'
      if (isDone) await this.#met(tx, caller.scope.actor, after)
      await this.#record(tx, caller, isDone ? 'handover.acknowledged' : 'handover.taken', after, {
        before: { state: before.state, open_count: before.open_count },
        after: {
          state: after.state,
          open_count: after.open_count,
          from_id: before.from_id,
          to_id,
          items: settled.map(({ object_id, outcome }) => ({ object_id, outcome })),
        },
      })
      return this.#parts.shown.whole(tx, after)
    })
  }

  /** Throws Problem shift.person-required, handover.not-found, handover.taken, handover.ended, shift.not-yours. */
  withdraw(caller: Caller, id: string): Promise<Whole> {
    const { database, store, deadlines, shown } = this.#parts
    return database.transact(caller.scope, async (tx) => {
      const before = await this.#lock(tx, id)
      const person = standerIdOf(caller)
      if (before.from_id !== person) throw new Problem('shift.not-yours')
      if (before.state !== 'prepared') throw await shown.late(tx, 'handover.taken', before)
      const after: HandoverRow = { ...before, state: 'withdrawn' }
      await store.replace(tx, after)
      await deadlines.stop(tx, caller.scope.actor, id, 'the hand-over was withdrawn')
      await this.#record(tx, caller, 'handover.withdrawn', after, {
        before: { state: before.state },
        after: { state: after.state },
      })
      return this.#parts.shown.whole(tx, after)
    })
  }

  async #make(
    tx: Tx,
    caller: Caller,
    shift: EndingShift | undefined,
    { listed: { work, more }, draft }: { listed: Listed; draft: HandoverDraft | null },
  ): Promise<HandoverRow> {
    const { store, clock, newId, deadlines, within, simulated } = this.#parts
    const marks = new Map(draft?.marks.map(({ object_id, note }) => [object_id, note]))
    const id = newId('handover')
    const now = clock.now()
    const ends = shift ? millisecondsOf(shift.ends_at) : now
    const row: HandoverRow = {
      id,
      organisation_id: shift?.organisation_id ?? caller.organisation_id,
      shift_id: shift?.id ?? null,
      from_id: standerIdOf(caller),
      to_id: null,
      note: draft?.note ?? '',
      automatic: draft === null,
      state: 'prepared',
      prepared_at: clock.iso(),
      due_at: isoOf(Math.max(now, ends) + within()),
      acknowledged_at: null,
      item_count: work.length,
      open_count: work.length,
      more,
    }
    const items = work.map(
      (one, position): ItemRow => ({
        ...one,
        handover_id: id,
        position,
        marked: marks.has(one.object_id),
        note: marks.get(one.object_id) ?? '',
        acknowledged_at: null,
        outcome: null,
        to_id: null,
      }),
    )
    if (!(await store.add(tx, row, items))) throw new Problem('handover.open')
    await deadlines.set(tx, caller.scope.actor, subjectOf(row, caller, simulated), [
      { id: 'acknowledge', name: term, from_at: row.prepared_at, due_at: row.due_at },
    ])
    await this.#record(tx, caller, 'handover.prepared', row, {
      after: { shift_id: row.shift_id, automatic: row.automatic, items: work.length },
    })
    return row
  }

  /** What somebody would hand over, without what waits for the next officer already. */
  async #left(tx: Tx, caller: Caller): Promise<Listed> {
    const { store, openWork } = this.#parts
    const { work, more } = await openWork(tx, caller)
    const waiting = await store.waiting(tx, standerIdOf(caller))
    const left = work.filter(({ object_id }) => !waiting.has(object_id))
    return { work: left.slice(0, mostItems), more: more || left.length > mostItems }
  }

  /** The shift somebody is the officer of, or was until lately: who is late hands that one over. */
  async #shiftOf(tx: Tx, { organisation_id, person_id }: Caller): Promise<EndingShift | undefined> {
    const { shifts, clock } = this.#parts
    const now = clock.iso()
    const isOwn = (one: EndingShift) =>
      one.officer_id === person_id && one.organisation_id === organisation_id
    const standing = await shifts.at(tx, organisation_id, now)
    const ended = await shifts.endedSince(tx, isoOf(clock.now() - lately), now)
    return standing.find(isOwn) ?? ended.findLast(isOwn)
  }

  /** Throws Problem shift.person-required, shift.person-unfit, handover.not-found, handover.own, handover.taken, handover.ended. */
  async #lockFor(tx: Tx, caller: Caller, id: string) {
    const { clock, shown } = this.#parts
    const row = await this.#lock(tx, id)
    const to_id = standerIdOf(caller)
    if (row.from_id === to_id) throw new Problem('handover.own')
    if (row.organisation_id !== caller.organisation_id) throw new Problem('shift.person-unfit')
    if (isHeld(row, to_id, clock.iso())) throw await shown.late(tx, 'handover.taken', row)
    return { before: row, to_id }
  }

  async #lock(tx: Tx, id: string): Promise<HandoverRow> {
    const row = await this.#parts.store.lock(tx, id)
    if (!row) throw new Problem('handover.not-found')
    if (row.state === 'acknowledged' || row.state === 'withdrawn') {
      throw await this.#parts.shown.late(tx, 'handover.ended', row)
    }
    return row
  }

  #met(tx: Tx, actor: Actor, row: HandoverRow): Promise<void> {
    const { id, organisation_id } = row
    const of = { subject_id: id, organisation_id, note: 'acknowledged' }
    return this.#parts.deadlines.meet(tx, actor, of, () => true)
  }

  async #record(
    tx: Tx,
    { scope: { actor } }: Caller,
    type: EntryType,
    row: HandoverRow,
    entry: Pick<EntryDraft, 'before' | 'after'>,
  ): Promise<void> {
    const { id, organisation_id, from_id, to_id, shift_id } = row
    await this.#parts.journal.append(tx, {
      ...entry,
      type,
      actor: row.automatic && type === 'handover.prepared' ? systemScope.actor : actor,
      authority: 'shift.stand',
      organisation_id,
      subject: id,
      related: [from_id, to_id, shift_id].filter((one) => one !== null),
    })
  }
}

/** Those of some items the caller can go on with. Throws Problem permission.missing where there are none of them. */
function takable(caller: Caller, { open_count }: HandoverRow, asked: readonly ItemRow[]) {
  const items = asked.filter(({ kind }) => mayTake(caller, kind))
  if (items.length > 0 || open_count === 0) return items
  throw new Problem('permission.missing', 'what is left the caller may not see or handle')
}
