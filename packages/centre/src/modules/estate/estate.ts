import { StationDuty } from '@haidang/contracts/estate'
import { ChecklistItem } from '@haidang/contracts/inspection'
import { z } from 'zod'

/** Who must have a station by when, how often stations are inspected and what is looked at: data with the clause. */
export const EstateRules = z.strictObject({
  profile: z.string().min(1).max(40),
  version: z.int().min(1),
  months: z.int().min(1).max(60).describe('between two inspections of a station'),
  duties: z.array(StationDuty).max(100),
  checklist: z.array(ChecklistItem).min(1).max(200),
})
export type EstateRules = z.infer<typeof EstateRules>
