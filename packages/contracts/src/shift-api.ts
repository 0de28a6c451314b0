import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { SheetFormat } from './sheet-import.ts'
import {
  Duty,
  RosterDraft,
  Shift,
  ShiftDraft,
  ShiftFault,
  ShiftPattern,
  ShiftPerson,
  ShiftSpan,
  ShiftSwap,
  SwapDraft,
  SwapState,
} from './shift.ts'

const params = z.object({ id: idOf('shift') })

export const shiftApi = {
  duty: endpoint({
    method: 'GET',
    path: '/api/v1/duty',
    permission: 'shift.read',
    summary: 'Who is on duty now or at a moment: of one’s organisation, else of this node’s',
    query: z.object({
      organisation_id: idOf('organisation').optional(),
      at: Instant.optional(),
    }),
    reply: Duty,
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/v1/shifts',
    permission: 'shift.read',
    summary: 'Shifts by time, organisation and duty officer',
    query: PageQuery,
    reply: pageOf(Shift),
  }),
  roster: endpoint({
    method: 'GET',
    path: '/api/v1/shift-roster',
    permission: 'shift.read',
    summary:
      'The roster of an organisation over some days, with gaps, overlaps and rest that is too short',
    query: ShiftSpan,
    reply: z.object({ shifts: z.array(Shift), faults: z.array(ShiftFault) }),
  }),
  patterns: endpoint({
    method: 'GET',
    path: '/api/v1/shift-patterns',
    permission: 'shift.read',
    summary: 'Patterns a roster is made by',
    reply: z.object({ patterns: z.array(ShiftPattern) }),
  }),
  people: endpoint({
    method: 'GET',
    path: '/api/v1/shift-people',
    permission: 'shift.read',
    summary: 'Who of an organisation may stand shifts',
    query: z.object({ organisation_id: idOf('organisation') }),
    reply: z.object({ people: z.array(ShiftPerson) }),
  }),
  make: endpoint({
    method: 'POST',
    path: '/api/v1/shift-roster',
    permission: 'shift.manage',
    summary: 'Make the roster of some days by a pattern; days that have shifts are refused',
    body: RosterDraft,
    reply: z.object({ added: z.int() }),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/shifts',
    permission: 'shift.manage',
    summary: 'Add a shift by hand',
    body: ShiftDraft.extend({ organisation_id: idOf('organisation') }),
    reply: Shift,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/shifts/:id',
    permission: 'shift.manage',
    summary: 'Change a shift: once it began only its people and note, once it is over nothing',
    params,
    body: changeOf(ShiftDraft).extend({ version: z.int().optional() }),
    reply: Shift,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/shifts/:id',
    permission: 'shift.manage',
    summary: 'Take a shift that has not begun out of the roster',
    params,
    reply: z.object({}),
  }),
  export: endpoint({
    method: 'GET',
    path: '/api/v1/shift-export',
    permission: 'shift.read',
    summary: 'The roster of an organisation over some days as a sheet',
    query: ShiftSpan.partial().extend({ format: SheetFormat }),
    reply: z.unknown(),
  }),
}

export const shiftSwapApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/shift-swaps',
    permission: 'shift.read',
    summary: 'Shifts people asked others to stand, the newest first',
    query: PageQuery,
    reply: pageOf(ShiftSwap),
  }),
  ask: endpoint({
    method: 'POST',
    path: '/api/v1/shift-swaps',
    permission: 'shift.stand',
    summary: 'Ask somebody to stand one’s shift, or to exchange two',
    body: SwapDraft,
    reply: ShiftSwap,
  }),
  decide: endpoint({
    method: 'POST',
    path: '/api/v1/shift-swaps/:id/decide',
    permission: 'shift.stand',
    summary: 'Agree or decline as who is asked, withdraw as who asks',
    params: z.object({ id: idOf('swap') }),
    body: z.object({ state: SwapState.exclude(['asked']) }),
    reply: ShiftSwap,
  }),
}

/** The address of a calendar is its secret: it is told once and kept hashed. */
export const shiftCalendarApi = {
  get: endpoint({
    method: 'GET',
    path: '/api/v1/me/shift-calendar',
    permission: 'shift.stand',
    summary: 'Whether one’s shifts can be read by a secret address, and since when',
    reply: z.object({ created_at: Instant.nullable() }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/me/shift-calendar',
    permission: 'shift.stand',
    summary: 'A new secret address of one’s shifts for a calendar program; an earlier one ends',
    reply: z.object({
      path: z.string().describe('on this node; shown this once'),
      created_at: Instant,
    }),
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/v1/me/shift-calendar',
    permission: 'shift.stand',
    summary: 'End the secret address',
    reply: z.object({}),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/shift-calendars/:token',
    permission: 'public',
    summary: 'Somebody’s shifts as iCalendar; the address is the proof',
    params: z.object({ token: z.string().min(20).max(100) }),
    reply: z.unknown(),
  }),
}
