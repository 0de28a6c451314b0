import { z } from 'zod'
import { idOf } from './id.ts'

/** One act on many incidents. */
export const BulkAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('assign'), person_id: idOf('person').nullable() }),
  z.object({ act: z.literal('reject'), reason: z.string().trim().min(3).max(4000) }),
])
export type BulkAct = z.infer<typeof BulkAct>
