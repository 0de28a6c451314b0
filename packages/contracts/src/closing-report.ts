import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'

const told = (most: number) => z.string().trim().max(most)

/** How an incident ended: the result of form 04 (TT 20/2017), in parts, and what was learned (ISO/IEC 27035-1:2023). */
export const ClosingReportDraft = z.object({
  course: told(10_000).min(10).describe('what happened'),
  root_cause: told(5000).min(3).describe('why it could happen; or that it was not found'),
  measures: told(10_000).min(10).describe('how it was solved'),
  damage: told(5000).default(''),
  lessons: z.array(told(2000).min(3)).min(1).max(30).describe('what was learned, each by itself'),
  proposals: told(5000).default('').describe('how to act faster and have less risk the next time'),
})
export type ClosingReportDraft = z.infer<typeof ClosingReportDraft>

export const ClosingReport = ClosingReportDraft.extend({
  incident_id: idOf('incident'),
  written_by_name: z.string(),
  written_at: Instant,
  version: z.int(),
})
export type ClosingReport = z.infer<typeof ClosingReport>

/** A closing report with the incident it sums up, for those who look for what was learned before. */
export const ClosedIncident = ClosingReport.extend({ number: z.string(), title: z.string() })
export type ClosedIncident = z.infer<typeof ClosedIncident>
