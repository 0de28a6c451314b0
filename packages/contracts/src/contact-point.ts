import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { PageQuery, pageOf } from './page.ts'
import { plainText } from './plain-text.ts'

/** What one may reach somebody for (forms 01 and 02 of TT 20/2017). */
export const ContactPurpose = z.enum(['duty', 'technical', 'legal', 'leader', 'postal'])
export type ContactPurpose = z.infer<typeof ContactPurpose>

export const ContactState = z.enum(['unverified', 'verified', 'overdue'])
export type ContactState = z.infer<typeof ContactState>

/** What an OpenPGP public key says of itself. */
export const OpenPgpKey = z.object({
  fingerprint: z.string(),
  user_ids: z.array(z.string()),
  created_at: Instant,
  expires_at: Instant.nullable().describe('null: never'),
})
export type OpenPgpKey = z.infer<typeof OpenPgpKey>

const Email = z.email().max(254)
const Phone = z
  .string()
  .trim()
  .max(30)
  .regex(/^\+?[0-9][0-9 ().-]{4,29}$|^$/, 'digits, spaces, + . - ( )')

/** Somebody to reach at an organisation (đầu mối). */
export const ContactDraft = z.object({
  purpose: ContactPurpose,
  name: plainText(1, 200),
  position: plainText(0, 200).default(''),
  phone: Phone.default(''),
  email: z.union([Email, z.literal('')]).default(''),
  openpgp: z.string().max(65_536).default('').describe('ASCII-armoured public key; empty: none'),
})
export type ContactDraft = z.infer<typeof ContactDraft>

export const ContactPoint = ContactDraft.extend({
  id: idOf('contact'),
  organisation_id: idOf('organisation'),
  organisation_name: z.string(),
  key: OpenPgpKey.nullable(),
  key_confirmed_at: Instant.nullable().describe(
    'who reads the e-mail confirmed the key by the mailed link; null: a signature by it proves nothing yet',
  ),
  state: ContactState,
  verified_at: Instant.nullable(),
  due_at: Instant.nullable().describe('to be verified again by then'),
  asked_at: Instant.nullable().describe('a link was made that nobody used yet'),
  updated_at: Instant,
})
export type ContactPoint = z.infer<typeof ContactPoint>

/** What who holds a verification link sees and may correct. */
export const ContactToVerify = z.object({
  organisation_name: z.string(),
  purpose: ContactPurpose,
  name: z.string(),
  position: z.string(),
  phone: z.string(),
  email: z.string(),
  fingerprint: z.string().nullable(),
  expires_at: Instant,
})
export type ContactToVerify = z.infer<typeof ContactToVerify>

export const ContactCorrection = ContactDraft.pick({
  name: true,
  position: true,
  phone: true,
  email: true,
})
export type ContactCorrection = z.infer<typeof ContactCorrection>

const params = z.object({ id: idOf('organisation') })
const contactParams = params.extend({ contact: idOf('contact') })
const token = z.string().min(20).max(100)

export const contactApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/contact-points',
    permission: 'organisation.read',
    summary: 'List contact points of organisations, those to be verified first',
    query: PageQuery,
    reply: pageOf(ContactPoint),
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/contact-points',
    permission: 'organisation.manage',
    summary: 'Add a contact point',
    params,
    body: ContactDraft,
    reply: ContactPoint,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/organisations/:id/contact-points/:contact',
    permission: 'organisation.manage',
    summary: 'Change a contact point; what one is reached by has to be verified anew',
    params: contactParams,
    body: changeOf(ContactDraft),
    reply: ContactPoint,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/organisations/:id/contact-points/:contact',
    permission: 'organisation.manage',
    summary: 'Remove a contact point',
    params: contactParams,
    reply: z.object({}),
  }),
  ask: endpoint({
    method: 'POST',
    path: '/api/v1/organisations/:id/contact-points/:contact/verification',
    permission: 'organisation.manage',
    summary: 'Make a one-time link by which a contact point confirms itself; ends the one before',
    params: contactParams,
    reply: z.object({
      path: z.string().describe('of this node’s portal, with the token after #'),
      expires_at: Instant,
      mailed: z.boolean().describe('the link is on its way by mail, too'),
    }),
  }),
}

export const contactVerificationApi = {
  read: endpoint({
    method: 'POST',
    path: '/api/v1/contact-verification/read',
    permission: 'public',
    summary: 'What a verification link asks to confirm; the token is the proof',
    body: z.object({ token }),
    reply: ContactToVerify,
  }),
  answer: endpoint({
    method: 'POST',
    path: '/api/v1/contact-verification',
    permission: 'public',
    summary: 'Confirm or correct a contact point, once; the token is the proof',
    body: z.object({
      token,
      correction: ContactCorrection.optional().describe('absent: all is as shown'),
    }),
    reply: z.object({ state: ContactState }),
  }),
}
