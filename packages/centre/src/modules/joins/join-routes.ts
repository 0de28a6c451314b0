import type { joinFileApi } from '@haidang/contracts/join-file-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { JoinService } from './join-service.ts'

export function joinRoutes(joins: JoinService): Handlers<typeof joinFileApi> {
  return {
    ask: ({ caller, body }) => joins.ask(caller, body),
    apply: ({ caller, body }) => joins.apply(caller, body),
    receive: ({ caller, body }) => joins.receive(caller, body.organisation_id, body.file),
    answer: ({ caller, params }) => joins.answer(caller, params.id),
  }
}
