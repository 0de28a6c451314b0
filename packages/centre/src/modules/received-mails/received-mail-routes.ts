import type { receivedMailApi } from '@haidang/contracts/received-mail-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ReceivedMailService } from './received-mail-service.ts'

export function receivedMailRoutes(mails: ReceivedMailService): Handlers<typeof receivedMailApi> {
  return {
    list: ({ caller, query }) => mails.list(caller, query),
    get: ({ caller, params }) => mails.get(caller, params.id),
    source: ({ caller, params, query }) => mails.source(caller, params.id, query.form),
    file: ({ caller, params, body }) => mails.file(caller, params.id, body.object_id),
    dismiss: ({ caller, params, body }) => mails.dismiss(caller, params.id, body.reason),
  }
}
