import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { FactorCode } from './factor.ts'
import { idOf } from './id.ts'
import { OrganisationDraft } from './organisation.ts'
import { PageQuery, pageOf } from './page.ts'
import { ApiKey, ApiKeyDraft, Language, Me, Password, Person, PersonDraft, Role } from './person.ts'
import { SessionEnd } from './session-end.ts'

const personParams = z.object({ id: idOf('person') })

export const setupApi = {
  state: endpoint({
    method: 'GET',
    path: '/api/v1/setup',
    permission: 'public',
    summary: 'Whether this node still waits for first-run set-up',
    reply: z.object({ needed: z.boolean(), demo: z.boolean() }),
  }),
  complete: endpoint({
    method: 'POST',
    path: '/api/v1/setup',
    permission: 'public',
    summary: 'Complete first-run set-up with the one-time token',
    body: z.object({
      token: z.string().min(16).max(200),
      language: Language,
      node_name: z.string().trim().min(1).max(120),
      organisation: OrganisationDraft,
      administrator: z.object({
        name: z.string().trim().min(1).max(200),
        email: z.email().max(254),
        password: Password,
      }),
    }),
    reply: z.object({ organisation_id: z.string(), person_id: z.string() }),
  }),
}

export const sessionApi = {
  open: endpoint({
    method: 'POST',
    path: '/api/v1/session',
    permission: 'public',
    summary: 'Sign in with e-mail and password; sets the session cookie',
    body: z.object({
      email: z.email().max(254),
      password: z.string().min(1).max(128),
      code: FactorCode.optional().describe('where session.factor-required asks for it'),
    }),
    reply: Me,
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Who is signed in',
    reply: Me,
  }),
  ended: endpoint({
    method: 'GET',
    path: '/api/v1/session/ended',
    permission: 'public',
    summary: 'Why the session of the cookie that comes along ended; null for whoever never had one',
    reply: z.object({ ended: SessionEnd.nullable() }),
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Change one’s own language or password',
    body: z.object({
      language: Language.optional(),
      password: z.object({ current: z.string().max(128), next: Password }).optional(),
    }),
    reply: Me,
  }),
  close: endpoint({
    method: 'DELETE',
    path: '/api/v1/session',
    permission: 'signed-in',
    summary: 'Sign out',
    reply: z.object({ closed: z.literal(true) }),
  }),
}

export const personApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/people',
    permission: 'person.read',
    summary: 'List people',
    query: PageQuery,
    reply: pageOf(Person),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/people',
    permission: 'person.manage',
    summary: 'Create a person with a first password',
    body: PersonDraft,
    reply: Person,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/people/:id',
    permission: 'person.manage',
    summary: 'Change name, role or language; disable or enable',
    params: personParams,
    body: z.object({
      name: z.string().trim().min(1).max(200).optional(),
      role_id: z.string().optional(),
      language: Language.optional(),
      disabled: z.boolean().optional(),
      password: Password.optional(),
      successor_id: idOf('person')
        .nullable()
        .optional()
        .describe(
          'where a person who answers for service accounts is disabled: who does from now on; null: they are disabled too',
        ),
    }),
    reply: Person,
  }),
  roles: endpoint({
    method: 'GET',
    path: '/api/v1/roles',
    permission: 'person.read',
    summary: 'List roles',
    query: PageQuery,
    reply: pageOf(Role),
  }),
}

export const keyApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/keys',
    permission: 'key.manage',
    summary: 'List API keys (never their secret)',
    query: PageQuery,
    reply: pageOf(ApiKey),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/keys',
    permission: 'key.manage',
    summary: 'Create an API key; the secret is shown once',
    body: ApiKeyDraft,
    reply: z.object({ key: ApiKey, secret: z.string() }),
  }),
  revoke: endpoint({
    method: 'DELETE',
    path: '/api/v1/keys/:id',
    permission: 'key.manage',
    summary: 'Revoke an API key at once',
    params: z.object({ id: idOf('key') }),
    reply: ApiKey,
  }),
}
