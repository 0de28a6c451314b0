import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

/** A calendar day in Vietnam, as 2026-11-22. */
export const Day = z.iso.date()

export const InspectionKind = z.enum(['half_year', 'year', 'ad_hoc'])
export type InspectionKind = z.infer<typeof InspectionKind>

export const AnswerResult = z.enum(['met', 'not_met', 'not_applicable'])
export type AnswerResult = z.infer<typeof AnswerResult>

/** One question of the checklist; the text of both languages and the clause it comes from. */
export const ChecklistItem = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  part: z.enum(['operation', 'connection']).describe('the two parts of 1017 II.3.đ'),
  clause: z.string().min(1).max(200),
  name: z.object({ vi: z.string().min(1), en: z.string().min(1) }),
})
export type ChecklistItem = z.infer<typeof ChecklistItem>

export const Checklist = z.object({
  profile: z.string().describe('name and version'),
  months: z.int().min(1).max(60).describe('between two inspections'),
  items: z.array(ChecklistItem),
})
export type Checklist = z.infer<typeof Checklist>

const Answer = z.object({
  item: z.string().max(40),
  result: AnswerResult,
  note: z.string().trim().max(2_000).default(''),
})

const FindingDraft = z.object({
  text: z.string().trim().min(3).max(2_000),
  remedy_by: Day.nullable().default(null).describe('deadline; null: none was set'),
})

export const Finding = FindingDraft.extend({
  remedied_on: Day.nullable(),
  remedy_note: z.string(),
})
export type Finding = z.infer<typeof Finding>

export const InspectionDraft = z.object({
  kind: InspectionKind,
  inspected_on: Day,
  inspector: z.string().trim().min(2).max(200).describe('who inspected, by name'),
  answers: z.array(Answer).max(200),
  findings: z.array(FindingDraft).max(100),
  summary: z.string().trim().max(5_000).default(''),
})
export type InspectionDraft = z.infer<typeof InspectionDraft>

/** What the node itself knows of the half year before: filled in, never typed. */
export const InspectionFacts = z.object({
  software: z.string(),
  sources: z.int(),
  lacking_sources: z.int(),
  gaps: z.int().describe('silences and drops that began in the period'),
  silent_seconds: z.int().describe('without a heartbeat in the period'),
  dropped_records: z.int().describe('the station said it lost, in the period'),
  period_from: Instant,
})
export type InspectionFacts = z.infer<typeof InspectionFacts>

export const Inspection = InspectionDraft.extend({
  id: idOf('inspection'),
  station_id: idOf('station'),
  station_name: z.string(),
  organisation_id: idOf('organisation'),
  profile: z.string().describe('checklist it was made by'),
  findings: z.array(Finding),
  open_findings: z.int(),
  facts: InspectionFacts,
  signed_by: z.string().nullable(),
  signed_at: Instant.nullable().describe('null: a draft'),
  version: z.int(),
  created_at: Instant,
  updated_at: Instant,
})
export type Inspection = z.infer<typeof Inspection>
