import type { sessionListApi } from '@haidang/contracts/factor-api'
import type { sessionApi } from '@haidang/contracts/person-api'
import type { Exchange, Handlers } from '@haidang/runtime/http/serve'
import type { Client } from '../../http/client.ts'
import { sent } from '../../http/with-cookies.ts'
import type { SessionListService } from './session-list-service.ts'
import type { SessionService } from './session-service.ts'

export function sessionRoutes(
  sessions: SessionService,
  clientOf: (request: Exchange['http']['request']) => Client,
): Handlers<typeof sessionApi> {
  return {
    open: async ({ body, http }) => sent(http, await sessions.open(clientOf(http.request), body)),
    read: ({ caller }) => sessions.read(caller),
    ended: async ({ http }) => ({ ended: await sessions.endOf(clientOf(http.request)) }),
    update: async ({ caller, body, http }) =>
      sent(http, await sessions.update(caller, clientOf(http.request), body)),
    close: async ({ caller, http }) => {
      const cookies = await sessions.close(caller, clientOf(http.request))
      return sent(http, { body: { closed: true as const }, cookies })
    },
  }
}

export function sessionListRoutes(list: SessionListService): Handlers<typeof sessionListApi> {
  return {
    list: ({ caller }) => list.list(caller),
    history: ({ caller, query }) => list.history(caller, query),
    end: ({ caller, params }) => list.end(caller, params.id),
    endOthers: ({ caller }) => list.endOthers(caller),
    ofPerson: ({ caller, params }) => list.ofPerson(caller, params.id),
    endOfPerson: ({ caller, params }) => list.endOfPerson(caller, params.id),
  }
}
