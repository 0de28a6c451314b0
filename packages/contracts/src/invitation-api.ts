import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { Instant } from './instant.ts'
import { Invitation, InvitationDraft, LinkToken } from './invitation.ts'
import { PageQuery, pageOf } from './page.ts'
import { Password } from './person.ts'

const Mailed = z.boolean().describe('the link is on its way by mail, too')
const token = z.object({ token: LinkToken })

export const invitationApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/invitations',
    permission: 'person.manage',
    summary: 'List invitations (never their link)',
    query: PageQuery,
    reply: pageOf(Invitation),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/invitations',
    permission: 'person.manage',
    summary: 'Invite somebody; the token of the one-time link is shown once',
    body: InvitationDraft,
    reply: z.object({ invitation: Invitation, token: z.string(), mailed: Mailed }),
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/v1/invitations/:id',
    permission: 'person.manage',
    summary: 'Take an invitation back',
    params: z.object({ id: idOf('invitation') }),
    reply: Invitation,
  }),
  show: endpoint({
    method: 'POST',
    path: '/api/v1/invitations/show',
    permission: 'public',
    summary: 'What an invitation is for, to who holds its link',
    body: token,
    reply: z.object({
      name: z.string(),
      email: z.string(),
      organisation_name: z.string(),
      role_vi: z.string(),
      role_en: z.string(),
      expires_at: Instant,
    }),
  }),
  accept: endpoint({
    method: 'POST',
    path: '/api/v1/invitations/accept',
    permission: 'public',
    summary: 'Accept an invitation with a first password',
    body: token.extend({ name: z.string().trim().min(1).max(200), password: Password }),
    reply: z.object({ email: z.string() }),
  }),
}

export const recoveryApi = {
  issue: endpoint({
    method: 'POST',
    path: '/api/v1/people/:id/recovery',
    permission: 'person.manage',
    summary: 'A one-time link for somebody who cannot sign in; its token is shown once',
    params: z.object({ id: idOf('person') }),
    body: z.object({
      hours: z.int().min(1).max(168).default(24),
      factors: z.boolean().default(false).describe('second factor and passkeys are lost, too'),
    }),
    reply: z.object({ token: z.string(), expires_at: Instant, mailed: Mailed }),
  }),
  show: endpoint({
    method: 'POST',
    path: '/api/v1/recovery/show',
    permission: 'public',
    summary: 'Whose account a recovery link opens, to who holds it',
    body: token,
    reply: z.object({ name: z.string(), email: z.string(), factors: z.boolean() }),
  }),
  use: endpoint({
    method: 'POST',
    path: '/api/v1/recovery',
    permission: 'public',
    summary: 'Set a new password by a recovery link; every session of the person ends',
    body: token.extend({ password: Password }),
    reply: z.object({ email: z.string() }),
  }),
}
