import { z } from 'zod'

/** Applied → reviewed → agreement signed → active ⇄ suspended; left ends it, and one may apply again. */
export const MembershipState = z.enum([
  'none',
  'applied',
  'reviewed',
  'signed',
  'active',
  'suspended',
  'left',
])
export type MembershipState = z.infer<typeof MembershipState>
