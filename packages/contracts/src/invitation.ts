import { z } from 'zod'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Language } from './person.ts'

/** A place kept for somebody who is to have an account; its one-time link is shown once. */
export const Invitation = z.object({
  id: idOf('invitation'),
  organisation_id: idOf('organisation'),
  role_id: z.string(),
  email: z.email(),
  name: z.string(),
  language: Language,
  created_at: Instant,
  expires_at: Instant,
  accepted_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
})
export type Invitation = z.infer<typeof Invitation>

export const InvitationDraft = z.object({
  organisation_id: idOf('organisation'),
  role_id: z.string(),
  email: z.email().max(254),
  name: z.string().trim().min(1).max(200),
  language: Language.default('vi'),
  days: z.int().min(1).max(30).default(7).describe('how long the link works'),
})
export type InvitationDraft = z.infer<typeof InvitationDraft>

/** What a one-time link carries. */
export const LinkToken = z.string().min(16).max(200)
