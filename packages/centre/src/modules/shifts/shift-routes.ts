import type { shiftApi, shiftCalendarApi, shiftSwapApi } from '@haidang/contracts/shift-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { sendSheet } from '../../http/send-sheet.ts'
import type { CalendarService } from './calendar-service.ts'
import type { RosterService } from './roster-service.ts'
import type { ShiftService } from './shift-service.ts'
import type { SwapService } from './swap-service.ts'

export function shiftRoutes(
  roster: RosterService,
  shifts: ShiftService,
): Handlers<typeof shiftApi> {
  return {
    duty: ({ caller, query }) => roster.duty(caller, query),
    list: ({ caller, query }) => roster.list(caller, query),
    roster: ({ caller, query }) => roster.roster(caller, query),
    patterns: async () => ({ patterns: [...roster.patterns()] }),
    people: async ({ caller, query }) => ({
      people: [...(await roster.people(caller, query.organisation_id))],
    }),
    make: ({ caller, body }) => shifts.make(caller, body),
    add: ({ caller, body }) => shifts.add(caller, body),
    change: ({ caller, params, body }) => shifts.change(caller, params.id, body),
    remove: ({ caller, params }) => shifts.remove(caller, params.id),
    export: async ({ caller, query, http: { reply } }) =>
      sendSheet(reply, 'shifts', query.format, await roster.export(caller, query)),
  }
}

export function shiftSwapRoutes(swaps: SwapService): Handlers<typeof shiftSwapApi> {
  return {
    list: ({ caller, query }) => swaps.list(caller, query),
    ask: ({ caller, body }) => swaps.ask(caller, body),
    decide: ({ caller, params, body }) => swaps.decide(caller, params.id, body.state),
  }
}

export function shiftCalendarRoutes(calendars: CalendarService): Handlers<typeof shiftCalendarApi> {
  return {
    get: ({ caller }) => calendars.get(caller),
    create: ({ caller }) => calendars.create(caller),
    revoke: ({ caller }) => calendars.revoke(caller),
    read: async ({ params, http: { request, reply } }) => {
      const text = await calendars.read(params.token, request.hostname)
      await reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .send(text)
    },
  }
}
