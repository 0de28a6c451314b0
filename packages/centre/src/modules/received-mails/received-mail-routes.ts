import type { IncidentReport } from '@haidang/contracts/incident-report'
import type { MailReportDraft } from '@haidang/contracts/received-mail'
import type { receivedMailApi } from '@haidang/contracts/received-mail-api'
import type { Caller } from '@haidang/runtime/caller'
import type { Handlers } from '@haidang/runtime/http/serve'
import type { ReceivedMailService } from './received-mail-service.ts'

export function receivedMailRoutes(
  mails: ReceivedMailService,
  report: (caller: Caller, id: string, draft: MailReportDraft) => Promise<IncidentReport>,
): Handlers<typeof receivedMailApi> {
  return {
    list: ({ caller, query }) => mails.list(caller, query),
    get: ({ caller, params }) => mails.get(caller, params.id),
    source: ({ caller, params, query }) => mails.source(caller, params.id, query.form),
    file: ({ caller, params, body }) => mails.file(caller, params.id, body.object_id),
    report: ({ caller, params, body }) => report(caller, params.id, body),
    dismiss: ({ caller, params, body }) => mails.dismiss(caller, params.id, body.reason),
  }
}
