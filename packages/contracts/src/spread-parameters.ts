import { z } from 'zod'
import { Severity } from './severity.ts'

/** When the same thing at several organisations is a conclusion of its own. */
export const SpreadParameters = z.strictObject({
  organisations: z.int().min(2).default(3).describe('at so many organisations'),
  window_hours: z.number().positive().max(720).default(24).describe('within so many hours'),
  least_severity: Severity.default('medium').describe('of the clusters that count'),
})
export type SpreadParameters = z.infer<typeof SpreadParameters>
