import type { personalDataApi } from '@haidang/contracts/personal-data-api'
import type { Handlers } from '@haidang/runtime/http/serve'
import { writeSheet } from '@haidang/runtime/sheets/write-sheet'
import { sendSheet } from '../../http/send-sheet.ts'
import type { RedactionService } from './redaction-service.ts'
import { registerRows } from './register-sheet.ts'
import type { RetentionService } from './retention-service.ts'

export function personalDataRoutes(
  retention: RetentionService,
  redactions: RedactionService,
): Handlers<typeof personalDataApi> {
  return {
    register: ({ caller: { language }, query: { format }, http: { reply } }) =>
      sendSheet(reply, 'personal-data', format, writeSheet(registerRows(language), format)),
    retention: ({ caller }) => retention.status(caller),
    versions: ({ caller, query }) => retention.versions(caller, query),
    preview: ({ caller, body }) => retention.preview(caller, body.rules),
    change: ({ caller, body }) => retention.change(caller, body),
    redactionPreview: ({ caller, params }) => redactions.preview(caller, params.id),
    redact: ({ caller, params, body }) => redactions.redact(caller, params.id, body.reason),
  }
}
