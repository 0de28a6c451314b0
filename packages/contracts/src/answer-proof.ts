import { z } from 'zod'
import { idOf } from './id.ts'

/** How somebody without an account answered by the link in a mail: what proves that it was them. */
export const AnswerProof = z.object({
  link_id: idOf('answerLink'),
  contact_id: idOf('contact'),
  address: z.string().max(320).describe('where the link was sent to'),
  ip: z.string().max(60).describe('where the answer came from'),
})
export type AnswerProof = z.infer<typeof AnswerProof>
