import type { Caller } from '@haidang/runtime/caller'
import { type Clock, isoOf } from '@haidang/runtime/clock'
import { type Database, systemScope, type Tx } from '@haidang/runtime/database/database'
import type { Journal } from '@haidang/runtime/journal'
import { Problem } from '@haidang/runtime/problem'
import { hashOf, newSecret } from '../../secret.ts'
import { standerIdOf } from '../../signed-in.ts'
import { calendarText } from './calendar.ts'
import type { CalendarStore } from './calendar-store.ts'
import type { ShiftStore } from './shift-store.ts'
import type { ShiftView } from './shift-view.ts'

interface CalendarParts {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly store: ShiftStore
  readonly calendars: CalendarStore
  readonly view: ShiftView
  /** The person in the act of calling; undefined where there is none or the account is shut. */
  readonly callerOf: (tx: Tx, id: string, sessionId: null) => Promise<Caller | undefined>
}

const day = 86_400_000
/** What a calendar shows: the last month, and half a year to come. */
const past = 31 * day
const ahead = 184 * day

/** Somebody's own shifts in their own calendar program, by a secret address. */
export class CalendarService {
  readonly #parts: CalendarParts

  constructor(parts: CalendarParts) {
    this.#parts = parts
  }

  /** Throws Problem shift.person-required. */
  get(caller: Caller): Promise<{ created_at: string | null }> {
    const { database, calendars } = this.#parts
    const person = standerIdOf(caller)
    return database.transact(caller.scope, async (tx) => ({
      created_at: (await calendars.get(tx, person))?.created_at ?? null,
    }))
  }

  /** Throws Problem shift.person-required. */
  create(caller: Caller): Promise<{ path: string; created_at: string }> {
    const { database, calendars, clock } = this.#parts
    const person_id = standerIdOf(caller)
    const secret = newSecret('')
    return database.transact(caller.scope, async (tx) => {
      const created_at = clock.iso()
      const { organisation_id } = caller
      const row = { person_id, organisation_id, secret_hash: hashOf(secret), created_at }
      await calendars.put(tx, row)
      await this.#record(tx, caller, 'shift.calendar-opened')
      return { path: `/api/v1/shift-calendars/${secret}.ics`, created_at }
    })
  }

  /** Throws Problem shift.person-required. */
  revoke(caller: Caller): Promise<Record<string, never>> {
    const { database, calendars } = this.#parts
    const person = standerIdOf(caller)
    return database.transact(caller.scope, async (tx) => {
      if (await calendars.remove(tx, person)) {
        await this.#record(tx, caller, 'shift.calendar-ended')
      }
      return {}
    })
  }

  /** The shifts of whom an address belongs to, as far as they see them now. Throws Problem calendar.not-found. */
  async read(address: string, host: string): Promise<string> {
    const { database, calendars, store, view, clock, callerOf } = this.#parts
    const owner = await database.transact(systemScope, async (tx) => {
      const found = await calendars.byHash(tx, hashOf(address.replace(/\.ics$/, '')))
      return found && callerOf(tx, found.person_id, null)
    })
    const person = owner?.person_id
    if (!owner || !person || !owner.permissions.has('shift.stand')) {
      throw new Problem('calendar.not-found')
    }
    const span = { from: isoOf(clock.now() - past), to: isoOf(clock.now() + ahead) }
    const shifts = await database.transact(owner.scope, async (tx) =>
      view.shifts(tx, await store.ofPerson(tx, person, span)),
    )
    const { language } = owner
    const name = `${language === 'vi' ? 'Ca trực' : 'Shifts'} · ${owner.scope.actor.name}`
    return calendarText({ name, host, language, shifts, at: clock.iso() })
  }

  async #record(
    tx: Tx,
    { scope: { actor }, organisation_id }: Caller,
    type: 'shift.calendar-opened' | 'shift.calendar-ended',
  ): Promise<void> {
    await this.#parts.journal.append(tx, {
      type,
      actor,
      organisation_id,
      authority: 'shift.stand',
      subject: actor.id,
    })
  }
}
