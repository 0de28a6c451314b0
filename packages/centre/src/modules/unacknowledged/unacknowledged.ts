import { DeadlineRecipient } from '@haidang/contracts/deadline'
import { Severity } from '@haidang/contracts/severity'
import { z } from 'zod'

/** What the journal keeps of clusters nobody acknowledged in time. */
export const Unacknowledged = z.object({
  severity: Severity,
  step: z.int(),
  count: z.int(),
  /** Since when the oldest of them waits. */
  since: z.string(),
  tell: z.array(DeadlineRecipient),
})
export type Unacknowledged = z.infer<typeof Unacknowledged>
