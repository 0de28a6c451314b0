import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Again, FactorCode } from './factor.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import { Me } from './person.ts'
import {
  Identity,
  LocalPath,
  Provider,
  ProviderChange,
  ProviderCheck,
  ProviderDraft,
} from './provider.ts'

const params = z.object({ id: idOf('provider') })
const going = z.object({ url: z.string().describe('where the browser goes now') })

/** Providers of single sign-on, as administrators keep them. */
export const providerApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/sign-in-providers',
    permission: 'person.manage',
    summary: 'Providers of single sign-on (never their secret)',
    query: PageQuery,
    reply: pageOf(Provider),
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/sign-in-providers',
    permission: 'person.manage',
    summary: 'Add a provider of single sign-on (OpenID Connect)',
    body: ProviderDraft,
    reply: Provider,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/api/v1/sign-in-providers/:id',
    permission: 'person.manage',
    summary: 'Change a provider, turn it off or on',
    params,
    body: ProviderChange,
    reply: Provider,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/api/v1/sign-in-providers/:id',
    permission: 'person.manage',
    summary: 'Remove a provider and every identity linked to it',
    params,
    reply: Provider,
  }),
  check: endpoint({
    method: 'POST',
    path: '/api/v1/sign-in-providers/:id/check',
    permission: 'person.manage',
    summary: 'Ask a provider what it says of itself',
    params,
    reply: ProviderCheck,
  }),
}

/** Signing in at a provider: out to it, back from it, and our own second factor where it is needed. */
export const providerSessionApi = {
  offered: endpoint({
    method: 'GET',
    path: '/api/v1/session/providers',
    permission: 'public',
    summary: 'Providers one may sign in at; the same for everybody',
    reply: z.object({ items: z.array(z.object({ id: idOf('provider'), name: z.string() })) }),
  }),
  begin: endpoint({
    method: 'POST',
    path: '/api/v1/session/provider',
    permission: 'public',
    summary: 'Begin to sign in at a provider; sets a cookie that the answer needs',
    body: z.object({ provider_id: idOf('provider'), to: LocalPath.optional() }),
    reply: going,
  }),
  back: endpoint({
    method: 'GET',
    path: '/api/v1/session/provider/callback',
    permission: 'public',
    summary: 'Where a provider sends the browser back to; redirects into the portal',
    query: z.record(z.string(), z.unknown()),
    reply: z.unknown(),
  }),
  finish: endpoint({
    method: 'POST',
    path: '/api/v1/session/provider/code',
    permission: 'public',
    summary: 'Show one’s own second factor after the provider; sets the session cookie',
    body: z.object({ code: FactorCode }),
    reply: z.object({ me: Me, to: z.string() }),
  }),
}

/** Who one is at providers. */
export const identityApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/session/identities',
    permission: 'signed-in',
    summary: 'Who one is at providers of single sign-on',
    reply: z.object({ items: z.array(Identity) }),
  }),
  link: endpoint({
    method: 'POST',
    path: '/api/v1/session/identities',
    permission: 'signed-in',
    summary: 'Begin to link one’s account with who one is at a provider',
    body: z.object({ provider_id: idOf('provider'), password: Again }),
    reply: going,
  }),
  unlink: endpoint({
    method: 'POST',
    path: '/api/v1/session/identities/:id/remove',
    permission: 'signed-in',
    summary: 'Unlink; one’s account is not opened by that provider any more',
    params: z.object({ id: idOf('identity') }),
    body: z.object({ password: Again }),
    reply: z.object({ items: z.array(Identity) }),
  }),
  ofPerson: endpoint({
    method: 'GET',
    path: '/api/v1/people/:id/identities',
    permission: 'person.manage',
    reads: 'person',
    summary: 'Who a person is at providers of single sign-on',
    params: z.object({ id: idOf('person') }),
    reply: z.object({ items: z.array(Identity) }),
  }),
  unlinkOf: endpoint({
    method: 'POST',
    path: '/api/v1/people/:id/identities/:identity/remove',
    permission: 'person.manage',
    summary:
      'Unlink a person from a provider; their sessions end, and they are told. Signed in just now or with the password',
    params: z.object({ id: idOf('person'), identity: idOf('identity') }),
    body: z.object({ password: Again, reason: z.string().trim().min(3).max(1_000) }),
    reply: z.object({ items: z.array(Identity) }),
  }),
}
