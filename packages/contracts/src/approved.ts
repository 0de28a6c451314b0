import { idOf } from './id.ts'

/** Names the approved request that lets a mass export go out. */
export const Approved = idOf('approval')
  .optional()
  .describe('approved request for this very export, where the policy wants one')
