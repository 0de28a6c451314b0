import type { organisationRequestApi } from '@haidang/contracts/organisation-request'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { RequestService } from './request-service.ts'

export function requestRoutes(requests: RequestService): Handlers<typeof organisationRequestApi> {
  return {
    list: ({ caller, query }) => requests.list(caller, query),
    ask: ({ caller, params, body }) => requests.ask(caller, params.id, body),
    askContact: ({ caller, params, body }) => requests.askContact(caller, params.id, body),
    decide: ({ caller, params, body }) => requests.decide(caller, params.id, body),
  }
}
