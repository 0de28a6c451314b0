import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import type { Permission } from './permission.ts'
import { Shift, ShiftPerson } from './shift.ts'
import { Tlp } from './tlp.ts'

export const OpenWorkKind = z.enum(['incident', 'cluster', 'incident-report', 'order', 'deadline'])
export type OpenWorkKind = z.infer<typeof OpenWorkKind>

/** What the owner of work must be allowed; kinds without one have no owner: whoever takes them over takes note. */
export const ownerNeeds: Readonly<Partial<Record<OpenWorkKind, Permission>>> = {
  incident: 'incident.handle',
  cluster: 'alert.triage',
}

/** Whether work of a kind has an owner who changes with the shift. */
export function isOwned(kind: OpenWorkKind): boolean {
  return ownerNeeds[kind] !== undefined
}

/** Something that is open when a shift ends. */
export const OpenWork = z.object({
  kind: OpenWorkKind,
  object_id: z.string(),
  page_id: z.string().describe('the object whose page shows it: of a deadline, what it is of'),
  label: z.string().describe('its number, or its title where it has none'),
  title: z.string(),
  tlp: Tlp,
  due_at: Instant.nullable(),
  unowned: z.boolean().describe('nobody is at work on it'),
})
export type OpenWork = z.infer<typeof OpenWork>

/** prepared: waits for the next officer, with all of it or with what those before could not take; taken: they are going through it; acknowledged: all of it is theirs. */
export const HandoverState = z.enum(['prepared', 'taken', 'acknowledged', 'withdrawn'])
export type HandoverState = z.infer<typeof HandoverState>

/** What became of one item: taken over with its ownership, known, or no longer the outgoing officer's to give. */
export const ItemOutcome = z.enum(['transferred', 'known', 'elsewhere'])
export type ItemOutcome = z.infer<typeof ItemOutcome>

export const HandoverItem = OpenWork.extend({
  position: z.int(),
  marked: z.boolean().describe('the outgoing officer says that it matters'),
  note: z.string(),
  acknowledged_at: Instant.nullable(),
  outcome: ItemOutcome.nullable(),
  to: ShiftPerson.nullable().describe('who took it over'),
})
export type HandoverItem = z.infer<typeof HandoverItem>

export const Handover = z.object({
  id: idOf('handover'),
  organisation_id: idOf('organisation'),
  shift: Shift.nullable().describe('the shift that ends; null: handed over outside of the roster'),
  from: ShiftPerson,
  to: ShiftPerson.nullable().describe('who takes it over; null: nobody yet'),
  note: z.string(),
  automatic: z.boolean().describe('made by the node: the shift ended without a hand-over'),
  state: HandoverState,
  prepared_at: Instant,
  due_at: Instant.describe('when it must be acknowledged'),
  acknowledged_at: Instant.nullable(),
  item_count: z.int(),
  open_count: z.int().describe('not acknowledged yet, also of what the reader may not see'),
  more: z.boolean().describe('more was open than it lists'),
})
export type Handover = z.infer<typeof Handover>

/** Items of one hand-over; what lies beyond is the officer's to finish or to give away before. */
export const mostItems = 500

export const HandoverDraft = z.object({
  note: z.string().trim().max(10_000).default(''),
  marks: z
    .array(
      z.object({ object_id: z.string().max(60), note: z.string().trim().max(1000).default('') }),
    )
    .max(mostItems)
    .default([])
    .describe('what of the open work matters, and why'),
})
export type HandoverDraft = z.infer<typeof HandoverDraft>
