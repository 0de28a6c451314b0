import { z } from 'zod'

/** What of the journal to hand out, and how. */
export const ExportQuery = z.object({
  format: z.enum(['csv', 'jsonl']),
  filter: z.string().max(2048).optional().describe('as in lists'),
})
export type ExportQuery = z.infer<typeof ExportQuery>
