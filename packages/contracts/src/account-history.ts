import { z } from 'zod'
import { Instant } from './instant.ts'

/** Entries of the journal that say how an account is opened, or who may use it. */
export const accountEntries = [
  'person.updated',
  'session.ended',
  'factor.added',
  'factor.removed',
  'factor.codes-renewed',
  'passkey.added',
  'passkey.removed',
  'identity.linked',
  'identity.unlinked',
  'recovery.issued',
  'recovery.used',
] as const

export const AccountAct = z.enum([...accountEntries, 'password.replaced'])
export type AccountAct = z.infer<typeof AccountAct>

/** Something done to an account, as its holder is told. */
export const AccountEvent = z.object({
  id: z.string(),
  time: Instant,
  act: AccountAct,
  by: z.string().describe('who did it'),
  own: z.boolean().describe('the holder did it'),
  reason: z.string().describe('as who did it gave it'),
})
export type AccountEvent = z.infer<typeof AccountEvent>
