import { join } from 'node:path'
import { shiftApi, shiftCalendarApi, shiftSwapApi } from '@haidang/contracts/shift-api'
import type { Clock } from '@haidang/runtime/clock'
import type { Database, Tx } from '@haidang/runtime/database/database'
import { type Gate, serve } from '@haidang/runtime/http/serve'
import type { NewId } from '@haidang/runtime/ids'
import type { Journal } from '@haidang/runtime/journal'
import type { FastifyInstance } from 'fastify'
import { readContents } from './content-file.ts'
import type { Standing } from './modules/handovers/handover.ts'
import type { OrganisationService } from './modules/organisations/organisation-service.ts'
import type { PersonService } from './modules/people/person-service.ts'
import { CalendarService } from './modules/shifts/calendar-service.ts'
import { CalendarStore } from './modules/shifts/calendar-store.ts'
import { rulesOn, ShiftRules } from './modules/shifts/pattern.ts'
import { RosterService } from './modules/shifts/roster-service.ts'
import { shiftCalendarRoutes, shiftRoutes, shiftSwapRoutes } from './modules/shifts/shift-routes.ts'
import { type ShiftParts, ShiftService } from './modules/shifts/shift-service.ts'
import { ShiftStore } from './modules/shifts/shift-store.ts'
import { ShiftView } from './modules/shifts/shift-view.ts'
import { SwapService } from './modules/shifts/swap-service.ts'
import { SwapStore } from './modules/shifts/swap-store.ts'
import type { Names } from './names.ts'
import { vietnamDate } from './vietnam-date.ts'

interface ShiftWiring {
  readonly http: FastifyInstance
  readonly gate: Gate
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: NewId
  readonly names: Names
  readonly organisations: OrganisationService
  readonly people: PersonService
  readonly contentDirectory: string
}

/** The 24/7 duty: who stands when, who swaps with whom. Answers what hand-overs need of it. */
export async function createShifts({ http, gate, contentDirectory, ...kept }: ShiftWiring) {
  const { organisations, people, names, clock } = kept
  const store = new ShiftStore()
  const view = new ShiftView(names)
  const fit: ShiftParts['fit'] = async (tx, organisation_id) =>
    people.ableIn(tx, ['shift.stand'], { organisation_id, tlp_rank: 0 })
  const rules = await readContents(join(contentDirectory, 'shifts'), ShiftRules)
  const parts = { ...kept, store, view, fit, rules }
  const home = async (tx: Tx) => (await organisations.home(tx))?.id
  const roster = new RosterService({ ...parts, home })
  const shifts = new ShiftService(parts)
  const swaps = new SwapService({ ...parts, shifts, swaps: new SwapStore() })
  const calendars = new CalendarService({
    ...kept,
    store,
    view,
    calendars: new CalendarStore(),
    callerOf: (tx, id, session) => people.callerOf(tx, id, session),
  })
  serve(http, shiftApi, shiftRoutes(roster, shifts), gate)
  serve(http, shiftSwapApi, shiftSwapRoutes(swaps), gate)
  serve(http, shiftCalendarApi, shiftCalendarRoutes(calendars), gate)
  const within = () => rulesOn(rules, vietnamDate(clock.now())).handover.acknowledge_within
  const standing: Standing = {
    at: (tx, id, instant) => store.at(tx, id, instant),
    endedSince: (tx, from, to) => store.endedSince(tx, from, to),
    officersAt: (tx, id, instant) => store.officersAt(tx, id, instant),
    shown: async (tx, ids) => view.shifts(tx, await store.many(tx, ids)),
    people: (tx, ids) => view.people(tx, ids),
  }
  return { shifts: standing, within, rules }
}
