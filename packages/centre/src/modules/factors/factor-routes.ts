import type { accessPolicyApi, factorApi, passkeyApi } from '@haidang/contracts/factor-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from '../../http/client.ts'
import { sent } from '../../http/with-cookies.ts'
import type { SessionService } from '../accounts/session-service.ts'
import type { FactorService } from './factor-service.ts'
import type { PasskeyService } from './passkey-service.ts'
import type { PolicyService } from './policy-service.ts'

type ClientOf = (request: Exchange['http']['request']) => Client

export function factorRoutes(
  factors: FactorService,
  clientOf: ClientOf,
): Handlers<typeof factorApi> {
  return {
    read: ({ caller }) => factors.read(caller),
    beginTotp: ({ caller, body, http }) =>
      factors.begin(caller, clientOf(http.request), body.password),
    confirmTotp: async ({ caller, body, http }) =>
      sent(http, await factors.confirm(caller, clientOf(http.request), body.code)),
    removeTotp: async ({ caller, body, http }) =>
      sent(http, await factors.remove(caller, clientOf(http.request), body.code)),
    renewCodes: async ({ caller, body, http }) =>
      sent(http, await factors.renewCodes(caller, clientOf(http.request), body.code)),
  }
}

export function passkeyRoutes(
  passkeys: PasskeyService,
  sessions: SessionService,
  clientOf: ClientOf,
): Handlers<typeof passkeyApi> {
  return {
    begin: ({ caller, body, http }) =>
      passkeys.begin(caller, clientOf(http.request), body.password),
    add: async ({ caller, body, http }) =>
      sent(http, await passkeys.add(caller, clientOf(http.request), body)),
    rename: ({ caller, params, body }) => passkeys.rename(caller, params.id, body.name),
    remove: async ({ caller, params, body, http }) =>
      sent(http, await passkeys.remove(caller, clientOf(http.request), params.id, body.password)),
    offer: ({ http }) => passkeys.offer(clientOf(http.request)),
    open: async ({ body, http }) =>
      sent(http, await sessions.openByPasskey(clientOf(http.request), body.shown)),
  }
}

export function policyRoutes(policies: PolicyService): Handlers<typeof accessPolicyApi> {
  return {
    read: ({ caller }) => policies.read(caller),
    change: ({ caller, body }) => policies.change(caller, body),
  }
}
