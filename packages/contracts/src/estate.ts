import { z } from 'zod'
import { idOf } from './id.ts'
import { Day } from './inspection.ts'
import { Instant } from './instant.ts'
import { OrganisationKind } from './organisation.ts'
import { DriftState } from './rule-set.ts'
import { StationState } from './station.ts'

/** Code of a province or city of today, as the profiles of units name it; empty: nobody has said where. */
export const UnitCode = z.string().max(20)

/** A station as the estate lists it: what its owner, the watch and the inspector want to know at a glance. */
export const EstateStation = z.object({
  id: idOf('station'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  name: z.string(),
  local: z.boolean(),
  state: StationState,
  software: z.string(),
  unit: UnitCode,
  rule_state: DriftState.nullable().describe('null: it takes no rule sets'),
  sources: z.int().describe('by its last heartbeat'),
  lacking_sources: z.int().describe('of them quiet, reduced, flooded or failed'),
  open_gaps: z.int(),
  systems_watched: z.int().describe('information systems that name it'),
  systems_required: z
    .int()
    .describe('of its organisation that must be watched: level 3 and up, nationally important'),
  systems_uncovered: z.int().describe('of those, named by no station'),
  last_heartbeat_at: Instant.nullable(),
  last_inspection_on: Day.nullable().describe('day of the last signed one'),
  inspection_due_on: Day.nullable().describe('null: it was never in operation'),
  inspection_overdue: z.boolean(),
  open_findings: z.int().describe('findings of signed inspections not yet remedied'),
  replaced_by: z.string().nullable(),
  simulated: z.boolean(),
})
export type EstateStation = z.infer<typeof EstateStation>

/** How many stations stand in a province, by state; units without any are left out. */
export const UnitStations = z.object({
  unit: UnitCode,
  stations: z.int(),
  states: z.partialRecord(StationState, z.int()),
})
export type UnitStations = z.infer<typeof UnitStations>

/** What a person says of a station that is not there yet; the rest follows from the station itself. */
export const PlanStage = z.enum(['planned', 'survey', 'exempt'])
export type PlanStage = z.infer<typeof PlanStage>

export const PlanState = z.enum([
  ...PlanStage.options,
  'joined',
  'approved',
  'operating',
  'replaced',
  'revoked',
])
export type PlanState = z.infer<typeof PlanState>

/** Who must have a station, by when, and how far that is. */
export const PlanEntry = z.object({
  id: idOf('organisation'),
  name: z.string(),
  kind: OrganisationKind,
  state: PlanState,
  station_id: z.string().nullable(),
  station_name: z.string().nullable(),
  duty: z.string().nullable().describe('id of the duty that asks for it; null: only planned'),
  due_on: Day.nullable(),
  own_due_on: Day.nullable().describe('the coordinator’s, before that of the duty'),
  overdue: z.boolean(),
  note: z.string(),
})
export type PlanEntry = z.infer<typeof PlanEntry>

export const PlanDraft = z.object({
  stage: PlanStage,
  due_on: Day.nullable().describe('null: as the duty says'),
  note: z.string().trim().max(2_000).default(''),
  reason: z.string().trim().min(3).max(1_000),
})
export type PlanDraft = z.infer<typeof PlanDraft>

/** A clause that asks organisations of some kinds for a station. */
export const StationDuty = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  kinds: z.array(OrganisationKind).max(20),
  important: z
    .boolean()
    .default(false)
    .describe('also organisations of any kind that have a nationally important system'),
  due_on: Day,
  clause: z.string().min(1).max(200),
  name: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
})
export type StationDuty = z.infer<typeof StationDuty>

export const PlanProgress = z.object({
  duties: z.array(StationDuty),
  states: z.array(z.object({ state: PlanState, organisations: z.int() })),
  overdue: z.int(),
  due: z.int().describe('organisations that must have a station, whatever its state'),
})
export type PlanProgress = z.infer<typeof PlanProgress>
