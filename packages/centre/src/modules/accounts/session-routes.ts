import type { sessionApi } from '@haidang/contracts/person-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { SessionService, WithCookies } from './session-service.ts'
import type { Client } from './session-store.ts'

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

function sent<T>({ reply }: Exchange['http'], { body, cookies }: WithCookies<T>): T {
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return body
}
