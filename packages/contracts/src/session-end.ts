import { z } from 'zod'
import { Instant } from './instant.ts'

/** Why a session is one no more. */
export const SessionEndReason = z.enum([
  'idle',
  'expired',
  'signed-out',
  'ended-by-self',
  'ended-by-administrator',
  'password-changed',
  'password-reset',
  'factor-changed',
  'disabled',
  'factor-needed',
])
export type SessionEndReason = z.infer<typeof SessionEndReason>

/** What whoever holds the cookie of a session that was is told of it. */
export const SessionEnd = z.object({
  reason: SessionEndReason.describe(
    'factor-needed: it lives, but the role by now needs a second factor it has not shown',
  ),
  ended_at: Instant.nullable(),
})
export type SessionEnd = z.infer<typeof SessionEnd>
