import { z } from 'zod'
import { idOf } from './id.ts'

/** Somebody a note may name. */
export const Mentionable = z.object({
  id: idOf('person'),
  name: z.string(),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
})
export type Mentionable = z.infer<typeof Mentionable>
