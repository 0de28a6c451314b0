import type { identityApi, providerApi, providerSessionApi } from '@haidang/contracts/provider-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from '../../http/client.ts'
import { sent } from '../../http/with-cookies.ts'
import type { IdentityService } from './identity-service.ts'
import type { ProviderService } from './provider-service.ts'
import type { ProviderSessionService } from './provider-session-service.ts'

type ClientOf = (request: Exchange['http']['request']) => Client

export function providerRoutes(providers: ProviderService): Handlers<typeof providerApi> {
  return {
    list: ({ caller, query }) => providers.list(caller, query),
    create: ({ caller, body }) => providers.create(caller, body),
    change: ({ caller, params, body }) => providers.change(caller, params.id, body),
    remove: ({ caller, params }) => providers.remove(caller, params.id),
    check: ({ caller, params }) => providers.check(caller, params.id),
  }
}

export function providerSessionRoutes(
  providers: ProviderService,
  sessions: ProviderSessionService,
  clientOf: ClientOf,
): Handlers<typeof providerSessionApi> {
  return {
    offered: () => providers.offered(),
    begin: async ({ body, http }) =>
      sent(http, await sessions.begin(clientOf(http.request), body.provider_id, body.to)),
    back: async ({ http: { request, reply } }) => {
      const answer = new URL(request.url, 'http://here.invalid').searchParams
      const { to, cookies } = await sessions.back(clientOf(request), answer)
      await reply
        .header('set-cookie', cookies)
        .header('cache-control', 'no-store')
        .redirect(to, 303)
    },
    finish: async ({ body, http }) =>
      sent(http, await sessions.finish(clientOf(http.request), body.code)),
  }
}

export function identityRoutes(
  identities: IdentityService,
  sessions: ProviderSessionService,
  clientOf: ClientOf,
): Handlers<typeof identityApi> {
  return {
    list: ({ caller }) => identities.list(caller),
    link: async ({ caller, body, http }) =>
      sent(http, await sessions.beginLink(caller, clientOf(http.request), body)),
    unlink: ({ caller, params, body, http }) =>
      identities.unlink(caller, clientOf(http.request), params.id, body.password),
    ofPerson: ({ caller, params }) => identities.ofPerson(caller, params.id),
    unlinkOf: ({ caller, params, body, http }) =>
      identities.unlinkOf(caller, clientOf(http.request), params, body),
  }
}
