import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { plainText } from './plain-text.ts'

const Words = z.strictObject({ vi: z.string().min(1).max(80), en: z.string().min(1).max(80) })

/** A shift of a day, by the clock of Vietnam. */
const Slot = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  name: Words,
  start: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'as 06:00'),
  hours: z.int().min(1).max(24),
})

/** How crews take turns: `cycle` is what one crew stands day by day; the next crew is as many days behind as divide evenly. */
export const ShiftPattern = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: Words,
  crews: z.int().min(1).max(12),
  slots: z.array(Slot).min(1).max(8),
  cycle: z.array(z.string().nullable()).min(1).max(60),
})
export type ShiftPattern = z.infer<typeof ShiftPattern>

/** Somebody who stands shifts. */
export const ShiftPerson = z.object({ id: idOf('person'), name: z.string() })
export type ShiftPerson = z.infer<typeof ShiftPerson>

const personIds = z
  .array(idOf('person'))
  .max(20)
  .transform((ids) => [...new Set(ids)])

export const ShiftDraft = z.object({
  name: plainText(1, 80).describe('what the shift is called'),
  starts_at: Instant,
  ends_at: Instant,
  officer_id: idOf('person').nullable().default(null).describe('duty officer; null: nobody yet'),
  member_ids: personIds.default([]).describe('who stands it with the officer'),
  overlap_allowed: z.boolean().default(false).describe('meant to lie over another shift'),
  note: z.string().trim().max(1000).default(''),
})
export type ShiftDraft = z.infer<typeof ShiftDraft>

/** One shift of an organisation's 24/7 duty. */
export const Shift = z.object({
  id: idOf('shift'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  name: z.string(),
  starts_at: Instant,
  ends_at: Instant,
  officer: ShiftPerson.nullable().describe('duty officer; null: nobody yet'),
  members: z.array(ShiftPerson),
  overlap_allowed: z.boolean(),
  note: z.string(),
  version: z.int(),
})
export type Shift = z.infer<typeof Shift>

/** What is wrong with a roster: nobody there, too many there, too little rest between. */
export const ShiftFaultKind = z.enum(['gap', 'unstaffed', 'overlap', 'rest', 'weekly-rest'])
export type ShiftFaultKind = z.infer<typeof ShiftFaultKind>

export const ShiftFault = z.object({
  kind: ShiftFaultKind,
  from: Instant,
  to: Instant,
  shift_ids: z.array(z.string()).describe('the shifts it lies in or between'),
  person: ShiftPerson.nullable().describe('who rests too little'),
  clause: z.string().describe('of the rule of rest; empty: none'),
})
export type ShiftFault = z.infer<typeof ShiftFault>

/** Longest span a roster is shown, made or taken along for, days. */
export const longestRoster = 366

export const ShiftSpan = z.object({
  organisation_id: idOf('organisation'),
  from: z.iso.date().describe('first day, in Vietnam'),
  to: z.iso.date().describe('last day'),
})
export type ShiftSpan = z.infer<typeof ShiftSpan>

const Crew = z.object({ officer_id: idOf('person'), member_ids: personIds.default([]) })

export const RosterDraft = ShiftSpan.extend({
  pattern_id: z.string().max(40),
  crews: z.array(Crew).min(1).max(12).describe('in the order in which they take turns'),
})
export type RosterDraft = z.infer<typeof RosterDraft>

/** asked: waits for the other; agreed: done, also where the shifts have changed hands since. */
export const SwapState = z.enum(['asked', 'agreed', 'declined', 'withdrawn'])
export type SwapState = z.infer<typeof SwapState>

export const SwapDraft = z.object({
  shift_id: idOf('shift').describe('the asker’s own shift'),
  to_id: idOf('person').describe('who is asked'),
  return_id: idOf('shift').nullable().default(null).describe('theirs, taken over in exchange'),
  reason: z.string().trim().min(1).max(1000),
})
export type SwapDraft = z.infer<typeof SwapDraft>

/** A shift somebody asks another to stand. */
export const ShiftSwap = z.object({
  id: idOf('swap'),
  organisation_id: idOf('organisation'),
  shift: Shift,
  return_shift: Shift.nullable(),
  from: ShiftPerson,
  to: ShiftPerson,
  reason: z.string(),
  state: SwapState,
  asked_at: Instant,
  decided_at: Instant.nullable(),
})
export type ShiftSwap = z.infer<typeof ShiftSwap>

/** Who is on duty at a moment, and who comes next. */
export const Duty = z.object({
  at: Instant,
  current: z.array(Shift).describe('more than one where shifts overlap'),
  next: Shift.nullable(),
})
export type Duty = z.infer<typeof Duty>
