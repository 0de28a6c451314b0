import type { keyApi, personApi, sessionApi, setupApi } from '@haidang/contracts/person-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from './authentication-store.ts'
import type { KeyService } from './key-service.ts'
import type { PersonService } from './person-service.ts'
import type { RoleService } from './role-service.ts'
import type { SessionService, WithCookies } from './session-service.ts'
import type { SetupService } from './setup-service.ts'

export function setupRoutes(setup: SetupService): Handlers<typeof setupApi> {
  return {
    state: () => setup.state(),
    complete: ({ body }) => setup.complete(body),
  }
}

export function sessionRoutes(
  sessions: SessionService,
  clientOf: (request: Exchange['http']['request']) => Client,
): Handlers<typeof sessionApi> {
  return {
    open: async ({ body, http }) => sent(http, await sessions.open(clientOf(http.request), body)),
    read: async ({ caller, http }) =>
      sent(http, await sessions.read(caller, clientOf(http.request))),
    update: async ({ caller, body, http }) =>
      sent(http, await sessions.update(caller, clientOf(http.request), body)),
    close: async ({ caller, http }) => {
      const cookies = await sessions.close(caller, clientOf(http.request))
      return sent(http, { body: { closed: true as const }, cookies })
    },
  }
}

export function personRoutes(
  people: PersonService,
  roles: RoleService,
): Handlers<typeof personApi> {
  return {
    list: ({ caller, query }) => people.list(caller, query),
    create: ({ caller, body }) => people.create(caller, body),
    update: ({ caller, params, body }) => people.update(caller, params.id, body),
    roles: ({ caller, query }) => roles.list(caller, query),
  }
}

export function keyRoutes(keys: KeyService): Handlers<typeof keyApi> {
  return {
    list: ({ caller, query }) => keys.list(caller, query),
    create: ({ caller, body }) => keys.create(caller, body),
    revoke: ({ caller, params }) => keys.revoke(caller, params.id),
  }
}

function sent<T>({ reply }: Exchange['http'], { body, cookies }: WithCookies<T>): T {
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return body
}
