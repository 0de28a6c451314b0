import { z } from 'zod'
import { AccountEvent } from './account-history.ts'
import { endpoint } from './endpoint.ts'
import {
  AccessPolicy,
  Again,
  FactorCode,
  Factors,
  Passkey,
  PasskeyMade,
  PasskeyShown,
  SessionShown,
} from './factor.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Me } from './person.ts'

/** Options for the browser, as WebAuthn level 3 writes them in JSON. */
const Options = z.record(z.string(), z.unknown())
const codes = z.object({ recovery_codes: z.array(z.string()) })
const name = z.string().trim().min(1).max(80)
const sessions = z.object({ items: z.array(SessionShown) })
const ended = z.object({ ended: z.int() })

export const factorApi = {
  read: endpoint({
    method: 'GET',
    path: '/api/v1/session/factors',
    permission: 'signed-in',
    summary: 'One’s own second factor and passkeys',
    reply: Factors,
  }),
  beginTotp: endpoint({
    method: 'POST',
    path: '/api/v1/session/factors/totp',
    permission: 'signed-in',
    summary: 'A new secret for an authenticator (RFC 6238); counts once a code confirms it',
    body: z.object({ password: Again }),
    reply: z.object({ secret: z.string(), uri: z.string() }),
  }),
  confirmTotp: endpoint({
    method: 'POST',
    path: '/api/v1/session/factors/totp/confirm',
    permission: 'signed-in',
    summary: 'Confirm the authenticator with a code; answers recovery codes, shown once',
    body: z.object({ code: FactorCode }),
    reply: codes,
  }),
  removeTotp: endpoint({
    method: 'POST',
    path: '/api/v1/session/factors/totp/remove',
    permission: 'signed-in',
    summary: 'Remove the authenticator and its recovery codes',
    body: z.object({ code: FactorCode }),
    reply: Factors,
  }),
  renewCodes: endpoint({
    method: 'POST',
    path: '/api/v1/session/factors/recovery-codes',
    permission: 'signed-in',
    summary: 'New recovery codes; the old ones open nothing any more',
    body: z.object({ code: FactorCode }),
    reply: codes,
  }),
}

export const passkeyApi = {
  begin: endpoint({
    method: 'POST',
    path: '/api/v1/session/passkeys/options',
    permission: 'signed-in',
    summary: 'Options to make a passkey with',
    body: z.object({ password: Again }),
    reply: Options,
  }),
  add: endpoint({
    method: 'POST',
    path: '/api/v1/session/passkeys',
    permission: 'signed-in',
    summary: 'Keep a passkey the browser made',
    body: z.object({ name, made: PasskeyMade }),
    reply: Passkey,
  }),
  rename: endpoint({
    method: 'PATCH',
    path: '/api/v1/session/passkeys/:id',
    permission: 'signed-in',
    summary: 'Rename a passkey',
    params: z.object({ id: idOf('passkey') }),
    body: z.object({ name }),
    reply: Passkey,
  }),
  remove: endpoint({
    method: 'POST',
    path: '/api/v1/session/passkeys/:id/remove',
    permission: 'signed-in',
    summary: 'Remove a passkey',
    params: z.object({ id: idOf('passkey') }),
    body: z.object({ password: Again }),
    reply: Factors,
  }),
  offer: endpoint({
    method: 'POST',
    path: '/api/v1/session/passkey/options',
    permission: 'public',
    summary: 'Options to show a passkey with; the same for everybody',
    body: z.object({}),
    reply: Options,
  }),
  open: endpoint({
    method: 'POST',
    path: '/api/v1/session/passkey',
    permission: 'public',
    summary: 'Sign in with a passkey; sets the session cookie',
    body: z.object({ shown: PasskeyShown }),
    reply: Me,
  }),
}

export const sessionListApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/session/all',
    permission: 'signed-in',
    summary: 'One’s own sessions',
    reply: sessions,
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/api/v1/session/all/:id',
    permission: 'signed-in',
    summary: 'End one of one’s own sessions',
    params: z.object({ id: z.string().min(1).max(64) }),
    reply: ended,
  }),
  endOthers: endpoint({
    method: 'DELETE',
    path: '/api/v1/session/others',
    permission: 'signed-in',
    summary: 'End all of one’s own sessions but this one',
    reply: ended,
  }),
  ofPerson: endpoint({
    method: 'GET',
    path: '/api/v1/people/:id/sessions',
    permission: 'person.manage',
    reads: 'person',
    summary: 'A person’s sessions',
    params: z.object({ id: idOf('person') }),
    reply: sessions,
  }),
  endOfPerson: endpoint({
    method: 'DELETE',
    path: '/api/v1/people/:id/sessions',
    permission: 'person.manage',
    summary: 'Sign a person out everywhere',
    params: z.object({ id: idOf('person') }),
    reply: ended,
  }),
  history: endpoint({
    method: 'GET',
    path: '/api/v1/session/history',
    permission: 'signed-in',
    summary: 'What was done to one’s own account, and by whom, newest first',
    query: PageQuery,
    reply: pageOf(AccountEvent),
  }),
}

export const accessPolicyApi = {
  read: endpoint({
    method: 'GET',
    path: '/api/v1/access-policy',
    permission: 'person.manage',
    summary: 'Which roles need a second factor, how long sessions last',
    reply: AccessPolicy,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/access-policy',
    permission: 'person.manage',
    summary: 'Change it for everybody on this node, at once',
    body: AccessPolicy.partial(),
    reply: AccessPolicy,
  }),
}
